package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.RoundTrips;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads entries of any regions together (DESIGN section 7). Safe for concurrent use. */
final class ManyEntries {
    private final Commands commands;

    ManyEntries(Commands commands) {
        this.commands = commands;
    }

    /** Waits for Redis once at the most. */
    EntriesRead read(Map<EntryAddress, RegionStore> wanted) {
        EntriesRead read = begin(wanted);
        read.await();
        return read;
    }

    /** Asks Redis, and does not wait. */
    EntriesRead begin(Map<EntryAddress, RegionStore> wanted) {
        Map<EntryAddress, MissReason> unusable = new HashMap<>(0);
        Set<String> keys = new LinkedHashSet<>();
        wanted.forEach((at, region) -> {
            MissReason reason = region.unusable(at);
            if (reason != null) {
                unusable.put(at, reason);
            } else {
                keys.add(at.entry());
                keys.add(at.record());
            }
        });
        if (keys.isEmpty()) {
            return new EntriesRead(wanted, unusable, CompletableFuture.completedFuture(Map.of()), commands);
        }
        long asked = commands.nanoTime();
        CompletableFuture<Map<String, byte[]>> values = commands.values(keys).whenComplete((found, failure) -> {
            if (failure == null) {
                wanted.values().stream()
                        .distinct()
                        .forEach(region -> region.traffic().answered(asked));
            }
        });
        return new EntriesRead(wanted, unusable, values, commands);
    }

    /** As {@link #read}, of what nobody has asked for: nothing is counted, and nothing mended. */
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
