package dev.hearth.warming;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.CacheMode;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;

/** Loads entities in another order than that of their ids, or whose ids have none. */
final class CursorLoading {
    /* One transaction reads the ids and is open for as long as the run takes, on a connection of its own; it publishes
     * nothing. The entities are read in others, which are short. Nothing tells where to go on, but what a run before has
     * stored is skipped by its ids. */
    private final SessionFactory factory;
    private final EntityQueries queries;
    private final EntityPage entities;
    private final Pages pages;
    private final int page;

    CursorLoading(SessionFactory factory, EntityQueries queries, Pages pages, int page) {
        this.factory = factory;
        this.queries = queries;
        this.entities = new EntityPage(queries);
        this.pages = pages;
        this.page = page;
    }

    void load() throws InterruptedException {
        try (StatelessSession session = factory.openStatelessSession()) {
            session.setCacheMode(CacheMode.IGNORE);
            Transaction transaction = session.beginTransaction();
            try {
                load(session);
            } finally {
                transaction.rollback();
            }
        }
    }

    private void load(StatelessSession session) throws InterruptedException {
        try (ScrollableResults<Object> all =
                queries.idsInOrder(session).setFetchSize(page).scroll(ScrollMode.FORWARD_ONLY)) {
            List<Object> ids = new ArrayList<>(page);
            while (all.next()) {
                ids.add(all.get());
                if (ids.size() == page) {
                    next(ids);
                    ids.clear();
                }
            }
            if (!ids.isEmpty()) {
                next(ids);
            }
        }
    }

    private void next(List<Object> ids) throws InterruptedException {
        pages.next(ids.size(), load -> entities.read(load, ids, null, true, null));
    }
}
