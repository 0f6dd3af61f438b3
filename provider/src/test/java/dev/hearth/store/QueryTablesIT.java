package dev.hearth.store;

import static dev.hearth.store.QueryScriptsFixture.DAY_MICROS;
import static dev.hearth.store.QueryScriptsFixture.HOUR_MICROS;
import static dev.hearth.store.QueryScriptsFixture.digits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.MissReason;
import dev.hearth.test.RedisExtension;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the table hash holds after each step, where no stale result depends on it. */
class QueryTablesIT {
    private static final List<String> A = List.of("a");

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

    @Test
    void aResultIsServedUntilATableThatItReadsIsAnnounced() {
        queries.put("r", queries.time(), "g", "a");
        queries.announce("tx", HOUR_MICROS, "b");
        assertThat(queries.read("r", A)).isNull();

        queries.announce("tx", HOUR_MICROS, "a");

        assertThat(queries.read("r", A)).isEqualTo(MissReason.STALE);
    }

    @Test
    void aResultOfASessionThatBeganUnderAnAnnouncementIsNotServed() {
        queries.announce("tx", HOUR_MICROS, "a");
        queries.put("r", queries.time(), "g", "a");

        assertThat(queries.read("r", A)).isEqualTo(MissReason.TABLE_CHANGING);
    }

    @Test
    void aSettleEndsItsOwnAnnouncementAndNoOther() {
        queries.announce("tx1", HOUR_MICROS, "a");
        queries.announce("tx2", HOUR_MICROS, "a");

        queries.settle("tx1", "a");

        assertThat(queries.state("a")).doesNotContain("tx1:").contains("tx2:");
        queries.settle("tx2", "a");
        assertThat(queries.state("a")).hasSize(16);
        queries.put("r", queries.time(), "g", "a");
        assertThat(queries.read("r", A)).isNull();
    }

    @Test
    void aSettleEndsNoAnnouncementWhoseNameEndsLikeItsOwn() {
        queries.announce("xtx", HOUR_MICROS, "a");
        queries.announce("tx", HOUR_MICROS, "a");

        queries.settle("tx", "a");

        assertThat(queries.state("a").substring(16)).startsWith("xtx:").hasSize("xtx:".length() + 17);
    }

    /** Where readers were kept away until now, there is nothing to tell them. */
    @Test
    void aSettleIsToldUnlessItEndsAnAnnouncementInForce() {
        queries.announce("tx", HOUR_MICROS, "a");
        queries.redis.call("HSET", queries.tables, "a", queries.state("a") + "dead:" + digits(1) + ";");
        queries.announce("late", HOUR_MICROS, "a");
        String nameless = ":" + digits(queries.time() + HOUR_MICROS) + ";";
        queries.redis.call("HSET", queries.tables, "a", queries.state("a") + nameless);
        long before = queries.messages();

        queries.settle("dead", "a");
        assertThat(queries.messages()).isEqualTo(before + 1);
        queries.settle("late", "a");
        assertThat(queries.messages()).isEqualTo(before + 1);
        queries.settle("", "a");
        assertThat(queries.messages()).isEqualTo(before + 2);
        queries.settle("tx", "a");
        assertThat(queries.messages()).isEqualTo(before + 2);
    }

    @Test
    void anAnnouncementThatIsRepeatedIsOne() {
        queries.announce("tx", HOUR_MICROS, "a");
        queries.announce("tx", 2 * HOUR_MICROS, "a");

        assertThat(queries.state("a")).containsOnlyOnce("tx:");
    }

    @Test
    void whatHasLapsedLeavesWithTheNextStep() {
        queries.announce("dead", 0, "a");
        queries.announce("tx", HOUR_MICROS, "a");

        assertThat(queries.state("a")).doesNotContain("dead:").contains("tx:");
    }

    /** So that what lapses stands in front of what does not, and nobody need look for it. */
    @Test
    void whoeverAnnouncesDoesSoForAsLongAsThoseBefore() {
        long until = queries.time() + HOUR_MICROS;
        String before = digits(1) + "tx:" + digits(until) + ";";
        queries.redis.call("HSET", queries.tables, "a", before);

        queries.announce("brief", 1, "a");
        assertThat(queries.state("a").substring(16)).isEqualTo(before.substring(16) + "brief:" + digits(until) + ";");
        queries.settle("tx", "a");
        queries.announce("longer", 2 * HOUR_MICROS, "a");

        assertThat(queries.state("a").substring(16)).startsWith("brief:").doesNotContain("longer:" + digits(until));
    }

