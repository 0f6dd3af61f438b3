package dev.hearth.statistics;

import java.util.concurrent.atomic.LongAdder;

/** What happened in one region on this node since it started. Safe for concurrent use; reading calls nobody. */
public final class RegionStatistics {
    private final LongAdder hits = new LongAdder();
    private final LongAdder nearHits = new LongAdder();
    private final LongAdder nearPuts = new LongAdder();
    private final LongAdder nearInvalidations = new LongAdder();
    private final LongAdder[] misses = adders(MissReason.values().length);
    private final LongAdder puts = new LongAdder();
    private final LongAdder[] refusals = adders(PutRefusal.values().length);
    private final LongAdder locks = new LongAdder();
    private final LongAdder concurrentLocks = new LongAdder();
    private final LongAdder failedLocks = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** An entry was served from Redis. */
    public void hit() {
        hits.increment();
    }

    /** An entry was served from inside the process. */
    public void nearHit() {
        nearHits.increment();
    }

    /** An entry is kept inside the process. */
    public void nearPut() {
        nearPuts.increment();
    }

    /** A node has told of a change of an entry or of the whole region. */
    public void nearInvalidation() {
        nearInvalidations.increment();
    }

    public void miss(MissReason reason) {
        misses[reason.ordinal()].increment();
    }

    /** A value was published, from a load or at a commit. */
    public void put() {
        puts.increment();
    }

    public void refused(PutRefusal refusal) {
        refusals[refusal.ordinal()].increment();
    }

    /** A soft lock was taken; {@code concurrent} if another transaction holds the entry too. */
    public void lock(boolean concurrent) {
        locks.increment();
        if (concurrent) {
            concurrentLocks.increment();
        }
    }

    /** A lock could not be written to Redis. */
    public void failedLock() {
        failedLocks.increment();
    }

    /** An entry was evicted on demand, or the whole region was. */
    public void eviction() {
        evictions.increment();
    }

    /** Of both tiers. */
    public long hits() {
        return hits.sum() + nearHits.sum();
    }

    public long nearHits() {
        return nearHits.sum();
    }

    public long nearPuts() {
        return nearPuts.sum();
    }

    public long nearInvalidations() {
        return nearInvalidations.sum();
    }

    public long misses() {
        long sum = 0;
        for (LongAdder adder : misses) {
            sum += adder.sum();
        }
        return sum;
    }

    public long misses(MissReason reason) {
        return misses[reason.ordinal()].sum();
    }

    public long puts() {
        return puts.sum();
    }

    public long refusals(PutRefusal refusal) {
        return refusals[refusal.ordinal()].sum();
    }

    public long locks() {
        return locks.sum();
    }

    public long concurrentLocks() {
        return concurrentLocks.sum();
    }

    public long failedLocks() {
        return failedLocks.sum();
    }

    public long evictions() {
        return evictions.sum();
    }
}
