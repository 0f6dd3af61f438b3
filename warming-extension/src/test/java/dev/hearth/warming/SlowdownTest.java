package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How warming gives way when pages take longer than those before them. */
final class SlowdownTest {
    private static final long USUAL = Duration.ofMillis(10).toNanos();
    private static final int ROWS = 500;

    private final Slowdown slowdown = new Slowdown(3);

    private void usualPages(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(slowdown.pauseAfter(USUAL, ROWS, ROWS)).isZero();
        }
    }

    @Test
    void aSlowPageIsFollowedByAPauseOfWhatItTookBeyondTheUsual() {
        usualPages(10);
        assertThat(slowdown.pauseAfter(3 * USUAL, ROWS, ROWS)).isZero();
        assertThat(slowdown.pauseAfter(4 * USUAL, ROWS, ROWS)).isEqualTo(3 * USUAL);
        assertThat(slowdown.pauseAfter(40 * USUAL, ROWS, ROWS)).isEqualTo(39 * USUAL);
        assertThat(slowdown.pauseAfter(USUAL, ROWS, ROWS)).isZero();
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        usualPages(10);
        assertThat(slowdown.pauseAfter(Duration.ofHours(1).toNanos(), ROWS, ROWS))
                .isEqualTo(Slowdown.LONGEST.toNanos());
    }

    @Test
    void pagesAreComparedByTheTimeOfTheirRows() {
        usualPages(10);
        assertThat(slowdown.pauseAfter(10 * USUAL, ROWS, 10 * ROWS)).isZero();
        assertThat(slowdown.pauseAfter(USUAL, ROWS / 10, ROWS / 10)).isEqualTo(USUAL * 9 / 10);
        assertThat(slowdown.pauseAfter(USUAL, ROWS, 0)).isZero();
    }

    @Test
    void pagesOfFewRowsAreNotJudged() {
        usualPages(10);
        assertThat(slowdown.pauseAfter(10 * USUAL, ROWS, ROWS / 2 - 1)).isZero();
        assertThat(slowdown.pauseAfter(10 * USUAL, ROWS, ROWS / 2)).isPositive();
    }

    @Test
    void theFirstPagesAreNotJudged() {
        assertThat(slowdown.pauseAfter(USUAL, ROWS, ROWS)).isZero();
        assertThat(slowdown.pauseAfter(100 * USUAL, ROWS, ROWS)).isZero();
    }

    @Test
    void whatStaysSlowBecomesTheUsual() {
        usualPages(100);
        int slow = 0;
        while (slowdown.pauseAfter(10 * USUAL, ROWS, ROWS) > 0) {
            slow++;
            assertThat(slow).isLessThan(60);
        }
        assertThat(slow).isGreaterThan(40);
    }

    @Test
    void aFactorOfZeroIsForNoPauses() {
        Slowdown none = new Slowdown(0);
        for (int i = 0; i < 10; i++) {
            none.pauseAfter(USUAL, ROWS, ROWS);
        }
        assertThat(none.pauseAfter(100 * USUAL, ROWS, ROWS)).isZero();
    }
}
