package dev.hearth.hibernate;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a session has read ahead of being asked for it.
 *
 * @param entry null if it was not found, so that it need not be asked for again
 * @param nanoTime when it had been read
 */
record Prefetched(CacheKey key, @Nullable Object entry, long nanoTime) {
    private static final long MAXIMUM_AGE = TimeUnit.MILLISECONDS.toNanos(100);

    boolean isOfThisMoment(long now) {
        return now - nanoTime <= MAXIMUM_AGE;
    }
}
