package dev.hearth.store;

import static dev.hearth.store.QueryScriptsFixture.HOUR_MICROS;
import static dev.hearth.store.QueryScriptsFixture.digits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.store.ScriptBench.Call;
import dev.hearth.store.ScriptBench.Outcome;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a soft lock that several transactions hold contains after each step, where no stale read depends on it. */
final class SoftLockIT {
    private static final long NOW = 10 * Moves.TICK;
    private static final long BRIEF = Moves.TICK;
    private static final String IDENTITY = Moves.identity(0);
    private static final String HEAD = "L" + digits(Moves.TICK) + digits(2 * Moves.TICK);
    private static final String RECORD = "R" + digits(Moves.TICK) + IDENTITY + "0001";
    private static final String FENCES = "\0".repeat(256);

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final ScriptBench<StoredKeys> bench =
            new ScriptBench<>(redis.endpoint(), new EntrySlot(redis.keyspace()), UnaryOperator.identity());

    @AfterEach
    void close() {
        bench.close();
    }

    /** So that what lapses stands in front of what does not, and nobody need look for it. */
    @Test
    void whoeverJoinsHoldsForAsLongAsThoseBefore() {
        String others = hold("a", NOW + 3 * BRIEF) + hold("b", NOW + 5 * BRIEF);

        assertThat(holds(lock("mine", BRIEF, others))).isEqualTo("1" + others + hold("mine", NOW + 5 * BRIEF));
        assertThat(holds(lock("mine", 7 * BRIEF, others))).isEqualTo("1" + others + hold("mine", NOW + 7 * BRIEF));
    }

    @Test
    void itsKeyOutlivesTheLastHoldByTheHorizon() {
        String others = hold("a", NOW + 3 * BRIEF) + hold("b", NOW + 5 * BRIEF);

        assertOutlives(5 * BRIEF, lock("mine", BRIEF, others));
        assertOutlives(7 * BRIEF, lock("mine", 7 * BRIEF, others));
        assertOutlives(5 * BRIEF, release("a", others));
        assertOutlives(3 * BRIEF, release("b", others));
        assertOutlives(5 * BRIEF, evict(others));
    }

    /* Some of its time is over when that is read. */
    private static void assertOutlives(long left, Outcome<StoredKeys> outcome) {
        assertThat(outcome.entryMillis()).isCloseTo((left + Moves.HORIZON * Moves.TICK) / 1000, within(BRIEF / 10_000));
    }

    @Test
    void aTransactionTakesOutItsOwnHoldAndNoOther() {
        String a = hold("a", NOW + BRIEF);
        String likeMine = hold("not-mine", NOW + 2 * BRIEF);
        String mine = hold("mine", NOW + 3 * BRIEF);
        String longer = hold("mine-too", NOW + 4 * BRIEF);
        String rest = a + likeMine + longer;

        assertThat(holds(release("mine", a + likeMine + mine + longer))).isEqualTo("1" + rest);
        assertThat(holds(release("mine", mine + rest))).isEqualTo("1" + rest);
        assertThat(holds(release("mine", rest + mine))).isEqualTo("1" + rest);
        assertThat(holds(release("nobody", rest))).isEqualTo("1" + rest);
    }

    @Test
    void aLockThatIsTakenAgainIsOneHold() {
        String a = hold("a", NOW + BRIEF);
        String b = hold("b", NOW + 2 * BRIEF);

        assertThat(holds(lock("a", 3 * BRIEF, a + b))).isEqualTo("0" + b + hold("a", NOW + 3 * BRIEF));
    }

