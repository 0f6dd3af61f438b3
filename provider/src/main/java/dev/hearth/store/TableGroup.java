package dev.hearth.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A set of tables that some queries read, and whether it is worth asking for results over them. Safe for concurrent use.
 */
final class TableGroup {
    /* While a table changes all the time, every answer is that there is no valid result, and that a new one would not be
     * valid either. After a few such answers in a row nobody asks for a moment: a miss is always right, and costs the
     * database's writers nothing. */
    private static final int PATIENCE = 8;
    private static final long REST = Duration.ofMillis(100).toNanos();

    private final String id;
    private final String names;
    private final AtomicInteger inVain = new AtomicInteger();
    private volatile long restsUntil;

    /** @param names the tables in order, a line each */
    TableGroup(String id, String names) {
        this.id = id;
        this.names = names;
    }

    /** The name that all nodes give to this set. */
    String id() {
        return id;
    }

    String names() {
        return names;
    }

    /** Whether not to ask now. */
    boolean rests(long nanoTime) {
        return inVain.get() >= PATIENCE && nanoTime - restsUntil < 0;
    }

    /** Somebody has asked; {@code hopeless} if nothing that was there, or could be stored by anybody instead, is valid. */
    void asked(boolean hopeless, long nanoTime) {
        if (!hopeless) {
            inVain.set(0);
        } else if (inVain.incrementAndGet() >= PATIENCE) {
            restsUntil = nanoTime + REST;
        }
    }
}
