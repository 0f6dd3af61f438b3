package dev.hearth.store;

import dev.hearth.config.RegionSettings;
import dev.hearth.statistics.RegionStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Soft locks of single entries (DESIGN section 5), and tables announced and settled in the same step. Safe for concurrent use;
 * nothing here waits.
 */
final class Locking {
    /* Most transactions change few entries and one table. In one step both are one command, one message that near tiers hear
     * and one acknowledgement from each: what a change costs the processors of all nodes is mostly their number. */
    private final RegionSettings settings;
    private final Commands commands;
    private final RegionStatistics statistics;
    private final Traffic traffic;

    Locking(RegionSettings settings, Commands commands, RegionStatistics statistics, Traffic traffic) {
        this.settings = settings;
        this.commands = commands;
        this.statistics = statistics;
        this.traffic = traffic;
    }

    CompletableFuture<Long> lock(EntryAddress at, String transaction, String ask) {
        return commands.run(Script.LOCK, keys(at), lockArguments(at, transaction, ask))
                .thenApply(this::locked);
    }

    CompletableFuture<Long> lock(
            EntryAddress at, String transaction, String ask, Tables tables, Collection<String> names) {
        return commands.run(
                        Script.LOCK,
                        keys(at, tables),
                        and(lockArguments(at, transaction, ask), tables.announcement(names)))
                .thenApply(answer -> {
                    tables.statistics().announced();
                    return locked(answer);
                });
    }

    CompletableFuture<ReleaseOutcome> release(EntryAddress at, String transaction, long lock, byte @Nullable [] body) {
        return commands.run(Script.RELEASE, keys(at), releaseArguments(at, transaction, lock, body))
                .thenApply(answer -> released(answer, body));
    }

    CompletableFuture<RegionStore.Released> release(
            EntryAddress at,
            String transaction,
            long lock,
            byte @Nullable [] body,
            Tables tables,
            Collection<String> names) {
        return commands.ask(
                        Script.RELEASE,
                        keys(at, tables),
                        and(releaseArguments(at, transaction, lock, body), tables.settlement(names)))
                .thenApply(answer -> {
                    int space = answer.indexOf(' ');
                    long stamp = tables.settled(Long.parseLong(answer.substring(space + 1)));
                    return new RegionStore.Released(released(Long.parseLong(answer.substring(0, space)), body), stamp);
                });
    }

    private Object[] lockArguments(EntryAddress at, String transaction, String ask) {
        return new Object[] {
            transaction,
            Integer.toUnsignedLong(at.hash()),
            RegionStore.micros(settings.lockTimeout()),
            RegionStore.micros(settings.fenceHorizon()),
            ask
        };
    }

    private long locked(long answer) {
        statistics.lock(answer < 0);
        traffic.told();
        return Math.abs(answer);
    }

    private Object[] releaseArguments(EntryAddress at, String transaction, long lock, byte @Nullable [] body) {
        return new Object[] {
            transaction,
            Integer.toUnsignedLong(at.hash()),
            RegionStore.micros(settings.fenceHorizon()),
            settings.timeToLive().toMillis(),
            lock,
            body == null ? "" : body
        };
    }

    private ReleaseOutcome released(long answer, byte @Nullable [] body) {
        ReleaseOutcome outcome = ReleaseOutcome.of(answer);
        traffic.sent(body);
        if (outcome == ReleaseOutcome.PUBLISHED) {
            statistics.put();
        } else if (outcome == ReleaseOutcome.LOST) {
            traffic.told();
        }
        return outcome;
    }

    private static Object[] and(Object[] first, List<Object> more) {
        List<Object> all = new ArrayList<>(Arrays.asList(first));
        all.addAll(more);
        return all.toArray();
    }

    private static List<Object> keys(EntryAddress at) {
        return List.of(at.entry(), at.record(), at.fences());
    }

    private static List<Object> keys(EntryAddress at, Tables tables) {
        return List.of(at.entry(), at.record(), at.fences(), tables.key());
    }
}
