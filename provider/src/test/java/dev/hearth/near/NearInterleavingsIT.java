package dev.hearth.near;

import static dev.hearth.near.NearScene.Kind.ANY_TABLE_READER;
import static dev.hearth.near.NearScene.Kind.BULK;
import static dev.hearth.near.NearScene.Kind.EVICTION;
import static dev.hearth.near.NearScene.Kind.LOADER;
import static dev.hearth.near.NearScene.Kind.READER;
import static dev.hearth.near.NearScene.Kind.REGION_EVICTION;
import static dev.hearth.near.NearScene.Kind.RESULT_LOADER;
import static dev.hearth.near.NearScene.Kind.RESULT_READER;
import static dev.hearth.near.NearScene.Kind.TABLE_WRITER;
import static dev.hearth.near.NearScene.Kind.WRITER;
import static dev.hearth.near.NearScene.Kind.WRITER_OF_BOTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.near.NearScene.Event;
import dev.hearth.near.NearScene.Kind;
import dev.hearth.near.NearScene.Part;
import dev.hearth.near.NearScene.Slip;
import dev.hearth.store.Edits;
import dev.hearth.test.RedisExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks every schedule of a few actors on two nodes that keep copies strictly, and asks after each step whether a copy that
 * either node would serve is what the database has committed: {@code near_protocol.py} on the real classes and a real Redis.
 */
class NearInterleavingsIT {
    /* The largest scene takes minutes; -Dhearth.test.interleavings=all walks it too. */
    private static final boolean ALL = "all".equals(System.getProperty("hearth.test.interleavings"));

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static final String BOTH_ARE_TOLD =
            "tell('C', KEYS[1], ARGV[5], KEYS[1] .. '\\n' .. table.concat(ARGV, '\\n', 8))";

    private static NearPlay play;

    @BeforeAll
    static void open() {
        play = new NearPlay(redis, UnaryOperator.identity());
    }

    @AfterAll
    static void close() {
        play.close();
    }

    private static Part at(int node, Kind kind) {
        return new Part(kind, node);
    }

    static List<NearScene> scenes() {
        List<NearScene> scenes = new ArrayList<>(List.of(
                NearScene.of(at(1, READER), at(0, WRITER)).with(Event.SLOW_ANSWERS),
                NearScene.of(at(0, READER), at(0, WRITER)),
                NearScene.of(at(0, READER), at(1, READER), at(0, WRITER)).with(Event.SLOW_ANSWERS),
                NearScene.of(at(1, LOADER), at(0, WRITER)),
                NearScene.of(at(1, READER), at(0, BULK)),
                NearScene.of(at(1, LOADER), at(0, BULK)),
                NearScene.of(at(1, READER), at(0, WRITER), at(0, BULK)),
                NearScene.of(at(0, READER), at(1, READER), at(0, EVICTION)),
                NearScene.of(at(0, READER), at(1, READER), at(0, REGION_EVICTION)),
                NearScene.of(at(1, LOADER), at(0, WRITER)).with(Event.LAPSES),
                NearScene.of(at(0, RESULT_READER), at(1, RESULT_READER), at(0, TABLE_WRITER)),
                NearScene.of(at(1, RESULT_READER), at(0, RESULT_LOADER), at(0, TABLE_WRITER)),
                NearScene.of(at(0, ANY_TABLE_READER), at(1, ANY_TABLE_READER), at(0, TABLE_WRITER)),
                NearScene.of(at(1, READER), at(0, WRITER_OF_BOTH)).with(Event.SLOW_ANSWERS),
                NearScene.of(at(1, RESULT_READER), at(0, WRITER_OF_BOTH)).with(Event.SLOW_ANSWERS),
                NearScene.of(at(0, READER), at(0, RESULT_READER), at(0, WRITER_OF_BOTH)),
                NearScene.of(at(1, READER), at(1, RESULT_READER), at(0, WRITER_OF_BOTH))));
        if (ALL) {
            scenes.add(NearScene.of(at(0, READER), at(1, LOADER), at(0, WRITER)));
            scenes.add(NearScene.of(at(1, READER), at(0, WRITER), at(1, WRITER)).with(Event.LAPSES));
            scenes.add(NearScene.of(at(1, LOADER), at(0, WRITER), at(0, BULK)));
            scenes.add(NearScene.of(at(0, READER), at(0, READER), at(0, WRITER), at(1, WRITER)));
            scenes.add(NearScene.of(at(0, READER), at(1, READER), at(0, READER), at(0, WRITER), at(1, WRITER)));
        }
        return scenes;
    }

    static List<NearScene> scenesInTime() {
        NearScene one = NearScene.of(at(1, READER), at(0, WRITER));
        List<NearScene> scenes = new ArrayList<>(List.of(
                one.ticking(2),
                one.ticking(2).with(Event.SLEEPS),
                one.ticking(2).with(Event.BREAKS),
                one.ticking(2).with(Event.A_MESSAGE_IS_LOST),
                NearScene.of(at(1, RESULT_READER), at(0, TABLE_WRITER))
                        .ticking(2)
                        .with(Event.A_MESSAGE_IS_LOST)));
        if (ALL) {
            // Minutes each. What a node that trusts too early does is found among the slips in every build.
            scenes.add(one.ticking(3).with(Event.JOINS));
            scenes.add(one.ticking(3).with(Event.JOINS, Event.KNOWS_AN_OLD_LIST));
        }
        return scenes;
    }

