package dev.hearth.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/**
 * Counts the SQL statements that Hibernate prepares, in total and by thread; given to a session factory as
 * {@code hibernate.session_factory.statement_inspector}. Safe for concurrent use.
 */
public final class SqlCounter implements StatementInspector {
    private static final int KEPT = 100;
    private static final long serialVersionUID = 1;

    private final AtomicLong total = new AtomicLong();
    private final transient ThreadLocal<Long> ofThread = ThreadLocal.withInitial(() -> 0L);
    private final transient Deque<String> last = new ArrayDeque<>();

    @Override
    public String inspect(String sql) {
        total.incrementAndGet();
        ofThread.set(ofThread.get() + 1);
        synchronized (last) {
            if (last.size() == KEPT) {
                last.removeFirst();
            }
            last.addLast(sql);
        }
        return sql;
    }

    /** Statements of all threads since the start or the last {@link #reset()}. */
    public long total() {
        return total.get();
    }

    /** Statements of the calling thread, ever. */
    public long ofThisThread() {
        return ofThread.get();
    }

    /** The last 100 statements, oldest first. */
    public List<String> statements() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /** Starts the total and the list of statements anew; what a thread counted for itself stays. */
    public void reset() {
        total.set(0);
        synchronized (last) {
            last.clear();
        }
    }

    /** How many statements the calling thread needs for an action. */
    public long during(Action action) throws Exception {
        long before = ofThisThread();
        action.run();
        return ofThisThread() - before;
    }
}
