package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.store.ServerClock.Sample;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lower bounds of Redis time, on clocks that the test turns. */
final class ServerClockTest {
    private static final double MARGIN = 0.001;
    private static final Duration VALIDITY = Duration.ofSeconds(5);
    private static final long REDIS_AT_START = 1_790_000_000_000_000L;

    private long nanos = 123;
    private final ServerClock clock = new ServerClock("node", MARGIN, VALIDITY, () -> nanos);

    @Test
    void hasNoStampBeforeTheFirstPoll() {
        assertThat(clock.now()).isEqualTo(Stamp.VOID);
        assertThat(clock.accepts(clock.now())).isFalse();
        assertThat(clock.identity()).isNull();
    }

    @Test
    void stampCarriesTheIdentityAndGrowsWithMonotonicTimeLessTheMargin() {
        poll(REDIS_AT_START, "one");
        nanos += Duration.ofSeconds(1).toNanos();

        assertThat(clock.now()).isEqualTo(new Stamp(REDIS_AT_START + 999_000, "one", 0));
        assertThat(clock.accepts(clock.now())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isNeverAheadOfRedisWhateverTheDriftWithinTheMarginAndTheDelaysOfAnswers(long seed) {
        Random random = new Random(seed);
        long redis = REDIS_AT_START;
        long epoch = -1;
        for (int poll = 0; poll < 2000; poll++) {
            double drift = 1 + (random.nextDouble() * 2 - 1) * MARGIN;
            ServerClock.Question question = clock.asking();
            long outwards = random.nextInt(200_000);
            long back = random.nextInt(200_000);
            long told = redis + outwards;
            redis += outwards + back;
            nanos += (long) ((outwards + back) * 1000 * drift);
            clock.learn(new Sample(told, question, nanos, "one"));
            for (int read = 0; read < 5; read++) {
                long pause = random.nextInt(400_000);
                redis += pause;
                nanos += (long) (pause * 1000 * drift);
                Stamp stamp = clock.now();
                assertThat(stamp.micros()).isLessThanOrEqualTo(redis).isGreaterThan(redis - 250_000 - 4_000);
                epoch = epoch < 0 ? stamp.epoch() : epoch;
                assertThat(stamp.epoch()).as("no epoch ends without a reason").isEqualTo(epoch);
            }
        }
    }

    @Test
    void redisTimeSteppingBackVoidsTheStampsTakenBefore() {
        poll(REDIS_AT_START, "one");
        nanos += Duration.ofSeconds(1).toNanos();
        Stamp before = clock.now();
        try (LogLines lines = LogLines.of(ServerClock.class.getName())) {
            poll(REDIS_AT_START + 400_000, "one");

            assertThat(lines.all())
                    .containsExactly(
                            "[node] Redis's clock stepped back by 599 ms or more; what was loaded before is not"
                                    + " published, and query results are cleared");
        }
        assertThat(clock.accepts(before)).isFalse();
        assertThat(clock.accepts(clock.now())).isTrue();
        assertThat(clock.now().micros()).isEqualTo(REDIS_AT_START + 400_000);
    }

    @Test
    void jumpOfTheNodesOwnClockVoidsTheStampsTakenBefore() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += Duration.ofMinutes(10).toNanos();

        assertThat(clock.now()).isEqualTo(Stamp.VOID);
        assertThat(clock.accepts(before)).isFalse();
        poll(REDIS_AT_START + 1000, "one");
        assertThat(clock.accepts(before)).isFalse();
    }

    @Test
    void withoutPollsForLongerThanTheValidityThereAreNoStampsAndEarlierOnesStayVoid() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += VALIDITY.toNanos();
        assertThat(clock.accepts(before)).isTrue();
        nanos += 1;
        assertThat(clock.accepts(before)).isFalse();
        assertThat(clock.now()).isEqualTo(Stamp.VOID);

        poll(REDIS_AT_START + 5_000_001, "one");

        assertThat(clock.accepts(before)).isFalse();
        assertThat(clock.accepts(clock.now())).isTrue();
    }

    @Test
    void pollAfterOneThatFailedButInTimeKeepsStampsValid() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += Duration.ofSeconds(4).toNanos();
        poll(REDIS_AT_START + 4_000_000, "one");