    @ParameterizedTest
    @MethodSource({"scenes", "scenesInTime"})
    void whatIsServedNearIsTheCommittedVersionInEverySchedule(NearScene scene, TestReporter reporter) {
        NearWalk.Result result = NearWalk.explore(play, scene);

        reporter.publishEntry(scene.toString(), result.worlds() + " worlds, " + result.schedules() + " schedules");
        assertThat(result.stale()).as("schedule to a stale copy").isNull();
        // Lest a walk be right because nothing was ever kept.
        assertThat(result.served())
                .as("what was served near")
                .contains(scene.served().toArray());
    }

    static List<NearScene> scenesOfSlips() {
        NearScene one = NearScene.of(at(1, READER), at(0, WRITER));
        NearScene results = NearScene.of(at(1, RESULT_READER), at(0, TABLE_WRITER));
        return List.of(
                one.with(Slip.ACKNOWLEDGEMENTS_ARE_NOT_AWAITED),
                one.with(Slip.TICKETS_ARE_TAKEN_AFTER_THE_READ),
                one.with(Slip.MESSAGES_ARE_ACKNOWLEDGED_BEFORE_THEY_ARE_HEARD),
                NearScene.of(at(0, READER), at(0, WRITER)).with(Slip.THE_OWN_COPY_STAYS),
                results.with(Slip.ACKNOWLEDGEMENTS_ARE_NOT_AWAITED),
                results.with(Slip.RESULTS_ARE_KEPT_BY_A_LATER_TICKET),
                one.ticking(2).with(Event.A_MESSAGE_IS_LOST).with(Slip.MESSAGES_HAVE_NO_NUMBERS),
                results.ticking(2).with(Event.A_MESSAGE_IS_LOST).with(Slip.MESSAGES_HAVE_NO_NUMBERS),
                one.ticking(2)
                        .with(Event.BREAKS)
                        .with(Slip.THE_NEW_SUBSCRIPTION_IS_NOT_TOLD, Slip.MESSAGES_HAVE_NO_NUMBERS),
                one.ticking(2)
                        .with(Event.BREAKS)
                        .with(Slip.THE_NEW_SUBSCRIPTION_CLEARS_NOTHING, Slip.MESSAGES_HAVE_NO_NUMBERS),
                // A writer that asks at every tick knows the other node before that hears its second heartbeat.
                one.ticking(1).with(Event.JOINS, Event.KNOWS_AN_OLD_LIST).with(Slip.A_NODE_TRUSTS_AS_SOON_AS_IT_JOINS),
                one.ticking(2).with(Slip.A_CLOCK_STANDS_STILL));
    }

    @ParameterizedTest
    @MethodSource("scenesOfSlips")
    void aScheduleToAStaleCopyIsFoundWhereARuleIsBroken(NearScene scene, TestReporter reporter) {
        NearWalk.Result result = NearWalk.explore(play, scene);

        reporter.publishEntry(scene.toString(), result.schedules() + " schedules to " + result.stale());
        assertThat(result.stale()).isNotNull();
    }

    /** What the scripts publish, the edit that silences one, and the scene in which that does harm. */
    enum Silence {
        LOCK(
                NearScene.of(at(1, READER), at(0, WRITER)),
                "  tell('E', KEYS[1], ARGV[5], KEYS[1])\nend\nreturn e.concurrent"),
        BULK_LOCK(NearScene.of(at(1, READER), at(0, BULK)), "tell('R', KEYS[1], ARGV[6], KEYS[1])"),
        ANNOUNCE(
                NearScene.of(at(1, RESULT_READER), at(0, TABLE_WRITER)),
                "tell('T', KEYS[1], ARGV[4], table.concat(ARGV, '\\n', 5))"),
        LOCK_WITH_TABLES(NearScene.of(at(1, READER), at(0, WRITER_OF_BOTH)), BOTH_ARE_TOLD),
        TABLES_WITH_A_LOCK(NearScene.of(at(1, RESULT_READER), at(0, WRITER_OF_BOTH)), BOTH_ARE_TOLD),
        EVICT(NearScene.of(at(1, READER), at(0, EVICTION)), "tell('E', KEYS[1], nil, KEYS[1])\nreturn locked"),
        EVICT_REGION(
                NearScene.of(at(1, READER), at(0, REGION_EVICTION)),
                "write_region(KEYS[1], r)\ntell('R', KEYS[1], nil, KEYS[1])\nreturn t"),
        RELEASE_OF_A_LOST_HOLD(
                NearScene.of(at(1, LOADER), at(0, WRITER)).with(Event.LAPSES),
                "if outcome == 3 then tell('E', KEYS[1], nil, KEYS[1]) end");

        private final NearScene scene;
        private final String published;

        Silence(NearScene scene, String published) {
            this.scene = scene;
            this.published = published;
        }

        private String silenced() {
            return published.replaceAll("tell\\('.*\\)(?= end|\\n|$)", "");
        }
    }

    @ParameterizedTest
    @EnumSource(Silence.class)
    void aScheduleToAStaleCopyIsFoundWhereAScriptPublishesNothing(Silence silence, TestReporter reporter) {
        // Nobody acknowledges what was not published: the lease is what lets such a writer go on.
        NearScene scene = silence.scene.events().isEmpty() && !silence.scene.holdsOnlyWhenQuiet()
                ? silence.scene.ticking(2)
                : silence.scene;
        Edits edits = new Edits(silence, List.of(new Edits.Edit(silence.published, silence.silenced())));
        try (NearPlay silenced = new NearPlay(redis, edits)) {
            edits.check();
            NearWalk.Result result = NearWalk.explore(silenced, scene);

            reporter.publishEntry(silence.toString(), result.schedules() + " schedules to " + result.stale());
            assertThat(result.stale()).isNotNull();
        }
    }
}
