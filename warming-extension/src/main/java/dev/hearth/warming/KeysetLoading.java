package dev.hearth.warming;

import dev.hearth.BulkLoad;
import dev.hearth.statistics.PutRefusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads entities in the order of their ids, page by page, each from behind the last id of the one before. */
final class KeysetLoading {
    /* Usually the ids come first, and the rows of those that Redis does not have: a region outlives deployments. Behind a page
     * of which nothing was there, the rows are read at once, until Redis says that it has one of them: several pages in one
     * transaction, so that Redis takes one while the database and Hibernate are at the next. */
    private final EntityQueries queries;
    private final EntityPage entities;
    private final Pages pages;
    private final int page;
    private final int pagesAtOnce;
    private final long limit;
    private @Nullable Object last;
    private long seen;
    private boolean cold;

    /** Where the page ends that was read last, perhaps more than once. */
    private @Nullable Checkpoint next;

    KeysetLoading(EntityQueries queries, Pages pages, Run run, int page, int pagesAtOnce) {
        this.queries = queries;
        this.entities = new EntityPage(queries);
        this.pages = pages;
        this.page = page;
        this.pagesAtOnce = pagesAtOnce;
        this.limit = queries.target().limit() > 0 ? queries.target().limit() : Long.MAX_VALUE;
        Checkpoint checkpoint = Checkpoint.read(run.checkpoint(), queries.idClass());
        this.last = checkpoint == null ? null : checkpoint.id();
        this.seen = checkpoint == null ? 0 : checkpoint.seen();
    }

    void load() throws InterruptedException {
        boolean more = seen < limit;
        while (more) {
            int rows = (int) Math.min(cold ? (long) page * pagesAtOnce : page, limit - seen);
            boolean atOnce = cold;
            Pages.Done done = pages.next(rows, load -> read(load, rows));
            more = done.read().more();
            cold = queries.collections().isEmpty()
                    && done.read().present() == 0
                    && (!atOnce || done.counts().refused(PutRefusal.PRESENT) == 0);
            if (next != null) {
                last = next.id();
                seen = next.seen();
            }
        }
    }

    private Pages.Read read(BulkLoad load, int rows) {
        boolean atOnce = cold;
        // A second attempt is for a few entries of the page.
        cold = false;
        List<Object> ids = atOnce ? readAtOnce(load, rows) : queries.ids(load.session(), last, rows);
        if (ids.isEmpty()) {
            return new Pages.Read(0, 0, false, last == null ? null : new Checkpoint(seen, last).text());
        }
        Object upTo = ids.get(ids.size() - 1);
        Checkpoint end = next = new Checkpoint(seen + ids.size(), upTo);
        boolean more = ids.size() == rows && end.seen() < limit;
        return atOnce
                ? new Pages.Read(ids.size(), 0, more, end.text())
                : entities.read(load, ids, () -> queries.readRange(load.session(), last, upTo), more, end.text());
    }

    private List<Object> readAtOnce(BulkLoad load, int rows) {
        List<Object> ids = new ArrayList<>(rows);
        Object from = last;
        do {
            int asked = Math.min(page, rows - ids.size());
            List<Object> some = queries.readAfter(load.session(), from, asked);
            ids.addAll(some);
            if (some.size() < asked) {
                break;
            }
            from = some.get(asked - 1);
        } while (ids.size() < rows);
        return ids;
    }
}
