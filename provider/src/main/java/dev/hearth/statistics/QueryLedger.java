package dev.hearth.statistics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each cacheable query costs and gains on this node: queries by their text, without parameters. Safe for concurrent
 * use; reading it calls nobody.
 */
public final class QueryLedger {
    /* Bounded by Caffeine's admission (TinyLFU): a query that is asked again and again, each of which costs something, keeps
     * its place against those that come once, such as texts which the application makes up as it goes. The least recently
     * used would be those that a report asks every night, and losing them to a flood of such texts would hide them. */
    private final @Nullable Cache<Shape, QueryCosts> queries;
    private final TableChangeCounts changes = new TableChangeCounts();

    /** A query in a region, whatever its parameters. */
    record Shape(String region, String sql) {}

    /** By what the most expensive queries are told. */
    public enum Order {
        /** The time that the database took, or would have taken without the cache. */
        DATABASE_TIME(Comparator.comparingLong(QueryLedger::databaseNanos)),
        /** The time that the cache took. */
        CACHE_TIME(Comparator.comparingLong(query -> query.benefit().spentNanos())),
        /** The net benefit. */
        BENEFIT(Comparator.comparingLong(query -> query.benefit().netNanos())),
        CALLS(Comparator.comparingLong(QueryFigures::calls)),
        MISSES(Comparator.comparingLong(QueryFigures::misses)),
        LAST_SEEN(Comparator.comparing(QueryFigures::lastSeen));

        private final Comparator<QueryFigures> ascending;

        Order(Comparator<QueryFigures> ascending) {
            this.ascending = ascending;
        }
    }

    /** @param maximumQueries how many queries there are figures of, about; 0 for none */
    public QueryLedger(int maximumQueries) {
        this.queries = maximumQueries == 0
                ? null
                : Caffeine.newBuilder()
                        .maximumSize(maximumQueries)
                        .executor(Runnable::run)
                        .build();
    }

    private static long databaseNanos(QueryFigures query) {
        return query.benefit().savedNanos()
                + query.database().meanNanos() * query.database().count();
    }

    // Reading

    /** The queries that come first in this order, the highest figure first. */
    public List<QueryFigures> top(int limit, Order order) {
        return figures().sorted(order.ascending.reversed()).limit(limit).toList();
    }

    /**
     * The queries that are known to cost more than they save, the greatest loss first.
     *
     * @param calls how often a query must have been looked up for its figures to mean something
     */
    public List<QueryFigures> losses(long calls) {
        Predicate<QueryFigures> isLoss =
                query -> query.calls() >= calls && query.benefit().isLoss();
        return figures().filter(isLoss).sorted(Order.BENEFIT.ascending).toList();
    }

    /** How many queries there are figures of. */
    public long size() {
        if (queries == null) {
            return 0;
        }
        queries.cleanUp();
        return queries.estimatedSize();
    }

    private Stream<QueryFigures> figures() {
        return queries == null
                ? Stream.empty()
                : queries.asMap().entrySet().stream()
                        .map(query -> query.getValue().figures(query.getKey(), changes::of));
    }

    /** Begins anew. */
    public void reset() {
        if (queries != null) {
            queries.invalidateAll();
        }
    }

    // Writing

    /** Where to count what a query does; null if it is not. */
    public @Nullable QueryCosts costs(String region, @Nullable String sql, Collection<String> tables) {
        if (queries == null || sql == null) {
            return null;
        }
        Shape shape = new Shape(region, sql);
        QueryCosts known = queries.getIfPresent(shape);
        return known != null
                ? known
                : queries.get(shape, added -> new QueryCosts(QueryCosts.changes(tables, changes::of)));
    }

    /** These tables change, by whichever node. */
    public void changed(Collection<String> tables) {
        if (queries != null) {
            changes.changed(tables);
        }
    }
}
