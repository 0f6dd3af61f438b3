package dev.hearth.statistics;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened on this node whatever the region, since it started or was reset, and how it is now. Safe for concurrent use;
 * reading calls nobody.
 */
public final class NodeStatistics {
    private final BooleanSupplier available;
    private final IntSupplier inFlight;
    private final Supplier<List<String>> debt;
    private final NearStatistics near = new NearStatistics();
    private final TableStatistics tables = new TableStatistics();
    private final Latency lockWaits = new Latency();
    private final Latency deliveryLags = new Latency();
    private final Counter circuitOpenings = new Counter();
    private final Counter combinedReads = new Counter();
    private volatile @Nullable Sample redisMemory;
    private volatile @Nullable Sample redisMaximumMemory;

    /**
     * @param available whether commands can be sent at all
     * @param inFlight the commands under way
     * @param debt the names of the regions and tables that are owed
     */
    public NodeStatistics(BooleanSupplier available, IntSupplier inFlight, Supplier<List<String>> debt) {
        this.available = available;
        this.inFlight = inFlight;
        this.debt = debt;
    }

    // Counting

    /** Redis no longer answers. */
    public void circuitOpened() {
        circuitOpenings.increment();
    }

    /** So many reads have travelled in one command. */
    public void combined(int reads) {
        if (reads > 1) {
            combinedReads.add(reads);
        }
    }

    /** The background has looked up the bytes that Redis uses, and may use at most; 0 for no limit. */
    public void redisMemory(Sample used, Sample maximum) {
        redisMemory = used;
        redisMaximumMemory = maximum;
    }

    // Reading

    /** Whether Redis answers, so that the circuit is closed. */
    public boolean isAvailable() {
        return available.getAsBoolean();
    }

    public long circuitOpenings() {
        return circuitOpenings.get();
    }

    /** Since the node started, whatever was reset. */
    public long totalCircuitOpenings() {
        return circuitOpenings.total();
    }

    /** How many commands are under way. */
    public int inFlight() {
        return inFlight.getAsInt();
    }

    /** The regions and tables that this node does not use until it has cleared them in Redis. */
    public List<String> debt() {
        return debt.get();
    }

    /** The reads that have shared a command with others. */
    public long combinedReads() {
        return combinedReads.get();
    }

    /** Since the node started, whatever was reset. */
    public long totalCombinedReads() {
        return combinedReads.total();
    }

    /** How long transactions have waited for their locks and announcements, and for other nodes' acknowledgement of them. */
    public Latency lockWaits() {
        return lockWaits;
    }

    /** How long this node's heartbeats have taken to come back on the channel that changes are told on. */
    public Latency deliveryLags() {
        return deliveryLags;
    }

    /** What the near tier has heard and waited for. */
    public NearStatistics near() {
        return near;
    }

    /** What happened to tables. */
    public TableStatistics tables() {
        return tables;
    }

    /** The bytes that Redis uses, all masters together; empty until that was looked up, or where Redis does not tell. */
    public Optional<Sample> redisMemory() {
        return Optional.ofNullable(redisMemory);
    }

    /** The bytes that Redis may use, all masters together; 0 for no limit. */
    public Optional<Sample> redisMaximumMemory() {
        return Optional.ofNullable(redisMaximumMemory);
    }

    /** All counters and times begin anew, those of near tier and tables too; totals and gauges stay. */
    public void reset() {
        circuitOpenings.reset();
        combinedReads.reset();
        lockWaits.reset();
        deliveryLags.reset();
        near.reset();
        tables.reset();
    }
}
