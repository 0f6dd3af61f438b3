package dev.hearth.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counters lose nothing, whoever moves and resets them. */
final class CountersTest {
    private final RegionStatistics statistics = new RegionStatistics();

    @ParameterizedTest
    @EnumSource
    void anEventMovesItsOwnCounterAlone(RegionEvent event) {
        statistics.count(event);

        for (RegionEvent other : RegionEvent.values()) {
            assertThat(statistics.get(other)).as(other.name()).isEqualTo(other == event ? 1 : 0);
        }
        assertThat(statistics.misses()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aMissMovesItsOwnReasonAlone(MissReason reason) {
        statistics.miss(reason);

        for (MissReason other : MissReason.values()) {
            assertThat(statistics.misses(other)).as(other.name()).isEqualTo(other == reason ? 1 : 0);
        }
        assertThat(statistics.misses()).isEqualTo(1);
        assertThat(statistics.hits()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalMovesItsOwnReasonAlone(PutRefusal reason) {
        statistics.refused(reason);

        for (PutRefusal other : PutRefusal.values()) {
            assertThat(statistics.refusals(other)).as(other.name()).isEqualTo(other == reason ? 1 : 0);
        }
        assertThat(statistics.puts()).isZero();
    }

    @Test
    void aResetBeginsEverythingAnewAndLeavesTheTotals() {
        statistics.miss(MissReason.ABSENT);
        statistics.refused(PutRefusal.FENCED);
        statistics.lock(true);
        statistics.getTimes().record(1);
        statistics.reset();
        statistics.miss(MissReason.ABSENT);

        assertThat(statistics.misses()).isEqualTo(1);
        assertThat(statistics.total(MissReason.ABSENT)).isEqualTo(2);
        assertThat(statistics.refusals(PutRefusal.FENCED)).isZero();
        assertThat(statistics.total(PutRefusal.FENCED)).isEqualTo(1);
        assertThat(statistics.locks()).isZero();
        assertThat(statistics.concurrentLocks()).isZero();
        assertThat(statistics.total(RegionEvent.CONCURRENT_LOCK)).isEqualTo(1);
        assertThat(statistics.getTimes().snapshot().count()).isZero();
    }

    @Test
    void whatIsCountedDuringResetsIsCountedOnceAndNeverBelowZero() throws InterruptedException {
        int threads = 4;
        int each = 200_000;
        CountDownLatch begun = new CountDownLatch(threads);
        Thread[] movers = IntStream.range(0, threads)
                .mapToObj(i -> new Thread(() -> {
                    begun.countDown();
                    for (int n = 0; n < each; n++) {
                        statistics.put();
                    }
                }))
                .toArray(Thread[]::new);
        Arrays.stream(movers).forEach(Thread::start);
        begun.await();
        while (Arrays.stream(movers).anyMatch(Thread::isAlive)) {
            statistics.reset();
            assertThat(statistics.puts()).isNotNegative();
        }
        for (Thread mover : movers) {
            mover.join();
        }

        assertThat(statistics.total(RegionEvent.PUT)).isEqualTo((long) threads * each);
    }
}
