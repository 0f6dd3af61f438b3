package dev.hearth.boot.actuate;

import dev.hearth.HearthRegionFactory;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.QueryFigures;
import dev.hearth.statistics.QueryLedger;
import java.util.Collection;
import java.util.List;

/** Adds up what caching gains. */
final class Benefits {
    private Benefits() {}

    static List<Benefit> ofQueries(HearthRegionFactory cache) {
        return cache.queries().top(Integer.MAX_VALUE, QueryLedger.Order.CALLS).stream()
                .map(QueryFigures::benefit)
                .toList();
    }

    /* Without a load there is nothing to compare with. */
    static long net(Collection<Benefit> benefits) {
        return benefits.stream()
                .filter(benefit -> benefit.loads() > 0)
                .mapToLong(Benefit::netNanos)
                .sum();
    }
}
