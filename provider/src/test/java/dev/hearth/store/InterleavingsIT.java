package dev.hearth.store;

import static dev.hearth.store.Actor.Kind.BULK;
import static dev.hearth.store.Actor.Kind.EVICT;
import static dev.hearth.store.Actor.Kind.INSERTER;
import static dev.hearth.store.Actor.Kind.OUTSIDE_EVICT;
import static dev.hearth.store.Actor.Kind.OUTSIDE_REGION_EVICT;
import static dev.hearth.store.Actor.Kind.READER;
import static dev.hearth.store.Actor.Kind.READER_FROM_THE_FUTURE;
import static dev.hearth.store.Actor.Kind.REGION_EVICT;
import static dev.hearth.store.Actor.Kind.WRITER;
import static dev.hearth.store.Scene.Fault.FAILOVER;
import static dev.hearth.store.Scene.Fault.LOST_FENCES;
import static dev.hearth.store.Scene.Fault.LOST_RECORD;
import static dev.hearth.store.Scene.Fault.REPEATED_LOCK;
import static dev.hearth.store.Scene.Fault.REPEATED_RELEASE;
import static dev.hearth.store.Scene.Fault.RESTORED;
import static dev.hearth.store.Scene.Fault.STALLS;
import static dev.hearth.store.Scene.Fault.STANDING_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

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
 * Walks every schedule of a few actors on one row and its entry, each step being the real script on a real Redis, and
 * asks after each step whether what {@link StoredForms} would serve is what the database has committed.
 *
 * <p>Explored: every order of the actors' steps; commit, rollback, and death before the release; puts that never arrive;
 * a session stamp of now or of a tick ago; the lapse of every hold at every moment, those of one entry in the order in which
 * they were taken; the entry vanishing at every moment, a lapsed lock only when its key's own expiry says so; and, in scenes
 * that name them, the faults of {@link Scene.Fault}.
 *
 * <p>Not explored: more than four actors, or one of them more than once through its part; two rows on one stripe of the
 * fences; several buckets; two of the faults that happen once, unless the scene names both; payloads and their checks;
 * what the nodes add of their own (debts, epochs, own changes), which has tests of its own.
 */
class InterleavingsIT {
    /* The largest scenes take minutes; -Dhearth.test.interleavings=all walks them too. */
    private static final boolean ALL = "all".equals(System.getProperty("hearth.test.interleavings"));

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    static List<Scene> scenes() {
        List<Scene> scenes = new ArrayList<>(List.of(
                Scene.of(READER, READER, WRITER),
                Scene.of(READER, WRITER, WRITER),
                Scene.of(READER, WRITER, BULK),
                Scene.of(READER, BULK, BULK),
                Scene.of(READER, INSERTER, WRITER),
                Scene.of(READER_FROM_THE_FUTURE, READER, WRITER),
                Scene.of(READER, WRITER, OUTSIDE_EVICT),
                Scene.of(READER, WRITER, OUTSIDE_REGION_EVICT),
                Scene.of(READER, READER, WRITER, EVICT),
                Scene.of(READER, READER, WRITER, REGION_EVICT),
                Scene.of(READER, WRITER, BULK, EVICT),
                Scene.of(READER, WRITER, BULK, REGION_EVICT)));
        if (ALL) {
            scenes.add(Scene.of(READER, READER, WRITER, WRITER));
            scenes.add(Scene.of(READER, READER, WRITER, BULK));
        }
        return scenes;
    }

    static List<Scene> scenesWithFaults() {
        List<Scene> scenes = new ArrayList<>();
        for (Scene scene : List.of(
                Scene.of(READER, READER, WRITER),
                Scene.of(READER, WRITER, WRITER),
                Scene.of(READER, WRITER, BULK),
                Scene.of(READER, BULK, BULK),
                Scene.of(READER, WRITER, EVICT),
                Scene.of(READER, WRITER, REGION_EVICT))) {
            scenes.add(scene.with(STALLS));
            scenes.add(scene.with(STANDING_CLOCK));
        }
        for (Scene scene : ALL
                ? List.of(
                        Scene.of(READER, WRITER, WRITER),
                        Scene.of(READER, WRITER, BULK),
                        Scene.of(READER, READER, WRITER))
                : List.of(
                        Scene.of(WRITER, WRITER),
                        Scene.of(WRITER, BULK),
                        Scene.of(READER, WRITER),
                        Scene.of(READER, BULK))) {
            for (Scene.Fault fault :
                    List.of(LOST_RECORD, LOST_FENCES, FAILOVER, RESTORED, REPEATED_LOCK, REPEATED_RELEASE)) {
                scenes.add(scene.with(fault));
            }
            scenes.add(scene.with(REPEATED_LOCK, REPEATED_RELEASE));
            scenes.add(scene.with(STALLS, REPEATED_LOCK));
        }
        scenes.add(Scene.of(READER, WRITER, BULK).with(FAILOVER));
        scenes.add(Scene.of(READER, WRITER, BULK).with(LOST_FENCES));
        return scenes;
    }

