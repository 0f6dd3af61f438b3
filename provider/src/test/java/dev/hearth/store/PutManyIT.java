package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.store.ScriptBench.Call;
import dev.hearth.store.ScriptBench.Outcome;
import dev.hearth.test.RedisExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Putting many values in one step, and looking at many, beside the steps for one. */
final class PutManyIT {
    private static final long NOW = 10 * Moves.TICK;
    private static final String IDENTITY = Moves.identity(0);
    private static final String OTHER_IDENTITY = Moves.identity(1);
    private static final long GENERATION = Moves.TICK;

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final ScriptBench<StoredKeys> bench =
            new ScriptBench<>(redis.endpoint(), new EntrySlot(redis.keyspace()), UnaryOperator.identity());

    @AfterEach
    void close() {
        bench.close();
    }

    /** What may stand under the entry's key. */
    private static List<@Nullable String> entries() {
        List<@Nullable String> entries = new ArrayList<>();
        entries.add(null);
        entries.add(value(GENERATION, 2 * Moves.TICK, "mapping-1"));
        entries.add(value(GENERATION, 2 * Moves.TICK, "mapping-2"));
        entries.add(value(GENERATION, 2 * Moves.TICK, "another-2"));
        entries.add(value(GENERATION, 5 * Moves.TICK, "mapping-1"));
        entries.add(value(GENERATION, 8 * Moves.TICK, "mapping-1"));
        entries.add(value(0, 2 * Moves.TICK, "mapping-1"));
        entries.add(lock(StoredKeys.FAR));
        entries.add(lock(4 * Moves.TICK));
        entries.add(lock(7 * Moves.TICK));
        entries.add("garbage");
        return entries;
    }

    private static List<@Nullable String> records() {
        List<@Nullable String> records = new ArrayList<>();
        records.add(null);
        records.add(record(GENERATION, IDENTITY, ""));
        records.add(record(6 * Moves.TICK, IDENTITY, ""));
        records.add(record(GENERATION, OTHER_IDENTITY, ""));
        records.add(record(GENERATION, IDENTITY, "bulk:" + StoredKeys.FAR + ";"));
        records.add(record(GENERATION, IDENTITY, "bulk:" + digits(4 * Moves.TICK) + ";"));
        records.add(record(GENERATION, IDENTITY, "bulk:" + digits(7 * Moves.TICK) + ";"));
        return records;
    }

    private static List<@Nullable String> fences() {
        List<@Nullable String> fences = new ArrayList<>();
        fences.add(null);
        fences.add("\0".repeat(256));
        fences.add(digits(4 * Moves.TICK).repeat(16));
        fences.add(digits(7 * Moves.TICK).repeat(16));
        fences.add("x".repeat(256));
        return fences;
    }

    private static String value(long generation, long stamp, String body) {
        return "V" + digits(generation) + digits(stamp) + body;
    }

    private static String lock(long expiry) {
        return "L" + digits(GENERATION) + digits(2 * Moves.TICK) + "0tx:" + digits(expiry) + ";";
    }

    private static String record(long generation, String identity, String holds) {
        return "R" + digits(generation) + identity + "0001" + holds;
    }

    private static String digits(long stamp) {
        return String.format("%016d", stamp);
    }

    private static List<StoredKeys> situations() {
        List<StoredKeys> situations = new ArrayList<>();
        for (String entry : entries()) {
            for (String record : records()) {
                for (String fences : fences()) {
                    situations.add(new StoredKeys(entry, record, fences));
                }
            }
        }
        return situations;
    }

    /** One put, as each of the two scripts takes it. */
    private record Put(long stamp, PutMode mode, StoredKeys before, long now) {
        Call<StoredKeys> alone() {
            return new Call<>(
                    Script.PUT_FROM_LOAD,
                    List.of(
                            String.valueOf(stamp),
                            IDENTITY,
                            Moves.HASH,
                            Moves.TTL_MILLIS,
                            Moves.HORIZON_MICROS,
                            "mapping-1",
                            mode.argument()),
                    now,
                    before);
        }

        Call<StoredKeys> amongMany() {
            return new Call<>(
                    Script.PUT_MANY,
                    List.of(
                            String.valueOf(stamp),
                            IDENTITY,
                            Moves.TTL_MILLIS,
                            Moves.HORIZON_MICROS,
                            mode.argument(),
                            Moves.HASH,
                            "mapping-1"),
                    now,
                    before);
        }
    }

    private static List<Put> puts() {
        List<Put> puts = new ArrayList<>();
        for (StoredKeys before : situations()) {
            for (PutMode mode : PutMode.values()) {
                puts.add(new Put(5 * Moves.TICK, mode, before, NOW));
            }
            puts.add(new Put(NOW + 1, PutMode.LOAD, before, NOW));
            puts.add(new Put(5 * Moves.TICK, PutMode.LOAD, before, NOW + Moves.HORIZON * Moves.TICK));
        }
        return puts;
    }

    @Test
    void eachIsJudgedAsIfItCameAlone() {
        List<Put> puts = puts();
        bench.run(puts.stream().map(Put::alone).toList());
        bench.run(puts.stream().map(Put::amongMany).toList());

        Set<Long> answers = new TreeSet<>();
        for (Put put : puts) {
            Outcome<StoredKeys> alone = bench.outcome(put.alone());
            Outcome<StoredKeys> amongMany = bench.outcome(put.amongMany());
            assertThat(amongMany.answer()).as("%s", put).isEqualTo(alone.answer());
            assertThat(amongMany.after()).as("%s", put).isEqualTo(alone.after());
            assertThat(amongMany.entryMillis() < 0).as("%s", put).isEqualTo(alone.entryMillis() < 0);
            answers.add(alone.answer());
        }
        assertThat(answers).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void aLookFindsWhatAReadWouldServe() {
        for (StoredKeys before : situations()) {
            Call<StoredKeys> look = new Call<>(Script.LOOK, List.of(IDENTITY, "mapping-", "0"), NOW, before);

            boolean served = before.read(IDENTITY) instanceof Found.Value value
                    && new String(value.bytes(), value.offset(), Moves.FINGERPRINT).equals("mapping-");
            assertThat(bench.run(look).answer()).as("%s", before).isEqualTo(served ? 1 : 0);
        }
    }
}
