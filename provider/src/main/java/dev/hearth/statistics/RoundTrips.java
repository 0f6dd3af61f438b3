package dev.hearth.statistics;

/** How often threads have waited for Redis: what a request's use of the cache costs in latency. */
public final class RoundTrips {
    private static final ThreadLocal<long[]> WAITS = ThreadLocal.withInitial(() -> new long[1]);

    private RoundTrips() {}

    /** How often the current thread has waited for Redis since it started; compare two readings. */
    public static long onThisThread() {
        return WAITS.get()[0];
    }

    /** The current thread begins to wait for Redis. */
    public static void waiting() {
        WAITS.get()[0]++;
    }
}