        assertThat(clock.accepts(before)).isTrue();
    }

    @Test
    void anotherServerVoidsTheStampsTakenBeforeAndIsReportedOnce() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += 1000;
        try (LogLines lines = LogLines.of(ServerClock.class.getName())) {
            assertThat(clock.learn(new Sample(REDIS_AT_START + 10, clock.asking(), nanos, "two")))
                    .isEqualTo(ServerClock.News.OTHER_SERVERS);
            assertThat(clock.learn(new Sample(REDIS_AT_START + 20, clock.asking(), nanos, "two")))
                    .isEqualTo(ServerClock.News.NONE);

            assertThat(lines.all())
                    .containsExactly(
                            "[node] Redis is another server than before, or has restarted; every region begins anew");
        }
        assertThat(clock.accepts(before)).isFalse();
        assertThat(clock.now().identity()).isEqualTo("two");
    }

    @Test
    void anAnswerThatWasLongOnItsWaySetsTheBoundBackByNothing() {
        poll(REDIS_AT_START, "one");
        nanos += Duration.ofSeconds(1).toNanos();
        pollAnsweredAfter(Duration.ofMillis(300), REDIS_AT_START + 1_000_000);

        assertThat(clock.now()).isEqualTo(new Stamp(REDIS_AT_START + 1_298_700, "one", 0));
    }

    @Test
    void anAnswerThatIsLateByLessThanTheDriftMarginHasCostGivesTheBound() {
        poll(REDIS_AT_START, "one");
        nanos += Duration.ofSeconds(2).toNanos();
        pollAnsweredAfter(Duration.ofMillis(1), REDIS_AT_START + 2_000_000);

        assertThat(clock.now()).isEqualTo(new Stamp(REDIS_AT_START + 2_000_000, "one", 0));
    }

    @Test
    void stampsStayValidFromTheLastAnswerAlthoughAnOlderOneGivesTheBound() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += Duration.ofSeconds(4).toNanos();
        pollAnsweredAfter(Duration.ofMillis(500), REDIS_AT_START + 4_000_000);
        nanos += VALIDITY.toNanos();

        assertThat(clock.accepts(before)).isTrue();
        assertThat(clock.now()).isEqualTo(new Stamp(REDIS_AT_START + 9_490_500, "one", 0));
        nanos += 1;
        assertThat(clock.accepts(before)).isFalse();
        assertThat(clock.now()).isEqualTo(Stamp.VOID);
    }

    @Test
    void aPollSentInTimeAfterALateAnswerKeepsTheEpoch() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += Duration.ofSeconds(4).toNanos();
        pollAnsweredAfter(Duration.ofMillis(500), REDIS_AT_START + 4_000_000);
        nanos += Duration.ofSeconds(4).toNanos();
        poll(REDIS_AT_START + 8_500_000, "one");

        assertThat(clock.accepts(before)).isTrue();
    }

    @Test
    void redisTimeBehindTheBoundThatWasKeptEndsTheEpochAndTheBound() {
        poll(REDIS_AT_START, "one");
        nanos += Duration.ofSeconds(1).toNanos();
        pollAnsweredAfter(Duration.ofMillis(500), REDIS_AT_START + 1_000_000);
        Stamp before = clock.now();
        poll(REDIS_AT_START + 1_400_000, "one");

        assertThat(clock.accepts(before)).isFalse();
        assertThat(clock.now()).isEqualTo(new Stamp(REDIS_AT_START + 1_400_000, "one", 1));
    }

    private void pollAnsweredAfter(Duration delay, long micros) {
        ServerClock.Question question = clock.asking();
        nanos += delay.toNanos();
        clock.learn(new Sample(micros, question, nanos, "one"));
    }

    @Test
    void whatACommandTellsOfRedisTimeRaisesTheBound() {
        poll(REDIS_AT_START, "one");
        nanos += 1_000_000;
        long bound = clock.now().micros();

        clock.hear(bound + 500);
        nanos += 2_000;

        assertThat(clock.now().micros()).isGreaterThan(bound + 500);
        clock.hear(bound);
        assertThat(clock.now().micros()).isGreaterThan(bound + 500);
        assertThat(clock.accepts(clock.now())).isTrue();
    }

    @Test
    void whatIsHeardWhileAPollIsUnderWayIsNoStepBack() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += 1_000_000_000;
        ServerClock.Question question = clock.asking();
        nanos += 5_000_000;
        clock.hear(REDIS_AT_START + 1_004_000);
        nanos += 1_000_000;

        assertThat(clock.learn(new Sample(REDIS_AT_START + 1_001_000, question, nanos, "one")))
                .isEqualTo(ServerClock.News.NONE);

        assertThat(clock.accepts(before)).isTrue();
        assertThat(clock.now().micros()).isGreaterThan(REDIS_AT_START + 1_004_000);
    }

    @Test
    void aStepBackIsSeenWhateverIsHeardAfterIt() {
        poll(REDIS_AT_START, "one");
        Stamp before = clock.now();
        nanos += 1_000_000_000;
        ServerClock.Question question = clock.asking();
        clock.hear(REDIS_AT_START + 998_000);
        nanos += 1_000_000;

        assertThat(clock.learn(new Sample(REDIS_AT_START + 900_000, question, nanos, "one")))
                .isEqualTo(ServerClock.News.STEPPED_BACK);

        assertThat(clock.accepts(before)).isFalse();
    }

    private void poll(long micros, String identity) {
        clock.learn(new Sample(micros, clock.asking(), nanos, identity));
    }
}
