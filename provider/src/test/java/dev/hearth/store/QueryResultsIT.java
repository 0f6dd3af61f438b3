package dev.hearth.store;

import static dev.hearth.store.QueryScriptsFixture.HORIZON_MICROS;
import static dev.hearth.store.QueryScriptsFixture.TTL_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.RedisExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of results that nobody may be served any more, and that those which may be are left alone. */
class QueryResultsIT {
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
    void aBucketThatIsFullDropsItsOldestResults() {
        for (int i = 10; i < 40; i++) {
            assertThat(queries.put("r" + i, queries.time(), 10, "g", "a")).isZero();
        }

        assertThat(queries.stored())
                .containsExactly("r30", "r31", "r32", "r33", "r34", "r35", "r36", "r37", "r38", "r39");
        assertThat(listed()).isEqualTo(10);
        assertThat(queries.redis.number("ZCARD", queries.group("g"))).isEqualTo(10);
    }

    @Test
    void aBucketWhoseMaximumWasLoweredShrinksBySixteenWithEachPut() {
        for (int i = 0; i < 60; i++) {
            queries.put("r" + i, queries.time(), 100, "g", "a");
        }

        queries.put("last", queries.time(), 10, "g", "a");

        assertThat(listed()).isEqualTo(61 - 16);
        assertThat(queries.stored()).hasSize(61 - 16).contains("last");
    }

    @Test
    void fourThatHaveExpiredLeaveTheListsWithEachPut() {
        long expired = queries.time() - TTL_MILLIS * 1000 - HORIZON_MICROS - 1;
        for (int i = 0; i < 6; i++) {
            queries.redis.call("ZADD", queries.list(), expired - i, "old:r" + i);
            queries.redis.call("ZADD", queries.group("old"), expired - i, "r" + i);
        }
        queries.redis.call("HSET", queries.groups(), "old", "a");

        queries.put("new", queries.time(), "g", "a");
        assertThat(listed()).isEqualTo(1 + 2);
        assertThat(queries.redis.number("ZCARD", queries.group("old"))).isEqualTo(2);

        queries.put("newer", queries.time(), "g", "a");
        assertThat(listed()).isEqualTo(2);
        assertThat(queries.redis.number("HEXISTS", queries.groups(), "old")).isZero();
    }

    /** The lists would forget it before it expires. */
    @Test
    void aResultFromBeyondTheHorizonIsRefused() {
        long answer = queries.put("r", queries.time() - HORIZON_MICROS - 1, "g", "a");

        assertThat(PutOutcome.of(answer).refusal()).isEqualTo(PutRefusal.HORIZON);
    }

    @Test
    void theListsOutliveTheirResultsByTheHorizon() {
        queries.put("r", queries.time(), "g", "a");

        for (String key : List.of(queries.list(), queries.groups(), queries.group("g"))) {
            assertThat(queries.redis.number("PTTL", key)).isBetween(TTL_MILLIS + 1, TTL_MILLIS + HORIZON_MICROS / 1000);
        }
    }

    @Test
    void anOlderResultDoesNotReplaceANewer() {
        long older = queries.time();
        queries.put("r", queries.time(), "g", "a");

        assertThat(PutOutcome.of(queries.put("r", older, "g", "a")).refusal()).isEqualTo(PutRefusal.PRESENT);
    }

    @Test
    void aSweepDropsTheResultsOverItsTablesUpToItsStamp() {
        queries.put("stale", queries.time(), "g", "a", "b");
        queries.put("other", queries.time(), "h", "b");
        long settled = queries.settle("tx", "a");
        queries.put("fresh", queries.time(), "g", "a", "b");

        assertThat(queries.sweep(10, settled, "a")).isEqualTo(1);
        assertThat(queries.stored()).containsExactly("fresh", "other");
        assertThat(listed()).isEqualTo(2);
    }

    @Test
    void aSweepOfSeveralTablesDropsWhatAnyOfThemHasMadeStale() {
        queries.put("a", queries.time(), "g", "a");
        queries.put("b", queries.time(), "h", "b");
        queries.put("c", queries.time(), "i", "c");

        assertThat(queries.sweep(10, queries.time(), "a", "b")).isEqualTo(2);
        assertThat(queries.stored()).containsExactly("c");
    }

    @Test
    void aSweepDropsNoMoreThanItsBatch() {
        for (int i = 0; i < 5; i++) {
            queries.put("r" + i, queries.time(), "g", "a");
            queries.put("s" + i, queries.time(), "h", "a");
        }
        long now = queries.time();

        assertThat(queries.sweep(7, now, "a")).isEqualTo(7);
        assertThat(queries.stored()).hasSize(3);
        assertThat(queries.sweep(7, now, "a")).isEqualTo(3);
        assertThat(queries.sweep(7, now, "a")).isZero();
        assertThat(queries.stored()).isEmpty();
    }

    @Test
    void aGroupGoesWithItsLastResult() {
        queries.put("swept", queries.time(), "g", "a");
        queries.sweep(10, queries.time(), "a");
        assertThat(queries.exists(queries.groups())).isFalse();

        long stamp = queries.time();
        queries.put("removed", stamp, "g", "a");
        queries.remove("removed", stamp, "g");
        assertThat(queries.exists(queries.groups())).isFalse();

        queries.put("pushed out", queries.time(), 1, "g", "a");
        queries.put("stays", queries.time(), 1, "h", "a");
        assertThat(queries.redis.number("HEXISTS", queries.groups(), "g")).isZero();
        assertThat(queries.redis.number("HEXISTS", queries.groups(), "h")).isEqualTo(1);
    }

    @Test
    void theRemovalOfAStaleResultLeavesANewerOne() {
        long older = queries.time();
        queries.put("r", older, "g", "a");
        long newer = queries.time();
        queries.put("r", newer, "g", "a");

        assertThat(queries.remove("r", older, "g")).isZero();
        assertThat(queries.stored()).containsExactly("r");
        assertThat(queries.remove("r", newer, "g")).isEqualTo(1);
        assertThat(queries.stored()).isEmpty();
        assertThat(listed()).isZero();
    }

    @Test
    void theRemovalOfAResultWithoutAStampTakesWhateverStandsThere() {
        queries.put("r", queries.time(), "g", "a");

        assertThat(queries.remove("r", "", "g")).isEqualTo(1);
        assertThat(queries.stored()).isEmpty();
    }

    private long listed() {
        return queries.redis.number("ZCARD", queries.list());
    }
}
