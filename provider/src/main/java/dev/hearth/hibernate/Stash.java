package dev.hearth.hibernate;

import dev.hearth.statistics.RegionEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries that a session has read ahead of being asked for them; each is handed over once. For one thread. */
final class Stash {
    private final Map<CacheKey, Prefetched> entries = new HashMap<>(4);

    /** Keeps these, in place of what was read ahead before: that was for other lookups. */
    void fill(Collection<Prefetched> ahead) {
        clear();
        ahead.forEach(entry -> entries.put(entry.key(), entry));
    }

    /** Keeps one, for the lookup that follows. */
    void fill(Prefetched ahead) {
        fill(List.of(ahead));
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
        if (entries.isEmpty()) {
            return false;
        }
        Prefetched entry = entries.get(key);
        return entry != null && !entry.isOfThisMoment(nanoTime);
    }

    /** What has not been handed over. */
    List<Prefetched> left() {
        return List.copyOf(entries.values());
    }

    /** Nobody will ask for what is left. */
    void clear() {
        entries.values().forEach(entry -> entry.count(RegionEvent.PREFETCH_WASTED));
        entries.clear();
    }
}
