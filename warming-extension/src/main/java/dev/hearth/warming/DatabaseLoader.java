package dev.hearth.warming;

import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Loads through the session factory whose cache is to be filled. */
final class DatabaseLoader implements Loader {
    /* A page is one transaction: short, so that its stamp is young when its puts arrive, and large enough that the round
     * trips to database and Redis, about six for each, are few beside its rows. */
    static final int PAGE = 500;

    /* Of a table that is cold, so many pages are read in one transaction: Redis, which takes longer over a row than they are
     * read in, is waited for at the end of each. */
    private static final int PAGES_AT_ONCE = 16;

    private final SessionFactoryImplementor factory;
    private final int page;
    private final int pagesAtOnce;

    DatabaseLoader(SessionFactory factory) {
        this(factory, PAGE, PAGES_AT_ONCE);
    }

    /**
     * @param page rows that are read by one statement at the most
     * @param pagesAtOnce how many pages of a cold table are read in one transaction
     */
    DatabaseLoader(SessionFactory factory, int page, int pagesAtOnce) {
        this.factory = factory.unwrap(SessionFactoryImplementor.class);
        this.page = page;
        this.pagesAtOnce = pagesAtOnce;
    }

    @Override
    public long estimate(WarmTarget target) {
        if (target instanceof WarmTarget.Entities entities) {
            long rows = factory.fromStatelessSession(new EntityQueries(factory, entities)::count);
            return entities.limit() > 0 ? Math.min(rows, entities.limit()) : rows;
        }
        return target instanceof WarmTarget.Learned learned
                ? learned.parts().stream()
                        .mapToLong(WarmTarget.Learned.Part::size)
                        .sum()
                : ((WarmTarget.Results) target).parameters().size();
    }

    /** @throws IllegalArgumentException if the mapping has not what the target names, or does not cache it */
    @Override
    public void load(WarmTarget target, Run run) throws InterruptedException {
        if (target instanceof WarmTarget.Entities entities) {
            EntityQueries queries = new EntityQueries(factory, entities);
            Pages pages = new Pages(factory, entities.naturalIds(), run);
            if (queries.goesOnFromIds()) {
                new KeysetLoading(queries, pages, run, page, pagesAtOnce).load();
            } else {
                new CursorLoading(factory, queries, pages, page).load();
            }
        } else if (target instanceof WarmTarget.Learned learned) {
            new LearnedLoading(factory, learned.parts(), run, page).load();
        } else {
            new ResultLoading(factory, (WarmTarget.Results) target, run).load();
        }
    }
}
