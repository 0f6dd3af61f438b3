package dev.hearth.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Times are told to two significant digits, over the range that they can have. */
final class LatencyTest {
    private static final Percentage TWO_DIGITS = Percentage.withPercentage(1);

    private final Latency latency = new Latency();

    @Test
    void nothingRecordedReadsAsNothing() {
        assertThat(latency.snapshot()).isEqualTo(new LatencySnapshot(0, 0, 0, 0, 0));
    }

    @Test
    void aThousandTimesHaveTheirMeanAndPercentiles() {
        IntStream.rangeClosed(1, 1000).forEach(millis -> latency.record(millis * 1_000_000L));

        LatencySnapshot snapshot = latency.snapshot();
        assertThat(snapshot.count()).isEqualTo(1000);
        assertThat(snapshot.mean()).isCloseTo(500_500_000L, TWO_DIGITS);
        assertThat(snapshot.p50()).isCloseTo(500_000_000L, TWO_DIGITS);
        assertThat(snapshot.p99()).isCloseTo(990_000_000L, TWO_DIGITS);
        assertThat(snapshot.max()).isCloseTo(1_000_000_000L, TWO_DIGITS);
    }

    @Test
    void whatIsBeyondTheRangeIsRecordedAsItsEnd() {
        latency.record(Duration.ofHours(1).toNanos());
        latency.record(-5);

        assertThat(latency.snapshot().count()).isEqualTo(2);
        assertThat(latency.snapshot().max()).isCloseTo(Duration.ofMinutes(1).toNanos(), TWO_DIGITS);
        assertThat(latency.totalNanos()).isCloseTo(Duration.ofMinutes(1).toNanos(), within(0L));
    }

    @Test
    void itCanBeReadWhileItIsWrittenTo() throws InterruptedException {
        Thread writer = new Thread(() -> IntStream.range(0, 500_000).forEach(i -> latency.record(1_000_000L + i)));
        writer.start();
        while (writer.isAlive()) {
            LatencySnapshot snapshot = latency.snapshot();
            if (snapshot.count() > 0) {
                assertThat(snapshot.mean()).isBetween(1_000_000L, 1_600_000L);
                assertThat(snapshot.p99()).isBetween(1_000_000L, 1_600_000L);
            }
        }
        writer.join();

        assertThat(latency.snapshot().count()).isEqualTo(500_000);
    }

    @Test
    void aResetBeginsAnewAndLeavesTheTotals() {
        latency.record(1_000_000);
        latency.reset();
        latency.record(3_000_000);

        assertThat(latency.snapshot().count()).isEqualTo(1);
        assertThat(latency.snapshot().p50()).isCloseTo(3_000_000L, TWO_DIGITS);
        assertThat(latency.totalCount()).isEqualTo(2);
        assertThat(latency.totalNanos()).isEqualTo(4_000_000);
    }
}
