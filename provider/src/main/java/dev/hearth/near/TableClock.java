package dev.hearth.near;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What this node has heard of changes of tables: a count for each, with which a query's result is kept, and which has moved
 * when the result is not valid any more. Safe for concurrent use.
 */
final class TableClock {
    /* Tables share counters, which makes a result invalid without need now and then, and never valid. */
    private static final int COUNTERS = 4096;

    /** Stands, in every message of tables, for results that may depend on any table. */
    static final String ANY = "*";

    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
    private final AtomicLong all = new AtomicLong();

    void changed(String table) {
        if (table.equals(Notice.ALL)) {
            all.incrementAndGet();
        } else {
            counters.incrementAndGet(slot(table));
        }
    }

    /** A number that moves with every change of one of these tables, no names meaning any table. */
    long of(Collection<String> tables) {
        long sum = all.get();
        if (tables.isEmpty()) {
            return sum + counters.get(slot(ANY));
        }
        for (String table : tables) {
            sum += counters.get(slot(table));
        }
        return sum;
    }

    private static int slot(String table) {
        int hash = table.hashCode();
        return (hash ^ hash >>> 16) & COUNTERS - 1;
    }
}
