package dev.hearth.store;

import java.time.Duration;

/** How far away the server is: the fastest answer of this minute or the last. Safe for concurrent use. */
final class Distance {
    /* The fastest, since all others tell of crowds and pauses at either end as well. Writes that cross each other lose one
     * of many measurements, which does no harm. */
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long NEAR_NANOS = 150_000;

    private volatile long minuteBegan;
    private volatile long fastest = Long.MAX_VALUE;
    private volatile long fastestBefore = Long.MAX_VALUE;

    void answered(long sentAt, long now) {
        if (now - minuteBegan > MINUTE_NANOS) {
            minuteBegan = now;
            fastestBefore = fastest;
            fastest = Long.MAX_VALUE;
        }
        long took = now - sentAt;
        if (took < fastest) {
            fastest = took;
        }
    }

    /** Whether a round trip takes less than what each command costs at both of its ends. */
    boolean isNear() {
        return fastest < NEAR_NANOS || fastestBefore < NEAR_NANOS;
    }
}
