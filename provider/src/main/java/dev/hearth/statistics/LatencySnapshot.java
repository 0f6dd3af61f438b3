package dev.hearth.statistics;

/**
 * How long something took since the last reset: all times in nanoseconds, to two significant digits, and 0 where nothing
 * was recorded.
 *
 * @param count how often it was recorded
 * @param p50 what half of them did not exceed
 * @param p99 what 99 of 100 did not exceed
 */
public record LatencySnapshot(long count, long mean, long p50, long p99, long max) {
    static final LatencySnapshot EMPTY = new LatencySnapshot(0, 0, 0, 0, 0);
}
