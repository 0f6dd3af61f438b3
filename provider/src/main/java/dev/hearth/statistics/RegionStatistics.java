package dev.hearth.statistics;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one region on this node, since it started or was reset, and how large the region is. Safe for concurrent
 * use; reading calls nobody.
 */
public final class RegionStatistics {
    private final Counters<RegionEvent> events = new Counters<>(RegionEvent.class);
    private final Counters<MissReason> misses = new Counters<>(MissReason.class);
    private final Counters<PutRefusal> refusals = new Counters<>(PutRefusal.class);
    private final Latency gets = new Latency();
    private final Latency puts = new Latency();
    private final Latency evictions = new Latency();
    private volatile LongSupplier nearSize = () -> 0;
    private volatile @Nullable Sample remoteEntries;
    private volatile @Nullable Sample remoteMemory;

    // Counting

    public void count(RegionEvent event) {
        events.increment(event);
    }

    public void count(RegionEvent event, long amount) {
        events.add(event, amount);
    }

    /** An entry was served from Redis. */
    public void hit() {
        events.increment(RegionEvent.REMOTE_HIT);
    }

    /** An entry was served from inside the process. */
    public void nearHit() {
        events.increment(RegionEvent.NEAR_HIT);
    }

    public void miss(MissReason reason) {
        misses.increment(reason);
    }

    /** A value was published, from a load or at a commit. */
    public void put() {
        events.increment(RegionEvent.PUT);
    }

    public void refused(PutRefusal refusal) {
        refusals.increment(refusal);
    }

    /** A soft lock was taken; {@code concurrent} if another transaction holds the entry too. */
    public void lock(boolean concurrent) {
        events.increment(RegionEvent.LOCK);
        if (concurrent) {
            events.increment(RegionEvent.CONCURRENT_LOCK);
        }
    }

    /** Who knows how many entries are kept inside the process. */
    public void nearSize(LongSupplier entries) {
        nearSize = entries;
    }

    /** The background has estimated how many entries Redis holds. */
    public void remoteEntries(Sample estimate) {
        remoteEntries = estimate;
    }

    /** The background has estimated how many bytes the entries take in Redis. */
    public void remoteMemory(Sample estimate) {
        remoteMemory = estimate;
    }

    // Reading, since the last reset

    public long get(RegionEvent event) {
        return events.get(event);
    }

    /** Of both tiers. */
    public long hits() {
        return get(RegionEvent.REMOTE_HIT) + get(RegionEvent.NEAR_HIT);
    }

    public long nearHits() {
        return get(RegionEvent.NEAR_HIT);
    }

    public long nearPuts() {
        return get(RegionEvent.NEAR_PUT);
    }

    public long misses() {
        return misses.get();
    }

    public long misses(MissReason reason) {
        return misses.get(reason);
    }

    public long puts() {
        return get(RegionEvent.PUT);
    }

    public long refusals(PutRefusal refusal) {
        return refusals.get(refusal);
    }

    public long locks() {
        return get(RegionEvent.LOCK);
    }

    public long concurrentLocks() {
        return get(RegionEvent.CONCURRENT_LOCK);
    }

    public long failedLocks() {
        return get(RegionEvent.FAILED_LOCK);
    }

    public long evictions() {
        return get(RegionEvent.EVICTION);
    }

    // Reading, since the node started, whatever was reset

    public long total(RegionEvent event) {
        return events.total(event);
    }

    public long total(MissReason reason) {
        return misses.total(reason);
    }

    public long totalMisses() {
        return misses.total();
    }

    public long total(PutRefusal refusal) {
        return refusals.total(refusal);
    }

    // Times and sizes

    /** How long reads have waited for Redis. What the near tier serves takes less than a microsecond, and is not timed. */
    public Latency getTimes() {
        return gets;
    }

    /** How long Redis took to answer a put, for which few wait. */
    public Latency putTimes() {
        return puts;
    }

    /** How long Redis took to answer an eviction. */
    public Latency evictionTimes() {
        return evictions;
    }

    /** About how many entries are kept inside the process. */
    public long nearSize() {
        return nearSize.getAsLong();
    }

    /** About how many entries Redis holds, those among them that would be misses; empty until that was looked up. */
    public Optional<Sample> remoteEntries() {
        return Optional.ofNullable(remoteEntries);
    }

    /**
     * About how many bytes the region's entries take in Redis, with their keys; empty until that was looked up, or where Redis does
     * not tell.
     */
    public Optional<Sample> remoteMemory() {
        return Optional.ofNullable(remoteMemory);
    }

    /** All counters and times begin anew; totals and sizes stay. */
    public void reset() {
        events.reset();
        misses.reset();
        refusals.reset();
        gets.reset();
        puts.reset();
        evictions.reset();
    }
}
