package dev.hearth.store;

import static dev.hearth.store.QueryScriptsFixture.DAY_MICROS;
import static dev.hearth.store.QueryScriptsFixture.HOUR_MICROS;
import static dev.hearth.store.QueryScriptsFixture.IDENTITY;
import static dev.hearth.store.QueryScriptsFixture.digits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.MissReason;
import dev.hearth.test.RedisExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that we did not write, under the keys of query results and tables: no error, nothing stale, and repaired soon. */
class QueryHostileDataIT {
    private static final List<String> A = List.of("a");
    private static final String HUGE = "x".repeat(1 << 20);

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private QueryScriptsFixture queries;

    @BeforeEach
    void open() {
        queries = new QueryScriptsFixture(redis);
    }

    @AfterEach
    void close() {
        queries.close();
    }

    // The table hash

    @Test
    void tablesOfAnotherTypeAreBegunAnew() {
        for (Runnable step : List.<Runnable>of(
                () -> queries.announce("tx", 0, "b"),
                () -> queries.settle("tx", "b"),
                queries::clearTables,
                queries::openTables)) {
            queries.put("r", queries.time(), "g", "a");
            queries.redis.call("SET", queries.tables, "garbage");

            step.run();

            assertThat(queries.read("r", A)).isEqualTo(MissReason.STALE);
            assertServedAgain();
        }
    }

