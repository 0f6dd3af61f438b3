package dev.hearth.hibernate;

import dev.hearth.config.NativeStatements;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.HibernateException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AutoFlushEvent;
import org.hibernate.event.spi.AutoFlushEventListener;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds native statements that name no tables: Hibernate then locks and clears every region and makes all query results
 * stale, which costs far more than it looks like. Says where they are and how to mend them. Safe for concurrent sessions.
 */
final class NativeStatementGuard {
    /* No call of Hibernate's says all of it. An automatic flush comes first and knows the tables, or that there are none;
     * then regions are cleared, on the stack of the statement's execution; then the statement is prepared, which tells its
     * text. A stateless session flushes nothing, so its statements are not found. */
    private static final Logger log = LoggerFactory.getLogger(NativeStatementGuard.class);

    private static final String NATIVE_PLAN = "org.hibernate.query.sql.internal.NativeNonSelectQueryPlanImpl";
    private static final int MAXIMUM_PLACES = 1_000;
    private static final int MAXIMUM_STATEMENT = 500;
    private static final ThreadLocal<@Nullable Pending> PENDING = new ThreadLocal<>();

    private record Pending(NativeStatementGuard guard, String place) {}

    private final NativeStatements mode;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    NativeStatementGuard(NativeStatements mode) {
        this.mode = mode;
    }

    /** Where such statements were found, unless they are allowed. */
    Set<String> places() {
        return Set.copyOf(reported);
    }

    /** A bulk statement clears a region for the session. */
    void clears(SharedSessionContractImplementor session, TransactionContext context) {
        if (mode == NativeStatements.ALLOW || !context.takeUnspecificFlush()) {
            return;
        }
        // What is left from a statement that was never prepared is not this one's place.
        PENDING.remove();
        String place = CallSite.ofStatement(NATIVE_PLAN);
        if (place == null || (mode == NativeStatements.WARN && reported.contains(place))) {
            return;
        }
        if (session.getJdbcSessionContext().getStatementInspector() instanceof Inspector) {
            PENDING.set(new Pending(this, place));
        } else {
            report(place, "(its text is not known, as the application has a statement inspector)");
        }
    }

    private void report(String place, String statement) {
        String complaint = "[" + place + "] a native statement that names no tables makes Hibernate clear every cached"
                + " region and all query results: "
                + (statement.length() > MAXIMUM_STATEMENT ? statement.substring(0, MAXIMUM_STATEMENT) + "…" : statement)
                + ". Name what it changes with addSynchronizedEntityClass or addSynchronizedQuerySpace";
        if (mode == NativeStatements.FAIL) {
            throw new HibernateException(complaint + " (hibernate.cache.hearth.native-statements is 'fail')");
        }
        if (reported.size() < MAXIMUM_PLACES && reported.add(place)) {
            log.warn(complaint);
        }
    }

    /** Hears which tables a statement is about to read or change. */
    static final class Flushes implements AutoFlushEventListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void onAutoFlush(AutoFlushEvent event) {
            Set<String> tables = event.getQuerySpaces();
            TransactionContext.of(event.getSession()).flushes(tables == null || tables.isEmpty());
        }
    }

    /** Hears the text of the statement, and changes none. */
    static final class Inspector implements StatementInspector {
        private static final long serialVersionUID = 1L;

        @Override
        public String inspect(String sql) {
            Pending pending = PENDING.get();
            if (pending != null) {
                PENDING.remove();
                pending.guard.report(pending.place, sql);
            }
            return sql;
        }
    }
}
