package dev.hearth.hibernate;

import org.jspecify.annotations.Nullable;

/** The latest look-ups in which a session found nothing, and when, until it puts what it has loaded. For one thread. */
final class Misses {
    /* A row leads to others, which may be looked up before it is put: so more than one is remembered, and not many, as the
     * time of some loads tells that of all. */
    private static final int REMEMBERED = 8;

    /** Stands for the time of a look-up that is not remembered. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final @Nullable CacheKey[] keys = new CacheKey[REMEMBERED];
    private final long[] times = new long[REMEMBERED];
    private int next;

    void missed(CacheKey key, long nanoTime) {
        keys[next] = key;
        times[next] = nanoTime;
        next = (next + 1) % REMEMBERED;
    }

    /** When the key was looked up, once. */
    long taken(CacheKey key) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (key.equals(keys[i])) {
                keys[i] = null;
                return times[i];
            }
        }
        return UNKNOWN;
    }
}
