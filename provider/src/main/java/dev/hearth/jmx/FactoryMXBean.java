package dev.hearth.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node: what happened whatever the region since it started or was reset, and how it is now. Reading calls nobody.
 * {@code dev.hearth:type=Factory,node=…}
 */
public interface FactoryMXBean {
    /** A name that no other node has. */
    String getNode();

    /** What every key in Redis begins with. */
    String getKeyspace();

    List<String> getRegionNames();

    /** Commands under way to Redis. */
    int getInFlight();

    /** The regions and tables that this node reads from the database until it has cleared them in Redis. */
    List<String> getDebt();

    /** Reads that have shared a command with others. */
    long getCombinedReads();

    /** How long commits have waited for their locks: count, and mean, p50, p99 and max in nanoseconds. */
    Map<String, Long> getLockWaits();

    /** How long heartbeats have taken to come back: count, and mean, p50, p99 and max in nanoseconds. */
    Map<String, Long> getDeliveryLags();

    /** Messages that have come on the channel that changes are told on, heartbeats among them. */
    long getMessages();

    /** How often everything that was kept inside the process was dropped, since messages may have been missed. */
    long getClearings();

    /** How often the client has lost messages on a subscription that went on; each counts as a clearing, too. */
    long getGaps();

    /** Commits that have waited for acknowledgements beyond their locks. */
    long getAcknowledgementWaits();

    /** Those among them that have outwaited the lease of a node that did not answer. */
    long getOutwaitedLeases();

    /** Announcements of changes of tables that Redis has taken. */
    long getAnnouncements();

    long getFailedAnnouncements();

    long getSettlements();

    /** Query results that were removed because a table of theirs had changed. */
    long getSweptResults();

    /** Bytes that Redis uses, all masters together; null until that was looked up. */
    @Nullable
    Long getRedisMemory();

    /** Bytes that Redis may use; 0 for no limit, null until that was looked up. */
    @Nullable
    Long getRedisMaximumMemory();

    /** How long ago the two were looked up, in milliseconds. */
    @Nullable
    Long getRedisMemoryAge();

    /** All counters and times begin anew, those of the regions too. */
    void reset();

    /** Makes all that was read from the table a miss, on all nodes, after it was changed outside Hibernate. */
    void invalidateTable(String table);
}
