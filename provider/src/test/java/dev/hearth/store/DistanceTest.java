package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a server counts as near. */
final class DistanceTest {
    private static final long MICRO = 1_000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Distance distance = new Distance();
    private long now = 5;

    private void answered(long nanos) {
        long sentAt = now;
        now += nanos;
        distance.answered(sentAt, now);
    }

    @Test
    void aServerThatHasNotAnsweredIsNotNear() {
        assertThat(distance.isNear()).isFalse();
    }

    @Test
    void theFastestAnswerTellsWhateverTheOthersTook() {
        answered(500 * MICRO);
        assertThat(distance.isNear()).isFalse();

        answered(100 * MICRO);
        answered(500 * MICRO);

        assertThat(distance.isNear()).isTrue();
    }

    @Test
    void aServerThatHasMovedAwayIsFarAfterTwoMinutes() {
        answered(100 * MICRO);

        now += MINUTE;
        answered(500 * MICRO);
        assertThat(distance.isNear()).isTrue();

        now += MINUTE;
        answered(500 * MICRO);
        assertThat(distance.isNear()).isFalse();
    }
}
