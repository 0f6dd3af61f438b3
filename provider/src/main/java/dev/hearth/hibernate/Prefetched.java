package dev.hearth.hibernate;

import dev.hearth.statistics.RegionEvent;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a session has read ahead of being asked for it.
 *
 * @param entry null if it was not found, so that it need not be asked for again
 * @param access whose entry it is
 */
record Prefetched(CacheKey key, @Nullable Object entry, EntityAccess access) {
    /** Counts what has become of it; that there is no entry is not counted. */
    void count(RegionEvent outcome) {
        if (entry != null) {
            access.store().statistics().count(outcome);
        }
    }
}