    @Test
    void whatHasLapsedLeavesWithTheNextStep() {
        String lapsed = hold("a", NOW - 2 * BRIEF) + hold("b", NOW);
        String c = hold("c", NOW + BRIEF);

        assertThat(holds(lock("mine", BRIEF, lapsed + c))).isEqualTo("1" + c + hold("mine", NOW + BRIEF));
        assertThat(holds(release("b", lapsed + c))).isEqualTo("1" + c);
        assertThat(holds(evict(lapsed + c))).isEqualTo("1" + c);
        assertThat(release("b", lapsed).after().entry()).isNull();
        assertThat(evict(lapsed).after().entry()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"junk", ";", ":;", "junk;", "a:b:c;", "x:1;", "junk;;x:9:0000000000000001"})
    void garbageHidesNoHoldAndLeaves(String garbage) {
        String a = hold("a", NOW + BRIEF);
        String ended = garbage.endsWith(";") ? garbage : garbage + ";";

        assertThat(holds(lock("mine", BRIEF, a + garbage))).startsWith("1" + a).endsWith(hold("mine", NOW + BRIEF));
        assertThat(holds(release("b", ended + a + garbage))).startsWith("1" + a);
        assertThat(holds(release("mine", a + ended + hold("mine", NOW + BRIEF))))
                .isEqualTo("1" + a + ended);
        assertThat(release("a", garbage + ";" + a + garbage).after().entry()).isNull();
    }

    /** Redis does one thing at a time: where many wait for a row, each must not cost as much as there are others. */
    @Test
    void aLockCostsLittleMoreUnderManyHoldsThanUnderNone() {
        try (RedisConnection connection = redis.connect()) {
            long alone = fastest(connection, "");
            String others = IntStream.range(0, 3000)
                    .mapToObj(i -> hold("other-" + i, System.currentTimeMillis() * 1000 + HOUR_MICROS))
                    .collect(Collectors.joining());

            assertThat(fastest(connection, others)).isLessThan(10 * alone);
        }
    }

    /** In nanoseconds; the fastest of many, so that what else goes on in the machine does not count. */
    private static long fastest(RedisConnection connection, String others) {
        List<String> keys = new EntrySlot(redis.keyspace()).keysOf(Script.LOCK);
        StoredKeys stored = before(others);
        connection.call(
                "MSET", keys.get(0), stored.entry(), keys.get(1), stored.record(), keys.get(2), stored.fences());
        Object[] lock = call(connection, Script.LOCK, keys, "mine", Moves.HASH, "1000000", "60000000");
        Object[] release = call(connection, Script.RELEASE, keys, "mine", Moves.HASH, "60000000", "60000", "1");
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 100; i++) {
            long begun = System.nanoTime();
            connection.call(lock);
            connection.call(release);
            fastest = Math.min(fastest, System.nanoTime() - begun);
        }
        assertThat(connection.text("GET", keys.get(0))).isEqualTo(others.isEmpty() ? null : HEAD + "1" + others);
        return fastest;
    }

    private static Object[] call(RedisConnection connection, Script script, List<String> keys, String... arguments) {
        List<Object> words = new ArrayList<>();
        words.add("EVALSHA");
        words.add(Objects.requireNonNull(connection.text(
                "SCRIPT", "LOAD", script.load(UnaryOperator.identity()).text())));
        words.add(keys.size());
        words.addAll(keys);
        words.addAll(List.of(arguments));
        return words.toArray();
    }

    private Outcome<StoredKeys> lock(String transaction, long timeout, String holds) {
        return bench.run(new Call<>(
                Script.LOCK,
                List.of(transaction, Moves.HASH, String.valueOf(timeout), Moves.HORIZON_MICROS),
                NOW,
                before(holds)));
    }

    private Outcome<StoredKeys> release(String transaction, String holds) {
        return bench.run(new Call<>(
                Script.RELEASE,
                List.of(transaction, Moves.HASH, Moves.HORIZON_MICROS, Moves.TTL_MILLIS, digits(2 * Moves.TICK)),
                NOW,
                before(holds)));
    }

    private Outcome<StoredKeys> evict(String holds) {
        return bench.run(new Call<>(Script.EVICT, List.of(Moves.HASH, Moves.HORIZON_MICROS), NOW, before(holds)));
    }

    private static StoredKeys before(String holds) {
        return new StoredKeys(HEAD + "0" + holds, RECORD, FENCES);
    }

    /** The flag of concurrent writers, and the holds. */
    private static String holds(Outcome<StoredKeys> outcome) {
        return String.valueOf(outcome.after().entry()).substring(HEAD.length());
    }

    private static String hold(String transaction, long expiry) {
        return transaction + ":" + digits(expiry) + ";";
    }
}
