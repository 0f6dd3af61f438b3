package dev.hearth.store;

import static dev.hearth.store.QueryActor.Kind.CLEAR;
import static dev.hearth.store.QueryActor.Kind.OUTSIDE_CLEAR;
import static dev.hearth.store.QueryActor.Kind.OUTSIDE_REGION_EVICT;
import static dev.hearth.store.QueryActor.Kind.OUTSIDE_SETTLE;
import static dev.hearth.store.QueryActor.Kind.QUERY;
import static dev.hearth.store.QueryActor.Kind.QUERY_FROM_THE_FUTURE;
import static dev.hearth.store.QueryActor.Kind.READER;
import static dev.hearth.store.QueryActor.Kind.READER_OF_TABLES_FIRST;
import static dev.hearth.store.QueryActor.Kind.REGION_EVICT;
import static dev.hearth.store.QueryActor.Kind.SWEEPING_WRITER;
import static dev.hearth.store.QueryActor.Kind.WRITER;
import static dev.hearth.store.QueryActor.Kind.WRITER_OF_B;
import static dev.hearth.store.QueryActor.Kind.WRITER_OF_BOTH;
import static dev.hearth.store.QueryScene.Fault.CLOCK_STEPS_BACK;
import static dev.hearth.store.QueryScene.Fault.FAILOVER;
import static dev.hearth.store.QueryScene.Fault.LOST_RECORD;
import static dev.hearth.store.QueryScene.Fault.LOST_TABLES;
import static dev.hearth.store.QueryScene.Fault.REPEATED_ANNOUNCE;
import static dev.hearth.store.QueryScene.Fault.REPEATED_SETTLE;
import static dev.hearth.store.QueryScene.Fault.RESTORED;
import static dev.hearth.store.QueryScene.Fault.RESTORED_TABLES;
import static dev.hearth.store.QueryScene.Fault.STALLS;
import static dev.hearth.store.QueryScene.Fault.STANDING_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.store.QueryScene.Fault;
import dev.hearth.store.QueryScene.Slip;
import dev.hearth.test.RedisExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks every schedule of a few actors on the rows of two tables and a query's result, each step being the real script on
 * a real Redis, and asks after each step whether the result that {@link StoredForms} and {@link TableStates} would serve
 * was computed from what the database has committed.
 *
 * <p>Explored: every order of the actors' steps; commit, rollback, and death before the settle; puts that never arrive; a
 * session stamp of now or of a tick ago; the lapse of every announcement at every moment; the result vanishing at every
 * moment; sweeps and removals that arrive at any later moment; and, in scenes that name them, the faults of {@link Fault}.
 *
 * <p>Not explored: more than four actors; more than one result or bucket; two of the faults that happen once, unless the
 * scene names both; nodes that do not know yet that the server is another; announcements of one transaction that lapse at
 * different moments; payloads and their checks; what the nodes add of their own (debts, epochs, own changes). What the
 * scripts do for memory's sake has plain tests.
 */
class QueryInterleavingsIT {
    /* The largest scenes take minutes; -Dhearth.test.interleavings=all walks them too. */
    private static final boolean ALL = "all".equals(System.getProperty("hearth.test.interleavings"));

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    static List<QueryScene> scenes() {
        return List.of(
                QueryScene.of(QUERY, WRITER),
                QueryScene.of(QUERY, QUERY, WRITER),
                QueryScene.of(QUERY, WRITER, WRITER),
                QueryScene.of(QUERY, QUERY, WRITER, WRITER),
                QueryScene.of(QUERY, QUERY, QUERY, WRITER),
                QueryScene.of(QUERY_FROM_THE_FUTURE, QUERY, WRITER),
                QueryScene.of(QUERY, WRITER, WRITER_OF_B).over("a", "b"),
                QueryScene.of(QUERY, WRITER_OF_BOTH, WRITER_OF_B).over("a", "b"),
                QueryScene.of(QUERY, WRITER, WRITER_OF_B).over(),
                QueryScene.of(QUERY, QUERY, WRITER, REGION_EVICT),
                QueryScene.of(QUERY, QUERY, WRITER, CLEAR),
                QueryScene.of(QUERY, QUERY, WRITER, READER),
                QueryScene.of(QUERY, QUERY, WRITER, READER_OF_TABLES_FIRST),
                QueryScene.of(QUERY, QUERY, SWEEPING_WRITER));
    }

