package dev.hearth.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.QueryLedger.Order;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What the ledger makes of what it is told. */
final class QueryLedgerTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NOW = 1_800_000_000_000L;

    private final QueryLedger ledger = new QueryLedger(100);

    @Test
    void theBenefitIsTheTimeOfTheDatabaseForAllHitsMinusThatOfTheCache() {
        QueryCosts costs = query("a");
        costs.miss(false, MILLI, NOW);
        costs.loaded(1, 10 * MILLI);
        costs.put(100, 2 * MILLI);
        costs.remoteHit(1, 100, 3 * MILLI, NOW);
        costs.remoteHit(1, 100, 5 * MILLI, NOW);

        Benefit benefit = only().benefit();

        assertThat(benefit).isEqualTo(new Benefit(2, 1, 20 * MILLI, 11 * MILLI));
        assertThat(benefit.netNanos()).isEqualTo(9 * MILLI);
        assertThat(benefit.isLoss()).isFalse();
    }

    @Test
    void oneTimedNearHitStandsForManyOthers() {
        QueryCosts costs = query("a");
        costs.loaded(1, MILLI);
        for (int i = 1; i < Sampling.ONE_IN; i++) {
            costs.nearHit(1);
        }
        costs.nearHit(1, 1_000, NOW);

        assertThat(only().benefit())
                .isEqualTo(new Benefit(Sampling.ONE_IN, 1, Sampling.ONE_IN * MILLI, Sampling.ONE_IN * 1_000));
        assertThat(only().hit().meanNanos()).isEqualTo(1_000);
    }

    @Test
    void lossesAreNamedOnceTheyMeanSomethingTheGreatestFirst() {
        loss("small", 10, 1);
        loss("great", 10, 2);
        loss("rare", 9, 3);
        QueryCosts gain = query("gain");
        gain.loaded(1, 100 * MILLI);
        for (int i = 0; i < 10; i++) {
            gain.remoteHit(1, 1, MILLI, NOW);
        }

        assertThat(ledger.losses(10)).extracting(QueryFigures::sql).containsExactly("great", "small");
    }

    @Test
    void whatThisNodeHasNeverLoadedIsNoLoss() {
        QueryCosts costs = query("a");
        costs.remoteHit(1, 1, MILLI, NOW);

        assertThat(only().benefit().netNanos()).isNegative();
        assertThat(ledger.losses(0)).isEmpty();
    }

    @Test
    void theNinetyNinthPercentileIsThatOfTheLibrarysOwnHistogram() {
        QueryCosts costs = query("a");
        Histogram expected = new Histogram(1, TimeUnit.MINUTES.toMicros(1), 2);
        for (int micros = 10; micros <= 1_000; micros++) {
            costs.loaded(1, TimeUnit.MICROSECONDS.toNanos(micros));
            expected.recordValue(micros);
        }

        assertThat(only().database().p99Nanos())
                .isEqualTo(TimeUnit.MICROSECONDS.toNanos(expected.getValueAtPercentile(99)));
        assertThat(only().database().count()).isEqualTo(991);
    }

    @Test
    void timesBeyondTheLongestAndBackwardsAreKeptWithinBounds() {
        QueryCosts costs = query("a");
        costs.loaded(1, TimeUnit.HOURS.toNanos(2));
        costs.loaded(1, -5);

        assertThat(only().database().count()).isEqualTo(2);
        assertThat(only().database().p99Nanos()).isBetween(TimeUnit.SECONDS.toNanos(59), TimeUnit.SECONDS.toNanos(61));
    }

    @Test
    void changesOfItsTablesAreInvalidationsFromThenOn() {
        ledger.changed(List.of("T1", "T2", "*"));
        Objects.requireNonNull(ledger.costs("r", "two", List.of("T1", "T2")));
        Objects.requireNonNull(ledger.costs("r", "any", List.of()));
        ledger.changed(List.of("T1", "*"));
        ledger.changed(List.of("T3", "*"));

        assertThat(named("two").invalidations()).containsOnly(entry("T1", 1), entry("T2", 0));
        assertThat(named("any").invalidations()).containsOnly(entry("*", 2));
    }

    @Test
    void queriesAreToldApartByRegionAndOrdered() {
        Objects.requireNonNull(ledger.costs("one", "a", List.of())).miss(false, 1, NOW);
        QueryCosts other = Objects.requireNonNull(ledger.costs("two", "a", List.of()));
        other.remoteHit(1, 1, 1, NOW + 1);
        other.remoteHit(1, 1, 1, NOW + 2);

        assertThat(ledger.top(10, Order.CALLS)).extracting(QueryFigures::region).containsExactly("two", "one");
        assertThat(ledger.top(1, Order.MISSES)).extracting(QueryFigures::region).containsExactly("one");
    }

    @Test
    void whatIsAskedOftenKeepsItsPlaceAgainstManyThatComeOnce() {
        QueryLedger small = new QueryLedger(20);
        for (int i = 0; i < 2_000; i++) {
            Objects.requireNonNull(small.costs("r", "once " + i, List.of())).nearHit(1);
            Objects.requireNonNull(small.costs("r", "often", List.of())).nearHit(1);
        }

        assertThat(small.size()).isBetween(1L, 20L);
        assertThat(small.top(1, Order.CALLS))
                .singleElement()
                .satisfies(query -> assertThat(query.sql()).isEqualTo("often"))
                .satisfies(query -> assertThat(query.calls()).isEqualTo(2_000));
    }

    @Test
    void fiveHundredQueriesTakeSomeMegabytes() {
        QueryLedger full = new QueryLedger(500);
        long before = used();
        for (int query = 0; query < 500; query++) {
            QueryCosts costs = Objects.requireNonNull(full.costs("r", "query " + query, List.of("T")));
            for (int i = 0; i < 1_000; i++) {
                costs.loaded(1, MILLI / 2 + (long) i * i * 20);
                costs.remoteHit(1, 1, MILLI / 10 + (long) i * i, NOW);
            }
        }

        assertThat(used() - before).isLessThan(8L << 20);
        assertThat(full.size()).isEqualTo(500);
    }

    @Test
    void resetBeginsAnew() {
        query("a").miss(false, 1, NOW);

        ledger.reset();

        assertThat(ledger.top(10, Order.CALLS)).isEmpty();
    }

    @Test
    void ofNoneNothingIsKept() {
        QueryLedger none = new QueryLedger(0);

        assertThat(none.costs("r", "a", List.of())).isNull();
        assertThat(none.top(10, Order.CALLS)).isEmpty();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void loss(String name, int calls, int millis) {
        QueryCosts costs = query(name);
        for (int i = 0; i < calls; i++) {
            costs.miss(true, millis * MILLI, NOW);
            costs.loaded(1, MILLI);
        }
    }

    private static java.util.Map.Entry<String, Long> entry(String table, long count) {
        return java.util.Map.entry(table, count);
    }

    private QueryCosts query(String sql) {
        return Objects.requireNonNull(ledger.costs("r", sql, List.of("T")));
    }

    private QueryFigures named(String sql) {
        return ledger.top(100, Order.CALLS).stream()
                .filter(query -> query.sql().equals(sql))
                .findFirst()
                .orElseThrow();
    }

    private QueryFigures only() {
        assertThat(ledger.size()).isEqualTo(1);
        return ledger.top(1, Order.CALLS).get(0);
    }
}
