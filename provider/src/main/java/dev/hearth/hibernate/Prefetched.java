package dev.hearth.hibernate;

import java.util.concurrent.TimeUnit;

/**
 * An entry that a session has read ahead of being asked for it.
 *
 * @param nanoTime when it was read
 */
record Prefetched(CacheKey key, Object entry, long nanoTime) {
    private static final long MAXIMUM_AGE = TimeUnit.MILLISECONDS.toNanos(100);

    boolean isFor(CacheKey asked, long now) {
        return key.equals(asked) && now - nanoTime <= MAXIMUM_AGE;
    }
}