    static List<QueryScene> scenesWithChangesFromOutside() {
        List<QueryScene> scenes = new ArrayList<>();
        for (QueryActor.Kind outside : List.of(OUTSIDE_SETTLE, OUTSIDE_CLEAR, OUTSIDE_REGION_EVICT)) {
            scenes.add(QueryScene.of(QUERY, QUERY, outside));
            scenes.add(QueryScene.of(QUERY, WRITER, outside));
            scenes.add(QueryScene.of(QUERY, WRITER_OF_B, outside).over("a", "b"));
        }
        return scenes;
    }

    static List<QueryScene> scenesWithFaults() {
        List<QueryScene> scenes = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            scenes.add(QueryScene.of(QUERY, WRITER).with(fault));
            if (ALL
                    || !Set.of(FAILOVER, RESTORED, RESTORED_TABLES, CLOCK_STEPS_BACK)
                            .contains(fault)) {
                scenes.add(QueryScene.of(QUERY, QUERY, WRITER).with(fault));
                scenes.add(QueryScene.of(QUERY, WRITER, WRITER).with(fault));
            }
        }
        QueryScene scene = QueryScene.of(QUERY, WRITER);
        scenes.add(scene.with(REPEATED_ANNOUNCE, REPEATED_SETTLE));
        scenes.add(scene.with(STALLS, REPEATED_ANNOUNCE, REPEATED_SETTLE));
        scenes.add(scene.with(STALLS, LOST_TABLES, STANDING_CLOCK));
        scenes.add(scene.with(LOST_TABLES, REPEATED_ANNOUNCE));
        scenes.add(scene.with(LOST_TABLES, FAILOVER));
        scenes.add(scene.with(LOST_RECORD, FAILOVER));
        scenes.add(scene.with(STANDING_CLOCK, RESTORED));
        scenes.add(QueryScene.of(QUERY, WRITER_OF_BOTH).over("a", "b").with(LOST_TABLES, STALLS));
        scenes.add(QueryScene.of(QUERY, WRITER_OF_BOTH).over("a", "b").with(FAILOVER));
        return scenes;
    }

    @ParameterizedTest
    @MethodSource({"scenes", "scenesWithChangesFromOutside", "scenesWithFaults"})
    void whatIsServedIsTheCommittedVersionInEverySchedule(QueryScene scene, TestReporter reporter) {
        try (QueryWalk.Benches benches = benches(UnaryOperator.identity())) {
            Schedules.Result result = QueryWalk.explore(scene, benches);

            reporter.publishEntry(
                    scene.toString(), result.worlds() + " worlds, " + benches.callsMade() + " script calls");
            assertThat(result.stale()).as("schedule to a stale read").isNull();
        }
    }

    @Test
    void everyCommittedVersionIsServedInSomeSchedule() {
        Set<String> served = new TreeSet<>();
        QueryScene scene = QueryScene.of(QUERY, WRITER, WRITER_OF_B).over("a", "b");
        try (QueryWalk.Benches benches = benches(UnaryOperator.identity())) {
            QueryWalk.explore(
                    scene, benches, world -> QueryWalk.served(scene, world).ifPresent(served::add));
        }

        assertThat(served).containsExactly("0.0", "0.1", "1.0", "1.1");
    }

    @Test
    void theSchedulesReachEveryAnswerOfPutRemovalAndSweep() {
        try (QueryWalk.Benches benches = benches(UnaryOperator.identity())) {
            QueryWalk.explore(QueryScene.of(QUERY, QUERY, REGION_EVICT), benches);
            QueryWalk.explore(QueryScene.of(QUERY_FROM_THE_FUTURE, WRITER), benches);
            QueryWalk.explore(QueryScene.of(QUERY, WRITER).with(FAILOVER, LOST_RECORD), benches);
            QueryWalk.explore(QueryScene.of(QUERY, QUERY, WRITER, READER), benches);
            QueryWalk.explore(QueryScene.of(QUERY, SWEEPING_WRITER), benches);

            /* The horizon is long enough for every schedule here, and no query region is locked. */
            assertThat(benches.results().answers(Script.PUT_RESULT)).containsExactly(0L, 1L, 2L, 3L, 5L, 9L);
            assertThat(benches.results().answers(Script.REMOVE_RESULT)).containsExactly(0L, 1L);
            assertThat(benches.results().answers(Script.SWEEP_RESULTS)).containsExactly(0L, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource(QueryRule.class)
    void aScheduleToAStaleReadIsFoundWithoutTheRule(QueryRule rule) {
        Edits knockedOut = rule.knockedOut();
        try (QueryWalk.Benches whole = benches(UnaryOperator.identity());
                QueryWalk.Benches broken = benches(knockedOut)) {
            knockedOut.check();

            assertThat(QueryWalk.explore(rule.scene(), whole).stale())
                    .as("with the rule")
                    .isNull();
            assertThat(QueryWalk.explore(rule.scene(), broken).stale())
                    .as("without the rule")
                    .isNotNull();
        }
    }

    static List<QueryScene> scenesOfSlips() {
        QueryScene scene = QueryScene.of(QUERY, WRITER);
        return List.of(
                scene.with(Slip.WRITERS_MAY_NOT_ANNOUNCE),
                scene.with(Slip.STAMPS_RUN_AHEAD),
                scene.with(Slip.READS_IGNORE_ANNOUNCEMENTS),
                scene.with(Slip.READS_IGNORE_LAPSED_ANNOUNCEMENTS),
                scene.with(Slip.READS_IGNORE_STAMPS),
                scene.with(STANDING_CLOCK).with(Slip.READS_TRUST_EQUAL_STAMPS),
                QueryScene.of(QUERY, OUTSIDE_CLEAR).with(Slip.READS_IGNORE_THE_FLOOR),
                scene.with(LOST_TABLES).with(Slip.READS_IGNORE_THE_FLOOR),
                QueryScene.of(QUERY, WRITER_OF_B).over("a", "b").with(Slip.READS_IGNORE_ALL_TABLES_BUT_A),
                QueryScene.of(QUERY, OUTSIDE_REGION_EVICT).with(Slip.READS_IGNORE_GENERATIONS),
                scene.with(RESTORED).with(Slip.READS_IGNORE_IDENTITY),
                scene.with(CLOCK_STEPS_BACK).with(Slip.STEPS_BACK_CLEAR_NOTHING));
    }

    @ParameterizedTest
    @MethodSource("scenesOfSlips")
    void aScheduleToAStaleReadIsFoundWhereANodeBreaksARule(QueryScene scene) {
        try (QueryWalk.Benches benches = benches(UnaryOperator.identity())) {
            assertThat(QueryWalk.explore(scene, benches).stale()).isNotNull();
        }
    }

    /** Whatever is announced expires later than every stamp of a result, so what it is taken for makes no difference. */
    @Test
    void aReaderWhoseClockIsAheadServesNothingStale() {
        try (QueryWalk.Benches benches = benches(UnaryOperator.identity())) {
            QueryScene scene = QueryScene.of(QUERY, WRITER, WRITER).with(Slip.READS_RUN_AHEAD);

            assertThat(QueryWalk.explore(scene, benches).stale()).isNull();
        }
    }

    private static QueryWalk.Benches benches(UnaryOperator<String> change) {
        return QueryWalk.Benches.open(redis.endpoint(), redis.keyspace(), change);
    }
}
