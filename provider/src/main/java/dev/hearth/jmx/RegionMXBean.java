package dev.hearth.jmx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One region on this node, since the node started or was reset. Reading calls nobody.
 * {@code dev.hearth:type=Region,node=…,name=…}
 */
public interface RegionMXBean {
    String getName();

    /** Of both tiers. */
    long getHits();

    /** Entries that were served from inside the process. */
    long getNearHits();

    /** Entries that were served from Redis. */
    long getRemoteHits();

    long getMisses();

    /** Misses by reason; those that there were. */
    Map<String, Long> getMissesByReason();

    /** Values that were published. */
    long getPuts();

    /** Values that were not published, by reason; the reasons that there were. */
    Map<String, Long> getRefusalsByReason();

    long getLocks();

    /** Locks that were taken while another transaction held the entry. */
    long getConcurrentLocks();

    /** Locks that could not be written to Redis. */
    long getFailedLocks();

    /** Soft locks that reads have found lapsed. */
    long getExpiredLocks();

    /** Entries that were evicted, or the whole region. */
    long getEvictions();

    long getInvalidationsSent();

    long getInvalidationsReceived();

    /** Entries read ahead that were asked for. */
    long getPrefetchesUsed();

    /** Entries read ahead that were not. */
    long getPrefetchesWasted();

    /** Bytes of entries that Redis has answered with. */
    long getBytesIn();

    /** Bytes of entries that were sent to Redis. */
    long getBytesOut();

    /** Entries that are kept inside the process now. */
    long getNearSize();

    /** Entries that were put there. */
    long getNearPuts();

    /** Entries that gave way to others there. */
    long getNearEvictions();

    /** About how many entries Redis holds; null until that was looked up. */
    @Nullable
    Long getRemoteSize();

    /** How long ago that was looked up, in milliseconds. */
    @Nullable
    Long getRemoteSizeAge();

    /** About how many bytes these entries take there, with their keys, looked up along with their number; null where Redis does not tell. */
    @Nullable
    Long getRemoteMemory();

    /** How long reads have waited for Redis: count, and mean, p50, p99 and max in nanoseconds. */
    Map<String, Long> getGetTimes();

    /** How long Redis took to answer puts: count, and mean, p50, p99 and max in nanoseconds. */
    Map<String, Long> getPutTimes();

    /**
     * What the region gains in nanoseconds since the node started: the database's time saved, minus the time spent on the cache. Null for query
     * results, whose figures are the ledger's, where times are not taken, and as long as nothing was loaded.
     */
    @Nullable
    Long getNetBenefit();

    /** All counters and times of the region begin anew. */
    void reset();

    /** Makes everything in the region a miss, on all nodes. */
    void evictRegion();

    /**
     * Makes what has this id in the region a miss, on all nodes: entities, and collections of theirs.
     *
     * @throws IllegalArgumentException if it is no id of anything in the region; the message says what would be
     */
    void evictKey(String id);
}
