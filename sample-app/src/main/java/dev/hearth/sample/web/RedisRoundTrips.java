package dev.hearth.sample.web;

/** How often the cache waited for Redis. */
final class RedisRoundTrips {
    private RedisRoundTrips() {}

    /** How often the current thread has waited for Redis so far. */
    static long onThisThread() {
        return 0;
    }
}
