package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a server counts as near. */
final class DistanceTest {
    private static final Duration FAST = Duration.ofNanos(100_000);
    private static final Duration SLOW = Duration.ofNanos(500_000);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MANY = 1_000;

    private final Distance distance = new Distance();
    private final Random random = new Random(7);
    private long now = 5;

    private void answered(Duration after, int times) {
        for (int i = 0; i < times; i++) {
            long sentAt = now;
            now += after.toNanos();
            distance.answered(sentAt, now);
        }
    }

    /** One of so many answers is fast, and nobody knows which. */
    private void oneFastIn(int answers) {
        answered(random.nextInt(answers) == 0 ? FAST : SLOW, 1);
    }

    @Test
    void aServerThatHasNotAnsweredIsNotNear() {
        assertThat(distance.isNear()).isFalse();
    }

    @Test
    void theFirstAnswerTells() {
        answered(FAST, 1);

        assertThat(distance.isNear()).isTrue();
    }

    @Test
    void aNearServerStaysNearWhateverAFewAnswersTake() {
        answered(FAST, MANY);

        answered(PAUSE, 100);

        assertThat(distance.isNear()).isTrue();
    }

    @Test
    void aNearServerStaysNearInACrowdThatLetsOneAnswerOfFourBeFast() {
        answered(FAST, MANY);

        for (int i = 0; i < 10 * MANY; i++) {
            oneFastIn(4);
            assertThat(distance.isNear()).isTrue();
        }
    }

    /** Else one slow answer would hold up all readers, again and again. */
    @Test
    void aServerThatIsUsuallySlowIsFarWhateverAFewAnswersTake() {
        answered(SLOW, MANY);

        for (int i = 0; i < 10 * MANY; i++) {
            oneFastIn(20);
            assertThat(distance.isNear()).isFalse();
        }
    }

    @Test
    void slowFirstAnswersAreSoonForgotten() {
        answered(PAUSE, 50);

        answered(FAST, 10);

        assertThat(distance.isNear()).isTrue();
    }

    @Test
    void aServerThatMovesIsFoundWhereItIs() {
        answered(FAST, MANY);

        answered(SLOW, MANY);
        assertThat(distance.isNear()).isFalse();

        answered(FAST, 50);
        assertThat(distance.isNear()).isTrue();
    }
}
