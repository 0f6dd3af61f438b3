package dev.hearth.jmx;

import dev.hearth.statistics.QueryFigures;
import dev.hearth.statistics.QueryLedger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A node's query ledger as an operator sees it. */
final class QueryLedgerBean implements QueryLedgerMXBean {
    private static final int EXPENSIVE = 20;
    /** So few look-ups say nothing yet. */
    private static final int TELLING_CALLS = 100;

    private final QueryLedger ledger;

    QueryLedgerBean(QueryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public long getSize() {
        return ledger.size();
    }

    @Override
    public List<QueryReading> getMostExpensive() {
        return readings(ledger.top(EXPENSIVE, QueryLedger.Order.DATABASE_TIME));
    }

    @Override
    public List<QueryReading> getLosses() {
        return readings(ledger.losses(TELLING_CALLS));
    }

    @Override
    public List<QueryReading> top(int limit, String order) {
        if (limit < 0) {
            throw new IllegalArgumentException("The limit must be 0 or more, but was " + limit);
        }
        return readings(ledger.top(limit, order(order)));
    }

    private static QueryLedger.Order order(String name) {
        return Arrays.stream(QueryLedger.Order.values())
                .filter(order -> order.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no order '" + name + "', but " + Arrays.toString(QueryLedger.Order.values())));
    }

    private static List<QueryReading> readings(List<QueryFigures> figures) {
        return figures.stream().map(QueryLedgerBean::reading).toList();
    }

    private static QueryReading reading(QueryFigures query) {
        return new QueryReading(
                query.region(),
                query.sql(),
                Map.of(
                        "nearHits", query.nearHits(),
                        "remoteHits", query.remoteHits(),
                        "misses", query.misses(),
                        "stale", query.stale(),
                        "rows", query.rows(),
                        "bytes", query.bytes()),
                Map.of(
                        "databaseMean", query.database().meanNanos(),
                        "databaseP99", query.database().p99Nanos(),
                        "hitMean", query.hit().meanNanos(),
                        "hitP99", query.hit().p99Nanos(),
                        "saved", query.benefit().savedNanos(),
                        "spent", query.benefit().spentNanos()),
                query.invalidations(),
                query.benefit().netNanos());
    }

    @Override
    public void reset() {
        ledger.reset();
    }
}