    /** No announcement is in force for so long, so that one which lasted as long would not be in force either. */
    @Test
    void noAnnouncementLastsAsLongAsOneThatIsForged() {
        String forged = "forged:" + digits(queries.time() + 2 * DAY_MICROS) + ";";
        queries.redis.call(
                "HSET", queries.tables, "a", digits(1) + "tx:" + digits(queries.time() + HOUR_MICROS) + ";" + forged);
        queries.announce("mine", HOUR_MICROS, "a");
        queries.settle("tx", "a");

        queries.put("r", queries.time(), "g", "a");

        assertThat(queries.read("r", A)).isEqualTo(MissReason.TABLE_CHANGING);
    }

    /** Redis does one thing at a time: where many change a table at once, each must not cost as much as there are others. */
    @Test
    void aChangeCostsLittleMoreUnderManyAnnouncementsThanUnderNone() {
        long alone = fastestChange();
        String far = digits(queries.time() + HOUR_MICROS);
        String others = IntStream.range(0, 3000)
                .mapToObj(i -> "other-" + i + ":" + far + ";")
                .collect(Collectors.joining());
        queries.redis.call("HSET", queries.tables, "a", digits(1) + others);

        assertThat(fastestChange()).isLessThan(10 * alone);
        assertThat(queries.state("a").substring(16)).isEqualTo(others);
    }

    /** In nanoseconds; the fastest of many, so that what else goes on in the machine does not count. */
    private long fastestChange() {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long begun = System.nanoTime();
            queries.announce("mine", HOUR_MICROS, "a");
            queries.settle("mine", "a");
            fastest = Math.min(fastest, System.nanoTime() - begun);
        }
        return fastest;
    }

    @Test
    void aTablesStampNeverStepsBack() {
        long ahead = queries.time() + HOUR_MICROS;
        queries.redis.call("HSET", queries.tables, "a", digits(ahead));

        queries.announce("tx", HOUR_MICROS, "a");
        assertThat(queries.stamp("a")).isEqualTo(ahead + 1);
        queries.settle("tx", "a");
        assertThat(queries.stamp("a")).isEqualTo(ahead + 2);
    }

    @Test
    void theFloorNeverStepsBack() {
        long ahead = queries.time() + HOUR_MICROS;
        queries.redis.call("HSET", queries.tables, "#", "F" + digits(ahead) + QueryScriptsFixture.IDENTITY);

        queries.clearTables();
        assertThat(queries.stamp("#")).isEqualTo(ahead + 1);

        queries.redis.call("HSET", queries.tables, "#", "F" + digits(ahead) + "server1111111111");
        queries.openTables();
        assertThat(queries.stamp("#")).isEqualTo(ahead + 1);
    }

    @Test
    void openingTablesThatAreOpenChangesNothing() {
        long floor = queries.stamp("#");

        queries.openTables();

        assertThat(queries.stamp("#")).isEqualTo(floor);
    }

    @Test
    void everyStepBeginsTablesThatAreLost() {
        for (Runnable step : List.<Runnable>of(
                () -> queries.announce("tx", HOUR_MICROS, "b"),
                () -> queries.settle("tx", "b"),
                queries::clearTables,
                queries::openTables)) {
            queries.put("before", queries.time(), "g", "a");
            queries.redis.call("DEL", queries.tables);
            assertThat(queries.read("before", A)).isEqualTo(MissReason.STALE);

            step.run();

            assertThat(queries.read("before", A)).isEqualTo(MissReason.STALE);
            queries.put("after", queries.time(), "g", "a");
            assertThat(queries.read("after", A)).isNull();
        }
    }

    @Test
    void clearedTablesMakeEveryResultStaleAndLeaveAnnouncements() {
        queries.announce("tx", DAY_MICROS / 2, "b");
        queries.put("r", queries.time(), "g", "a");

        queries.clearTables();

        assertThat(queries.read("r", A)).isEqualTo(MissReason.STALE);
        assertThat(queries.state("b")).contains("tx:");
    }

    /** A query that names no table depends on the changes of all. */
    @Test
    void aResultOverUnnamedTablesGoesWithEveryChange() {
        queries.put("r", queries.time(), "g", "*");
        assertThat(queries.read("r", List.of())).isNull();

        queries.settle("tx", "a", "*");

        assertThat(queries.read("r", List.of())).isEqualTo(MissReason.STALE);
    }
}
