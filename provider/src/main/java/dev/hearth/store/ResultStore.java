package dev.hearth.store;

import dev.hearth.config.RegionSettings;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.statistics.RoundTrips;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * One region of query results in Redis (DESIGN section 7). A result is an entry like any other, which in addition is
 * valid only by the stamps of the tables that it reads. Safe for concurrent use; only {@link #get} waits.
 */
public final class ResultStore {
    private final RegionStore region;
    private final Tables tables;
    private final Commands commands;
    private final LongSupplier nanoTime;
    private final TableGroups groups = new TableGroups();

    ResultStore(RegionStore region, Tables tables, Commands commands, LongSupplier nanoTime) {
        this.region = region;
        this.tables = tables;
        this.commands = commands;
        this.nanoTime = nanoTime;
    }

    public RegionStore region() {
        return region;
    }

    public RegionStatistics statistics() {
        return region.statistics();
    }

    public EntryAddress address(String key) {
        return region.address(key);
    }

    /**
     * Reads a result and the stamps of its tables, waiting for Redis once at the most. Counts a miss, but no hit.
     *
     * @param session the stamp under which the session would publish what it loads instead
     * @param meanwhile done once Redis has been asked, before its answer is waited for; not done where it is not asked
     */
    public Found get(EntryAddress at, Collection<String> read, Stamp session, Runnable meanwhile) {
        MissReason unusable = tables.owes(read) ? MissReason.IN_DEBT : region.unusable(at);
        if (unusable != null) {
            return region.nothing(unusable);
        }
        TableGroup group = groups.of(TableStates.fields(read));
        if (group.rests(nanoTime.getAsLong())) {
            region.nothing(MissReason.TABLE_CHANGING);
            return new Found.Nothing(MissReason.TABLE_CHANGING, PutRefusal.TABLE_CHANGED);
        }
        Commands.EntryAndFields answer;
        long asked = nanoTime.getAsLong();
        try {
            CompletableFuture<Commands.EntryAndFields> question =
                    commands.entryAndFields(at, tables.key(), TableStates.wanted(read));
            meanwhile.run();
            RoundTrips.waiting();
            answer = commands.await(question);
            region.traffic().answered(asked);
        } catch (RedisUnavailableException e) {
            return region.nothing(MissReason.UNAVAILABLE);
        }
        Found found = region.judged(at, answer.values());
        if (found instanceof Found.Value value) {
            MissReason invalid = tables.judge(answer.fields(), read, value.stamp());
            if (invalid == null) {
                group.asked(false, nanoTime.getAsLong());
                return value;
            }
            if (invalid != MissReason.UNAVAILABLE) {
                var unused = remove(at, read, String.valueOf(value.stamp()));
            }
            found = region.nothing(invalid);
        }
        boolean hopeless = tables.judge(answer.fields(), read, session.micros()) != null;
        group.asked(hopeless && tables.change(answer.fields(), read), nanoTime.getAsLong());
        return hopeless ? new Found.Nothing(((Found.Nothing) found).reason(), PutRefusal.TABLE_CHANGED) : found;
    }

    /**
     * Those of these results that could be served now, all asked for at once; counts nothing.
     *
     * @param wanted what each of them reads
     */
    public CompletableFuture<Map<EntryAddress, Found.Value>> peekAll(
            Map<EntryAddress, ? extends Collection<String>> wanted) {
        Map<EntryAddress, CompletableFuture<Found>> asked = new LinkedHashMap<>();
        wanted.forEach((at, read) -> {
            if (at.known() && !region.owed() && !tables.owes(read)) {
                asked.put(
                        at,
                        commands.entryAndFields(at, tables.key(), TableStates.wanted(read))
                                .thenApply(answer -> peeked(at, read, answer)));
            }
        });
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<EntryAddress, Found.Value> found = new LinkedHashMap<>();
                    asked.forEach((at, answer) -> {
                        if (answer.join() instanceof Found.Value value) {
                            found.put(at, value);
                        }
                    });
                    return found;
                });
    }

    private Found peeked(EntryAddress at, Collection<String> read, Commands.EntryAndFields answer) {
        Found found = region.peeked(at, answer.values());
        MissReason invalid =
                found instanceof Found.Value value ? tables.judge(answer.fields(), read, value.stamp()) : null;
        return invalid == null ? found : new Found.Nothing(invalid);
    }

    /** Publishes a result. */
    public CompletableFuture<PutOutcome> put(EntryAddress at, Collection<String> read, Stamp stamp, byte[] body) {
        PutRefusal refusal =
                tables.owes(read) ? PutRefusal.UNAVAILABLE : region.publishing().unpublishable(at, stamp);
        if (refusal != null) {
            return region.publishing().refused(refusal);
        }
        TableGroup group = groups.of(TableStates.fields(read));
        RegionSettings settings = region.settings();
        return region.publishing()
                .outcome(
                        at,
                        body,
                        () -> commands.run(
                                Script.PUT_RESULT,
                                List.of(
                                        at.entry(),
                                        at.record(),
                                        at.fences(),
                                        list(at.record()),
                                        groups(at.record()),
                                        list(at.record()) + group.id()),
                                stamp.micros(),
                                stamp.identity(),
                                settings.timeToLive().toMillis(),
                                RegionStore.micros(settings.fenceHorizon()),
                                body,
                                group.id(),
                                group.names(),
                                Math.max(1, settings.maximumResults() / region.bucketCount())));
    }

    /** Removes a result whatever its stamp, since the application asks for the database's. */
    public CompletableFuture<Long> remove(EntryAddress at, Collection<String> read) {
        return remove(at, read, "");
    }

    private CompletableFuture<Long> remove(EntryAddress at, Collection<String> read, String stamp) {
        return commands.run(
                Script.REMOVE_RESULT,
                List.of(at.entry(), at.record()),
                stamp,
                groups.of(TableStates.fields(read)).id());
    }

    /**
     * Removes a batch of the results that read tables which have changed; answers whether more may be left.
     *
     * @param stale names of tables, and behind each the stamp up to which results over it are stale
     */
    CompletableFuture<Boolean> sweep(List<Object> stale, int batch) {
        return region.everyRecord(record -> commands.run(
                        Script.SWEEP_RESULTS, List.of(record, groups(record)), sweepArguments(stale, batch)))
                .thenApply(dropped -> {
                    tables.statistics()
                            .swept(dropped.stream().mapToLong(Long::longValue).sum());
                    return dropped.stream().anyMatch(count -> count >= batch);
                });
    }

    private static Object[] sweepArguments(List<Object> stale, int batch) {
        Object[] arguments = new Object[stale.size() + 1];
        arguments[0] = batch;
        for (int i = 0; i < stale.size(); i++) {
            arguments[i + 1] = stale.get(i);
        }
        return arguments;
    }

    private static String list(String record) {
        return record + "!";
    }

    private static String groups(String record) {
        return record + "!!";
    }
}
