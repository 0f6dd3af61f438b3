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

    /** Hands an entry over, once, if it is of this moment. */
    @Nullable
    Prefetched take(CacheKey key, long nanoTime) {
        if (entries.isEmpty()) {
            return null;
        }
        Prefetched entry = entries.remove(key);
        if (entry == null) {
            return null;
        }
        boolean fresh = entry.isOfThisMoment(nanoTime);
        entry.count(fresh ? RegionEvent.PREFETCH_USED : RegionEvent.PREFETCH_WASTED);
        return fresh ? entry : null;
    }

    /** Nobody will ask for what is left. */
    void clear() {
        entries.values().forEach(entry -> entry.count(RegionEvent.PREFETCH_WASTED));
        entries.clear();
    }
}
