package dev.hearth.warming;

import dev.hearth.BulkLoad;
import dev.hearth.CacheUnavailableException;
import dev.hearth.statistics.PutCounts;
import dev.hearth.statistics.PutRefusal;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.jspecify.annotations.Nullable;

/** Runs one page after another, each in a transaction of its own, again where something kept its entries from the cache. */
final class Pages {
    /* A page is refused for a moment where a region has just begun, or somebody is changing one of its rows or a
     * neighbour on their fence. A second look costs little, as what has been stored is skipped. */
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 20;

    /** What a page does within its transaction. */
    @FunctionalInterface
    interface Page {
        Read read(BulkLoad load);
    }

    /**
     * What a page has read.
     *
     * @param rows that came from the database
     * @param present entries that were there already
     * @param more whether there may be another page behind it
     * @param checkpoint as {@link Run#afterPage} wants it
     */
    record Read(
            long rows, long present, boolean more, @Nullable String checkpoint) {}

    /** A page that is done, and what became of the puts of its last attempt. */
    record Done(Read read, PutCounts counts) {}

    private final SessionFactory factory;
    private final boolean naturalIds;
    private final Run run;

    Pages(SessionFactory factory, boolean naturalIds, Run run) {
        this.factory = factory;
        this.naturalIds = naturalIds;
        this.run = run;
    }

    /**
     * Asks the run, reads the page, waits for its puts and tells the run of them.
     *
     * @param rows how many the page will have at the most
     * @throws CacheUnavailableException if Redis fails again and again, although the run goes on
     * @throws InterruptedException before the next attempt, or the next page, of a thread that was interrupted
     */
    Done next(int rows, Page page) throws InterruptedException {
        long allRows = 0;
        long stored = 0;
        long present = 0;
        for (int attempt = 1; ; attempt++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            run.beforePage(rows);
            try (BulkLoad load = BulkLoad.begin(factory, naturalIds)) {
                Read read = inTransaction(load, page);
                PutCounts counts = load.flush();
                allRows += read.rows;
                // What is there in a second attempt may be what the first one has stored.
                present = Math.max(present, read.present - stored);
                stored += counts.stored();
                if (attempt == ATTEMPTS || !mayPassLater(counts)) {
                    run.afterPage(allRows, stored, present + counts.refusals(), read.checkpoint);
                    return new Done(read, counts);
                }
            } catch (CacheUnavailableException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE_MILLIS * attempt);
        }
    }

    private static boolean mayPassLater(PutCounts counts) {
        return counts.refusals()
                > counts.refused(PutRefusal.PRESENT)
                        + counts.refused(PutRefusal.TOO_LARGE)
                        + counts.refused(PutRefusal.NOT_ENCODABLE)
                        + counts.refused(PutRefusal.JOINED_TRANSACTION);
    }

    private static Read inTransaction(BulkLoad load, Page page) {
        Transaction transaction = load.session().beginTransaction();
        try {
            Read read = page.read(load);
            transaction.commit();
            return read;
        } catch (RuntimeException e) {
            rollBack(transaction, e);
            throw e;
        }
    }

    private static void rollBack(Transaction transaction, RuntimeException cause) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
