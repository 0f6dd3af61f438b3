package dev.hearth.boot.actuate;

import dev.hearth.statistics.LatencySnapshot;

/** How long something took, in nanoseconds to two digits; all 0 where nothing was recorded. */
public record LatencyDescriptor(long count, long meanNanos, long p50Nanos, long p99Nanos, long maximumNanos) {
    static LatencyDescriptor of(LatencySnapshot times) {
        return new LatencyDescriptor(times.count(), times.mean(), times.p50(), times.p99(), times.max());
    }
}
