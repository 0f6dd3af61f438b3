package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.RoundTrips;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
    EntriesRead read(List<WantedEntry> wanted) {
        EntriesRead read = begin(wanted);
        read.await();
        return read;
    }

    /** Asks Redis, and does not wait. */
    EntriesRead begin(List<WantedEntry> wanted) {
        Map<EntryAddress, MissReason> unusable = new HashMap<>(0);
        List<String> keys = new ArrayList<>(wanted.size() + 1);
        Set<String> records = new LinkedHashSet<>();
        Set<RegionStore> regions = new HashSet<>();
        for (WantedEntry entry : wanted) {
            MissReason reason = entry.region().unusable(entry.at());
            if (reason != null) {
                unusable.put(entry.at(), reason);
            } else {
                keys.add(entry.at().entry());
                records.add(entry.at().record());
                regions.add(entry.region());
            }
        }
        if (keys.isEmpty()) {
            return new EntriesRead(wanted, unusable, CompletableFuture.completedFuture(Map.of()), commands);
        }
        keys.addAll(records);
        long asked = commands.nanoTime();
        CompletableFuture<Map<String, byte[]>> values = commands.values(keys).whenComplete((found, failure) -> {
            if (failure == null) {
                regions.forEach(region -> region.traffic().answered(asked));
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
