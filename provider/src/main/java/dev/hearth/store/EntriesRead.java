package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.RoundTrips;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are read in one round trip, which the first question for any of them waits for. Each counts, as a miss if it
 * is one, when somebody asks for it. For one thread.
 */
public final class EntriesRead {
    private final List<WantedEntry> wanted;
    private final Map<EntryAddress, MissReason> unusable;
    private final CompletableFuture<Map<String, byte[]>> answer;
    private final Commands commands;
    private final Map<String, StoredForms.Bucket> buckets = new HashMap<>(4);
    private boolean awaited;
    private @Nullable Map<String, byte[]> values;

    /** @param unusable those that Redis was not asked for */
    EntriesRead(
            List<WantedEntry> wanted,
            Map<EntryAddress, MissReason> unusable,
            CompletableFuture<Map<String, byte[]>> answer,
            Commands commands) {
        this.wanted = wanted;
        this.unusable = unusable;
        this.answer = answer;
        this.commands = commands;
    }

    /** What was found of the entry that was wanted at this position. Counts a miss, but no hit. */
    public Found found(int position) {
        WantedEntry entry = wanted.get(position);
        MissReason reason = unusable.get(entry.at());
        if (reason != null) {
            return entry.region().nothing(reason);
        }
        if (!awaited) {
            take();
        }
        return judged(entry.region(), entry.at());
    }

    private Found judged(RegionStore region, EntryAddress at) {
        Map<String, byte[]> read = values;
        StoredForms.Bucket bucket = read == null ? null : bucket(region, at, read);
        return read == null || bucket == null
                ? region.nothing(MissReason.UNAVAILABLE)
                : region.judged(at, read, bucket);
    }

    private StoredForms.@Nullable Bucket bucket(RegionStore region, EntryAddress at, Map<String, byte[]> read) {
        StoredForms.Bucket known = buckets.get(at.record());
        if (known == null) {
            known = region.bucket(at, read);
            if (known != null) {
                buckets.put(at.record(), known);
            }
        }
        return known;
    }

    /** Waits now. */
    void await() {
        if (unusable.size() < wanted.size()) {
            RoundTrips.waiting();
        }
        take();
    }

    private void take() {
        awaited = true;
        try {
            values = commands.await(answer);
        } catch (RedisUnavailableException e) {
            // Each is a miss, and the circuit has told why.
            values = null;
        }
    }
}