    @ParameterizedTest
    @MethodSource({"scenes", "scenesWithFaults"})
    void whatIsReadableIsTheCommittedVersionInEverySchedule(Scene scene, TestReporter reporter) {
        try (ScriptBench<StoredKeys> bench = bench(UnaryOperator.identity())) {
            Schedules.Result result = Walk.explore(scene, bench);

            reporter.publishEntry(
                    scene.toString(), result.worlds() + " worlds, " + bench.callsMade() + " script calls");
            assertThat(result.stale()).as("schedule to a stale read").isNull();
        }
    }

    @Test
    void everyCommittedVersionIsReadableInSomeSchedule() {
        Set<Integer> readable = new TreeSet<>();
        Scene scene = Scene.of(READER, WRITER, WRITER);
        try (ScriptBench<StoredKeys> bench = bench(UnaryOperator.identity())) {
            Walk.explore(scene, bench, world -> Walk.readable(scene, world).ifPresent(readable::add));
        }

        assertThat(readable).containsExactly(0, 1, 2);
    }

    @Test
    void theSchedulesReachEveryAnswerOfPutAndRelease() {
        try (ScriptBench<StoredKeys> bench = bench(UnaryOperator.identity())) {
            Walk.explore(Scene.of(READER, WRITER, BULK), bench);
            Walk.explore(Scene.of(READER, READER, INSERTER), bench);
            Walk.explore(Scene.of(READER_FROM_THE_FUTURE, WRITER), bench);
            Walk.explore(Scene.of(READER, WRITER, WRITER).with(STALLS), bench);
            Walk.explore(Scene.of(READER, WRITER).with(FAILOVER, LOST_FENCES), bench);

            assertThat(bench.answers(Script.PUT_FROM_LOAD)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
            assertThat(bench.answers(Script.RELEASE)).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void aScheduleToAStaleReadIsFoundWithoutTheRule(Rule rule) {
        Edits knockedOut = rule.knockedOut();
        try (ScriptBench<StoredKeys> whole = bench(UnaryOperator.identity());
                ScriptBench<StoredKeys> broken = bench(knockedOut)) {
            knockedOut.check();

            assertThat(Walk.explore(rule.scene(), whole).stale())
                    .as("with the rule")
                    .isNull();
            assertThat(Walk.explore(rule.scene(), broken).stale())
                    .as("without the rule")
                    .isNotNull();
        }
    }

    static List<Scene> scenesOfSlips() {
        return List.of(
                Scene.of(READER, WRITER).with(Scene.Slip.WRITERS_MAY_NOT_LOCK),
                Scene.of(READER, WRITER).with(Scene.Slip.STAMPS_RUN_AHEAD),
                Scene.of(READER, BULK).with(Scene.Slip.READS_IGNORE_GENERATIONS),
                Scene.of(READER, WRITER).with(RESTORED).with(Scene.Slip.READS_IGNORE_IDENTITY),
                Scene.of(WRITER, WRITER).with(STALLS, REPEATED_LOCK).with(Scene.Slip.COMMITS_KNOW_LATER_LOCKS));
    }

    @ParameterizedTest
    @MethodSource("scenesOfSlips")
    void aScheduleToAStaleReadIsFoundWhereANodeBreaksARule(Scene scene) {
        try (ScriptBench<StoredKeys> bench = bench(UnaryOperator.identity())) {
            assertThat(Walk.explore(scene, bench).stale()).isNotNull();
        }
    }

    private static ScriptBench<StoredKeys> bench(UnaryOperator<String> change) {
        return new ScriptBench<>(redis.endpoint(), new EntrySlot(redis.keyspace()), change);
    }
}
