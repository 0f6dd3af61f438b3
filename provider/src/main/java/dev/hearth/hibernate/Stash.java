package dev.hearth.hibernate;

import dev.hearth.encoding.ResultHints;
import dev.hearth.statistics.RegionEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Entries that a session has read ahead of being asked for them; each is handed over once. For one thread. */
final class Stash {
    private static final long MAXIMUM_AGE = TimeUnit.MILLISECONDS.toNanos(100);

    private Map<CacheKey, Prefetched> entries = Map.of();
    private long filledNanos;
    private @Nullable ResultHints expected;

    /**
     * Keeps these, in place of what was read ahead before: that was for other lookups.
     *
     * @param nanoTime when they had been read
     */
    void fill(Collection<Prefetched> ahead, long nanoTime) {
        clear();
        entries = new HashMap<>(2 * ahead.size());
        ahead.forEach(entry -> entries.put(entry.key(), entry));
        filledNanos = nanoTime;
    }

    /** Hands an entry over, once, of whatever moment it is. */
    @Nullable
    Prefetched take(CacheKey key) {
        if (entries.isEmpty()) {
            return null;
        }
        Prefetched entry = entries.remove(key);
        if (entry != null) {
            entry.count(RegionEvent.PREFETCH_USED);
        }
        return entry;
    }

    /** Whether this entry was read ahead too long ago. */
    boolean isOutdated(CacheKey key, long nanoTime) {
        return nanoTime - filledNanos > MAXIMUM_AGE && entries.containsKey(key);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * A result that was kept near leads to these entities: whoever misses one of them there reads the others along. What was
     * read ahead before is older than the result, and goes.
     */
    void expect(ResultHints hints) {
        clear();
        expected = hints;
    }

    /** What was expected, once, though it may have been found near meanwhile; null if nothing was. */
    @Nullable
    ResultHints takeExpected() {
        ResultHints hints = expected;
        expected = null;
        return hints;
    }

    /** What has not been handed over. */
    List<Prefetched> left() {
        return List.copyOf(entries.values());
    }

    /** Nobody will ask for what is left. */
    void clear() {
        entries.values().forEach(entry -> entry.count(RegionEvent.PREFETCH_WASTED));
        entries = Map.of();
    }
}
