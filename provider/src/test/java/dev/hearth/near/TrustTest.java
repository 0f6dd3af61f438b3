package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When what is kept near may be served. */
final class TrustTest {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration NEARLY_A_LEASE = Duration.ofMillis(980);
    private static final Duration JOINING = Duration.ofSeconds(2);
    private static final Duration MORE_THAN_JOINING = Duration.ofMillis(2100);
    private static final String SINCE = "1700000000000000";
    private static final String LATER = "1700000009000000";

    private final FakeTime time = new FakeTime();
    private final Trust trust = new Trust(LEASE, time::nanoTime, time::wallMillis);

    private void beatIsHeard() {
        trust.heard(trust.sending(), SINCE);
    }

    /** Subscribed, known for longer than joining takes, and just heard. */
    private void settle() {
        trust.subscribed();
        beatIsHeard();
        time.pass(MORE_THAN_JOINING);
        beatIsHeard();
    }

    @Test
    void nothingIsServedBeforeAHeartbeatIsHeard() {
        assertThat(trust.holds(false)).isFalse();
        trust.subscribed();
        trust.sending();

        assertThat(trust.holds(false)).isFalse();
    }

    @Test
    void servesForALeaseAfterTheHeartbeatWasSent() {
        trust.subscribed();
        long beat = trust.sending();
        time.pass(Duration.ofMillis(600));
        trust.heard(beat, SINCE);
        assertThat(trust.holds(false)).isTrue();

        time.pass(Duration.ofMillis(380));
        assertThat(trust.holds(false)).isTrue();
        time.pass(Duration.ofMillis(20));
        assertThat(trust.holds(false)).isFalse();
    }

    @Test
    void theLeaseEndsBeforeAWriterHasOutwaitedIt() {
        trust.subscribed();
        beatIsHeard();

        time.pass(LEASE.minusMillis(5));

        assertThat(trust.holds(false)).isFalse();
    }

    @Test
    void heartbeatsThatAreHeardProlongTheLeaseWithoutForgettingAnything() {
        settle();
        long epoch = trust.epoch();
        for (int i = 0; i < 100; i++) {
            time.pass(Duration.ofMillis(333));
            beatIsHeard();
            assertThat(trust.holds(true)).isTrue();
        }

        assertThat(trust.epoch()).isEqualTo(epoch);
    }

    @Test
    void aMachineThatHasBeenAsleepServesNothingAlthoughItsMonotonicClockStoodStill() {
        settle();

        time.sleep(LEASE);

        assertThat(trust.holds(false)).isFalse();
        assertThat(trust.holds(true)).isFalse();
    }

    @Test
    void aWallClockThatIsSetBackProlongsNothing() {
        settle();

        time.setWallClockBack(Duration.ofHours(1));
        assertThat(trust.holds(true)).isTrue();
        time.pass(LEASE);

        assertThat(trust.holds(true)).isFalse();
    }

    @Test
    void aHeartbeatFromBeforeTheSubscriptionProvesNothing() {
        long before = trust.sending();
        trust.subscribed();

        trust.heard(before, SINCE);
        assertThat(trust.holds(false)).isFalse();

        beatIsHeard();
        assertThat(trust.holds(false)).isTrue();
    }

    @Test
    void aNewSubscriptionEndsTheLeaseAndForgetsWhatWasKept() {
        settle();
        long epoch = trust.epoch();
        long before = trust.sending();

        trust.subscribed();

        assertThat(trust.holds(false)).isFalse();
        assertThat(trust.epoch()).isGreaterThan(epoch);
        trust.heard(before, SINCE);
        assertThat(trust.holds(false)).isFalse();
    }

    @Test
    void aNewSubscriptionDoesNotRestartTheJoining() {
        settle();

        trust.subscribed();
        beatIsHeard();

        assertThat(trust.holds(true)).isTrue();
    }

    @Test
    void whatWasKeptBeforeAGapIsForgotten() {
        settle();
        long epoch = trust.epoch();

        time.pass(LEASE);
        beatIsHeard();

        assertThat(trust.holds(true)).isTrue();
        assertThat(trust.epoch()).isGreaterThan(epoch);
    }

