package dev.hearth.statistics;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often this node has heard that tables change, by whichever node. Safe for concurrent use. */
final class TableChangeCounts {
    /** As the protocol has it, every change tells of its tables and of any table. */
    static final String ANY = "*";

    /* A mapping has far fewer, and what a native statement names may be anything. */
    private static final int MAXIMUM_TABLES = 10_000;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void changed(Collection<String> tables) {
        for (String table : tables) {
            LongAdder count = counts.get(table);
            if (count == null && counts.size() < MAXIMUM_TABLES) {
                count = counts.computeIfAbsent(table, added -> new LongAdder());
            }
            if (count != null) {
                count.increment();
            }
        }
    }

    long of(String table) {
        LongAdder count = counts.get(table);
        return count == null ? 0 : count.sum();
    }
}
