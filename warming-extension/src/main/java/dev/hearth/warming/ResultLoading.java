package dev.hearth.warming;

import dev.hearth.BulkLoad;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.SessionEventListener;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Runs a cacheable query with one set of parameters after another; a result that is valid in the cache is left there. */
final class ResultLoading {
    private final WarmTarget.Results target;
    private final Pages pages;
    private final Run run;

    ResultLoading(SessionFactory factory, WarmTarget.Results target, Run run) {
        this.target = target;
        this.pages = new Pages(factory, true, run);
        this.run = run;
    }

    void load() throws InterruptedException {
        for (int i = begin(run.checkpoint()); i < target.parameters().size(); i++) {
            load(target.parameters().get(i), String.valueOf(i + 1));
        }
    }

    /** Loads one of them. */
    void load(Map<String, Object> parameters, String checkpoint) throws InterruptedException {
        pages.next(1, load -> read(load, parameters, checkpoint));
    }

    private static int begin(@Nullable String checkpoint) {
        try {
            return checkpoint == null ? 0 : Math.max(0, Integer.parseInt(checkpoint));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Pages.Read read(BulkLoad load, Map<String, Object> parameters, String checkpoint) {
        AtomicInteger statements = new AtomicInteger();
        SelectionQuery<?> query = query(load.session());
        parameters.forEach(query::setParameter);
        ((SharedSessionContractImplementor) load.session())
                .getEventListenerManager()
                .addListener(new Statements(statements));
        int rows = query.getResultList().size();
        boolean cached = statements.get() == 0;
        return new Pages.Read(cached ? 0 : rows, cached ? 1 : 0, true, checkpoint);
    }

    private SelectionQuery<?> query(StatelessSession session) {
        SelectionQuery<?> query = session.createNamedSelectionQuery(target.query(), Object.class);
        if (!query.isCacheable()) {
            throw new IllegalArgumentException(
                    "The query '" + target.query() + "' cannot be warmed: it is not cacheable");
        }
        return query;
    }

    /** @param count of the statements that the session has prepared */
    private record Statements(AtomicInteger count) implements SessionEventListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void jdbcPrepareStatementStart() {
            count.incrementAndGet();
        }
    }
}
