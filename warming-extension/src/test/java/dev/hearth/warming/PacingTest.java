package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.core.IntervalFunction;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long warming waits: from page to page, and from attempt to attempt. */
final class PacingTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void pagesWaitForTheTimeThatThoseBeforeThemHaveTaken() {
        Pacing pacing = new Pacing(100);

        assertThat(pacing.reserve(200, 0)).isZero();
        assertThat(pacing.reserve(50, SECOND)).isEqualTo(SECOND);
        assertThat(pacing.reserve(50, 10 * SECOND))
                .as("what was not used is lost")
                .isZero();
        assertThat(pacing.reserve(50, 10 * SECOND)).isEqualTo(SECOND / 2);
    }

    @Test
    void theRateMayChangeMeanwhile() {
        Pacing pacing = new Pacing(1);
        pacing.reserve(1000, 0);
        pacing.rate(1000);
        assertThat(pacing.reserve(1000, 0)).isZero();
        assertThat(pacing.reserve(1, 0)).isEqualTo(SECOND);
        pacing.rate(0);
        assertThat(pacing.reserve(1, 0)).isZero();
    }

    @Test
    void waitsBetweenAttemptsDoubleUpToTheLongestAndNeverAgreeExactly() {
        WarmingSettings settings = WarmingSettings.read(
                Map.of(WarmingSettings.PREFIX + "first-delay", "1s", WarmingSettings.PREFIX + "longest-delay", "10s"));
        IntervalFunction backoff = TaskRunner.backoff(settings);

        assertThat(LongStream.range(0, 200)
                        .map(i -> backoff.apply(1))
                        .distinct()
                        .count())
                .isGreaterThan(50);
        for (int i = 0; i < 200; i++) {
            assertThat(backoff.apply(1)).isBetween(500L, 1500L);
            assertThat(backoff.apply(3)).isBetween(2000L, 6000L);
            assertThat(backoff.apply(50)).isBetween(500L, 10_000L);
        }
    }
}
