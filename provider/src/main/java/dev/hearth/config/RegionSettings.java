package dev.hearth.config;

import java.time.Duration;

/**
 * The settings of one region, checked against the ranges of {@link SettingTable}.
 *
 * @param timeToLive how long an entry stays in Redis unless it is removed before
 * @param lockTimeout when a soft lock that nobody renews lapses
 * @param fenceHorizon the age beyond which a session may no longer publish what it read
 * @param buckets the parts that the region is spread over, or 0 to decide by topology: see {@link #buckets(boolean)}
 * @param fenceStripes the stamps that the entries of a bucket share as fences
 * @param compressionThreshold bytes from which a payload is compressed, or -1 for never
 * @param maximumEntrySize bytes beyond which an entry is not stored
 * @param maximumResults the results that a query region keeps, the oldest of which go first
 * @param putsWait whether a put from load waits to learn if it was stored
 * @param onUnavailable what happens to a transaction that cannot lock
 * @param near what is kept inside the process
 */
public record RegionSettings(
        Duration timeToLive,
        Duration lockTimeout,
        Duration fenceHorizon,
        int buckets,
        int fenceStripes,
        int compressionThreshold,
        int maximumEntrySize,
        int maximumResults,
        boolean putsWait,
        OnUnavailable onUnavailable,
        NearSettings near) {
    private static final int BUCKETS_ON_A_CLUSTER = 64;

    public RegionSettings {
        SettingTable.TIME_TO_LIVE.check(timeToLive);
        SettingTable.LOCK_TIMEOUT.check(lockTimeout);
        SettingTable.FENCE_HORIZON.check(fenceHorizon);
        SettingTable.BUCKETS.check(buckets);
        SettingTable.FENCE_STRIPES.check(fenceStripes);
        SettingTable.COMPRESSION_THRESHOLD.check(compressionThreshold);
        SettingTable.MAXIMUM_ENTRY_SIZE.check(maximumEntrySize);
        SettingTable.MAXIMUM_RESULTS.check(maximumResults);
    }

    /** What a region has when nothing is set. */
    public static RegionSettings defaults() {
        return of(SettingValues.EMPTY);
    }

    /** The number of buckets: what was set, otherwise 64 on a Cluster and 1 elsewhere. */
    public int buckets(boolean cluster) {
        return buckets != 0 ? buckets : cluster ? BUCKETS_ON_A_CLUSTER : 1;
    }

    static RegionSettings of(SettingValues values) {
        return new RegionSettings(
                values.get(SettingTable.TIME_TO_LIVE),
                values.get(SettingTable.LOCK_TIMEOUT),
                values.get(SettingTable.FENCE_HORIZON),
                values.get(SettingTable.BUCKETS),
                values.get(SettingTable.FENCE_STRIPES),
                values.get(SettingTable.COMPRESSION_THRESHOLD),
                values.get(SettingTable.MAXIMUM_ENTRY_SIZE),
                values.get(SettingTable.MAXIMUM_RESULTS),
                values.get(SettingTable.PUTS) == Puts.WAIT,
                values.get(SettingTable.ON_UNAVAILABLE),
                NearSettings.of(values));
    }

    /** The values of {@code puts}. */
    enum Puts {
        ASYNC,
        WAIT
    }
}