    static Stream<String> garbage() {
        long tomorrow = System.currentTimeMillis() * 1000 + 2 * DAY_MICROS;
        return Stream.of(
                "",
                "garbage",
                "0000000000000001x",
                "000000000000000-tx:0000000000000001;",
                "0000000000000001tx:0000000000000001",
                "0000000000000001:0000000000000001;;",
                "0000000000000001" + HUGE,
                "0000000000000001tx:" + tomorrow + ";",
                "0000000000000001other:" + tomorrow + ";",
                String.valueOf(tomorrow),
                "9999999999999999",
                "F" + digits(tomorrow) + IDENTITY,
                "F0000000000000001" + HUGE,
                "F0000000000000001server1111111111",
                "F00000000000000-1" + IDENTITY,
                HUGE);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("garbage")
    void aTablesGarbageGoesWithItsNextChange(String garbage) {
        queries.put("r", queries.time(), "g", "a");
        queries.redis.call("HSET", queries.tables, "a", garbage);
        assertThat(queries.read("r", A)).isNotNull();

        queries.announce("tx", HOUR_MICROS, "a");
        assertThat(queries.read("r", A)).isNotNull();
        queries.settle("tx", "a");

        assertThat(queries.read("r", A)).isNotNull();
        assertServedAgain();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("garbage")
    void garbageBehindAnAnnouncementGoesWithItAndSpoilsNoOther(String garbage) {
        queries.put("r", queries.time(), "g", "a");
        queries.announce("tx", HOUR_MICROS, "a");
        queries.redis.call("HSET", queries.tables, "a", queries.redis.text("HGET", queries.tables, "a") + garbage);

        queries.announce("late", HOUR_MICROS, "a");
        queries.settle("tx", "a");
        assertThat(queries.read("r", A)).isNotNull();
        queries.settle("late", "a");

        assertThat(queries.read("r", A)).isNotNull();
        assertServedAgain();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("garbage")
    void theFloorsGarbageGoesWithTheNextChangeOfAnyTable(String garbage) {
        queries.put("r", queries.time(), "g", "a");
        queries.redis.call("HSET", queries.tables, "#", garbage);
        assertThat(queries.read("r", A)).isNotNull();

        queries.settle("tx", "b");

        assertThat(queries.read("r", A)).isNotNull();
        assertServedAgain();
    }

    /** They end with the day that no announcement outlasts. */
    @Test
    void manyForgedAnnouncementsAreNotServedUnderAndCostNoError() {
        String forged = ("tx:" + digits(queries.time() + HOUR_MICROS) + ";").repeat(10_000);
        queries.redis.call("HSET", queries.tables, "a", digits(1) + forged);

        queries.announce("mine", HOUR_MICROS, "a");
        queries.settle("mine", "a");
        queries.put("r", queries.time(), "g", "a");

        assertThat(queries.read("r", A)).isEqualTo(MissReason.TABLE_CHANGING);
    }

    // Results

    @Test
    void aResultAheadOfTimeIsNotServedAndGivesWay() {
        queries.put("r", queries.time(), "g", "a");
        String value = queries.redis.text("GET", queries.entry("r"));
        String forged = value.substring(0, 17) + digits(queries.time() + HOUR_MICROS) + value.substring(33);
        queries.redis.call("SET", queries.entry("r"), forged);
        queries.settle("tx", "a");
        assertThat(queries.read("r", A)).isEqualTo(MissReason.UNDECODABLE);

        assertThat(queries.put("r", queries.time(), "g", "a")).isZero();

        assertThat(queries.read("r", A)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "tx:0000000000000001;", "tx:0000000000000001;garbage"})
    void aRecordsGarbageGoesWithTheNextPut(String garbage) {
        queries.redis.call("APPEND", queries.record, garbage);

        assertServedAgain();
    }

    // Lists

    @Test
    void listsOfAnotherTypeAreBegunAnew() {
        for (String key : List.of(queries.list(), queries.groups(), queries.group("g"), queries.entry("r"))) {
            for (String[] other : List.of(
                    new String[] {"SET", key, "x"}, new String[] {"RPUSH", key, "x"}, new String[] {"SADD", key, "x"
                    })) {
                for (Runnable step : List.<Runnable>of(
                        () -> queries.put("r", queries.time(), "g", "a"),
                        () -> queries.remove("r", "", "g"),
                        () -> queries.remove("r", 1, "g"),
                        () -> queries.sweep(10, queries.time(), "a"))) {
                    queries.put("r", queries.time(), "g", "a");
                    queries.redis.call("DEL", key);
                    queries.redis.call((Object[]) other);

                    step.run();

                    assertListedAgain();
                }
            }
        }
    }

    @Test
    void forgedMembersOfTheListLeaveItAndPushNothingOut() {
        for (int i = 0; i < 20; i++) {
            queries.redis.call("ZADD", queries.list(), "+inf", "ahead" + i, "-inf", "behind" + i, "1", ":" + i);
        }
        queries.redis.call("ZADD", queries.list(), "+inf", HUGE, queries.time() + HOUR_MICROS, "g:" + HUGE);

        for (int i = 0; i < 20; i++) {
            queries.put("r", queries.time(), 5, "g", "a");
            assertThat(queries.read("r", A)).isNull();
        }

        assertThat(queries.redis.number("ZCARD", queries.list())).isEqualTo(1);
    }

    @Test
    void forgedGroupsLeaveWithTheNextSweep() {
        queries.put("other", queries.time(), "h", "b");
        for (String group : List.of("", "!", "#", ":x", HUGE + "!", "\0")) {
            queries.redis.call("HSET", queries.groups(), group, "a");
        }
        queries.redis.call("HSET", queries.groups(), "g", HUGE);

        queries.sweep(10, queries.time(), "a");

        assertThat(queries.redis.number("HLEN", queries.groups())).isEqualTo(2);
        assertThat(queries.redis.number("ZCARD", queries.list())).isEqualTo(1);
        assertThat(queries.read("other", List.of("b"))).isNull();
        assertListedAgain();
    }

    private void assertServedAgain() {
        assertThat(queries.put("r", queries.time(), "g", "a")).isZero();
        assertThat(queries.read("r", A)).isNull();
    }

    private void assertListedAgain() {
        assertServedAgain();
        assertThat(queries.sweep(10, queries.time(), "a")).isEqualTo(1);
        assertThat(queries.exists(queries.entry("r"))).isFalse();
    }
}
