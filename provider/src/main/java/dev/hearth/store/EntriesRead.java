package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.RoundTrips;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are read in one round trip, which the first question for any of them waits for. Each counts, as a miss if it
 * is one, when somebody asks for it. For one thread.
 */
public final class EntriesRead {
    private final Map<EntryAddress, RegionStore> wanted;
    private final Map<EntryAddress, MissReason> unusable;
    private final CompletableFuture<Map<String, byte[]>> answer;
    private final Commands commands;
    private boolean awaited;
    private @Nullable Map<String, byte[]> values;

    /** @param unusable those that Redis was not asked for */
    EntriesRead(
            Map<EntryAddress, RegionStore> wanted,
            Map<EntryAddress, MissReason> unusable,
            CompletableFuture<Map<String, byte[]>> answer,
            Commands commands) {
        this.wanted = wanted;
        this.unusable = unusable;
        this.answer = answer;
        this.commands = commands;
    }

    /** What was found of an entry; null if it was not among them. Counts a miss, but no hit. */
    public @Nullable Found found(EntryAddress at) {
        RegionStore region = wanted.get(at);
        if (region == null) {
            return null;
        }
        MissReason reason = unusable.get(at);
        if (reason != null) {
            return region.nothing(reason);
        }
        if (!awaited) {
            if (!answer.isDone()) {
                RoundTrips.waiting();
            }
            take();
        }
        return values == null ? region.nothing(MissReason.UNAVAILABLE) : region.judged(at, values);
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