    @Test
    void whatWasKeptBeforeTheMachineSleptIsForgotten() {
        settle();
        long epoch = trust.epoch();

        time.sleep(LEASE);
        beatIsHeard();

        assertThat(trust.epoch()).isGreaterThan(epoch);
    }

    @Test
    void servesStrictlyOnlyOnceEveryWriterMustKnowIt() {
        trust.subscribed();
        beatIsHeard();
        assertThat(trust.holds(false)).isTrue();
        assertThat(trust.holds(true)).isFalse();

        time.pass(JOINING);
        beatIsHeard();
        assertThat(trust.holds(true))
                .as("without a margin for clocks that run apart")
                .isFalse();

        time.pass(Duration.ofMillis(50));
        beatIsHeard();
        assertThat(trust.holds(true)).isTrue();
    }

    @Test
    void joiningIsOverOnlyForHeartbeatsThatLeaveBehindIt() {
        trust.subscribed();
        beatIsHeard();
        time.pass(JOINING.minusMillis(200));
        long early = trust.sending();
        time.pass(Duration.ofMillis(500));

        trust.heard(early, SINCE);

        assertThat(trust.holds(false)).isTrue();
        assertThat(trust.holds(true)).isFalse();
    }

    @Test
    void joiningBeginsWhenTheNodeHearsThatItIsKnown() {
        trust.subscribed();
        long slow = trust.sending();
        time.pass(NEARLY_A_LEASE);
        trust.heard(slow, SINCE);
        time.pass(JOINING.minusMillis(500));

        beatIsHeard();

        assertThat(trust.holds(true)).isFalse();
    }

    @Test
    void keepingMoreStrictlyRestartsTheJoining() {
        settle();
        long epoch = trust.epoch();
        long before = trust.sending();

        trust.widened();
        assertThat(trust.epoch()).isGreaterThan(epoch);
        trust.heard(before, SINCE);
        assertThat(trust.holds(true)).isFalse();
        time.pass(MORE_THAN_JOINING);
        beatIsHeard();
        assertThat(trust.holds(true))
                .as("heard for the first time with what it keeps now")
                .isFalse();

        time.pass(MORE_THAN_JOINING);
        beatIsHeard();
        assertThat(trust.holds(true)).isTrue();
    }

    @Test
    void aRegistrationThatHasLapsedRestartsTheJoining() {
        settle();

        trust.heard(trust.sending(), LATER);
        assertThat(trust.holds(false)).isTrue();
        assertThat(trust.holds(true)).isFalse();

        time.pass(MORE_THAN_JOINING);
        trust.heard(trust.sending(), LATER);
        assertThat(trust.holds(true)).isTrue();
    }

    @Test
    void aNodeThatIsClosedServesNothingWhateverItHears() {
        settle();
        long underWay = trust.sending();

        trust.end();
        trust.heard(underWay, SINCE);

        assertThat(trust.holds(false)).isFalse();
    }

    @Test
    void anOldHeartbeatThatIsHeardLateChangesNothing() {
        settle();
        long old = trust.sending();
        time.pass(Duration.ofMillis(500));
        beatIsHeard();

        trust.heard(old, LATER);
        assertThat(trust.holds(true)).isTrue();
        time.pass(Duration.ofMillis(900));
        assertThat(trust.holds(true)).isTrue();
    }

    @Test
    void aHeartbeatHeardTwiceDoesNotRestoreWhatWasLost() {
        settle();
        long beat = trust.sending();
        trust.heard(beat, SINCE);

        trust.lose();
        trust.heard(beat, SINCE);

        assertThat(trust.holds(false)).isFalse();
    }

    @Test
    void heartbeatsThatThisNodeNeverSentAreNotBelieved() {
        trust.subscribed();
        long last = trust.sending();

        trust.heard(last + 1, SINCE);
        trust.heard(0, SINCE);

        assertThat(trust.holds(false)).isFalse();
    }

    @Test
    void aHeartbeatWhoseTimeIsForgottenIsNotBelieved() {
        trust.subscribed();
        long old = trust.sending();
        for (int i = 0; i < 64; i++) {
            trust.sending();
        }

        trust.heard(old, SINCE);

        assertThat(trust.holds(false)).isFalse();
    }
}
