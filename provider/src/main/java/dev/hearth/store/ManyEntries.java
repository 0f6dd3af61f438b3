package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.RoundTrips;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads entries of any regions together (DESIGN section 7). Safe for concurrent use. */
final class ManyEntries {
    private final Commands commands;

    ManyEntries(Commands commands) {
        this.commands = commands;
    }

    /** Waits for Redis once at the most. Counts misses, but no hits; what cannot be asked for is a miss as well. */
    Map<EntryAddress, Found> get(Map<EntryAddress, RegionStore> wanted) {
        Map<EntryAddress, Found> found = new HashMap<>();
        Set<String> keys = new LinkedHashSet<>();
        wanted.forEach((at, region) -> {
            MissReason unusable = region.unusable(at);
            if (unusable != null) {
                found.put(at, region.nothing(unusable));
            } else {
                keys.add(at.entry());
                keys.add(at.record());
            }
        });
        if (!keys.isEmpty()) {
            long asked = commands.nanoTime();
            Map<String, byte[]> values = valuesOrNothing(keys);
            if (values != null) {
                wanted.values().stream()
                        .distinct()
                        .forEach(region -> region.traffic().answered(asked));
            }
            wanted.forEach((at, region) -> found.computeIfAbsent(
                    at, a -> values == null ? region.nothing(MissReason.UNAVAILABLE) : region.judged(at, values)));
        }
        return found;
    }

    /** As {@link #get}, of what nobody has asked for: nothing is counted, and nothing mended. */
    Map<EntryAddress, Found> peek(Map<EntryAddress, RegionStore> wanted) {
        Set<String> keys = new LinkedHashSet<>();
        wanted.forEach((at, region) -> {
            if (region.unusable(at) == null) {
                keys.add(at.entry());
                keys.add(at.record());
            }
        });
        Map<String, byte[]> values = keys.isEmpty() ? null : valuesOrNothing(keys);
        Map<EntryAddress, Found> found = new HashMap<>();
        if (values != null) {
            wanted.forEach((at, region) -> found.put(at, region.peeked(at, values)));
        }
        return found;
    }

    private @Nullable Map<String, byte[]> valuesOrNothing(Set<String> keys) {
        try {
            RoundTrips.waiting();
            return commands.await(commands.values(keys));
        } catch (RedisUnavailableException e) {
            return null;
        }
    }
}
