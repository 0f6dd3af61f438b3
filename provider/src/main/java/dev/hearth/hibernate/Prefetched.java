package dev.hearth.hibernate;

import dev.hearth.statistics.RegionEvent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a session has read ahead of being asked for it.
 *
 * @param entry null if it was not found, so that it need not be asked for again
 * @param nanoTime when it had been read
 * @param access whose entry it is
 */
record Prefetched(CacheKey key, @Nullable Object entry, long nanoTime, EntityAccess access) {
    private static final long MAXIMUM_AGE = TimeUnit.MILLISECONDS.toNanos(100);

    /** Counts what has become of it; that there is no entry is not counted. */
    void count(RegionEvent outcome) {
        if (entry != null) {
            access.store().statistics().count(outcome);
        }
    }

    boolean isOfThisMoment(long now) {
        return now - nanoTime <= MAXIMUM_AGE;
    }
}
