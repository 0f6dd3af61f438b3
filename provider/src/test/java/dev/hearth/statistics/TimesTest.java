package dev.hearth.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

final class TimesTest {
    private static final int WRITERS = 4;
    private static final int HISTOGRAMS = 300;
    private static final int WRITES = 300;

    @Test
    void areWithinATenth() {
        Times times = new Times();
        for (int i = 1; i <= 1000; i++) {
            times.add(i * 1_000_000L);
        }

        TimeFigures figures = times.figures();
        assertThat(figures.count()).isEqualTo(1000);
        assertThat(figures.meanNanos()).isEqualTo(500_500_000);
        assertThat(figures.p99Nanos()).isCloseTo(990_000_000L, within(99_000_000L));
    }

    /** A histogram that grows as values come would have to be locked, and one was seen to keep its writers for ever. */
    @Test
    void keepNoWriterWaiting() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            try {
                for (int i = 0; i < HISTOGRAMS; i++) {
                    writeTogether(new Times(), threads);
                }
            } finally {
                threads.shutdownNow();
            }
        });
    }

    private static void writeTogether(Times times, ExecutorService threads) throws Exception {
        List<Future<?>> writing = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            writing.add(threads.submit(() -> {
                for (int i = 0; i < WRITES; i++) {
                    times.add(1L << ThreadLocalRandom.current().nextInt(10, 35));
                }
            }));
        }
        for (Future<?> writer : writing) {
            writer.get();
        }
        assertThat(times.figures().count()).isEqualTo(WRITERS * WRITES);
    }
}
