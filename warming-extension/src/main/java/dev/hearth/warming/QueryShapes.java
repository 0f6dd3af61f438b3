package dev.hearth.warming;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Finds out by which SQL a named query stands in the ledger of queries. For one thread. */
final class QueryShapes {
    /* The ledger and the cache know queries by their SQL, and Hibernate tells that of a named query to none but the one who
     * is about to prepare it: so it is asked to, and stopped there. No statement reaches the database. */
    private final SessionFactory factory;
    private final Map<String, Optional<String>> known = new HashMap<>();

    QueryShapes(SessionFactory factory) {
        this.factory = factory;
    }

    /** The query's digest; empty if its SQL cannot be told. */
    Optional<String> digest(String query, @Nullable String region, Map<String, Object> parameters) {
        return region == null
                ? Optional.empty()
                : known.computeIfAbsent(query, name -> Optional.ofNullable(sql(name, parameters)))
                        .map(sql -> digest(region, sql));
    }

    /** What stands for a query in the record: neither its text nor anybody's parameters. */
    static String digest(String region, String sql) {
        return TaskCatalog.digest(region + "\n" + sql);
    }

    private @Nullable String sql(String query, Map<String, Object> parameters) {
        AtomicReference<@Nullable String> told = new AtomicReference<>();
        UnaryOperator<String> stop = sql -> {
            told.compareAndSet(null, sql);
            throw Stopped.INSTANCE;
        };
        try (StatelessSession session =
                factory.withStatelessOptions().statementInspector(stop).openStatelessSession()) {
            SelectionQuery<?> asked =
                    session.createNamedSelectionQuery(query, Object.class).setCacheable(false);
            parameters.forEach(asked::setParameter);
            asked.getResultList();
        } catch (RuntimeException e) {
            // Ours, in whatever Hibernate wraps it in; or the query cannot be run so, and has no SQL then.
        }
        String sql = told.get();
        return sql == null ? null : sql.replaceFirst("^/\\*.*?\\*/ ", "");
    }

    private static final class Stopped extends RuntimeException {
        static final Stopped INSTANCE = new Stopped();
        private static final long serialVersionUID = 1L;

        private Stopped() {
            super("The statement was wanted, not its result", null, false, false);
        }
    }
}
