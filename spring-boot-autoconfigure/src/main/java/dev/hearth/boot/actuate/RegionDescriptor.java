package dev.hearth.boot.actuate;

import dev.hearth.boot.HearthUnit;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import org.jspecify.annotations.Nullable;

/**
 * A region on this node. Counts are since the node started.
 *
 * @param hitRatio hits of both tiers among all reads, from 0 to 1; null before the first read
 * @param inDebt whether it is read from the database until it has been cleared in Redis
 * @param benefit null where times are not taken, and for query results, of which hearthqueries tells
 */
public record RegionDescriptor(
        String name,
        @Nullable Double hitRatio,
        Near near,
        Remote remote,
        long misses,
        long puts,
        long locks,
        long evictions,
        boolean inDebt,
        @Nullable BenefitDescriptor benefit) {
    /** Inside the process: entries there now, those that gave way to others, and what was served. */
    public record Near(long entries, long hits, long puts, long evictions) {}

    /**
     * In Redis.
     *
     * @param entries about how many there are; null until that was looked up
     * @param get how long reads have waited, since the last reset
     */
    public record Remote(
            @Nullable SampleDescriptor entries,
            long hits,
            long bytesIn,
            long bytesOut,
            LatencyDescriptor get,
            LatencyDescriptor put) {}

    static RegionDescriptor of(HearthUnit unit, String name, RegionStatistics counted, @Nullable Benefit benefit) {
        long near = counted.total(RegionEvent.NEAR_HIT);
        long remote = counted.total(RegionEvent.REMOTE_HIT);
        return new RegionDescriptor(
                name,
                ratio(near + remote, counted.totalMisses()),
                new Near(
                        counted.nearSize(),
                        near,
                        counted.total(RegionEvent.NEAR_PUT),
                        counted.total(RegionEvent.NEAR_EVICTION)),
                new Remote(
                        SampleDescriptor.of(counted.remoteEntries()),
                        remote,
                        counted.total(RegionEvent.BYTES_IN),
                        counted.total(RegionEvent.BYTES_OUT),
                        LatencyDescriptor.of(counted.getTimes().snapshot()),
                        LatencyDescriptor.of(counted.putTimes().snapshot())),
                counted.totalMisses(),
                counted.total(RegionEvent.PUT),
                counted.total(RegionEvent.LOCK),
                counted.total(RegionEvent.EVICTION),
                unit.cache().regionsInDebt().contains(name),
                benefit == null ? null : BenefitDescriptor.of(benefit));
    }

    static @Nullable Double ratio(long hits, long misses) {
        return hits + misses == 0 ? null : (double) hits / (hits + misses);
    }
}
