package dev.hearth.jmx;

import java.util.List;

/**
 * What each cacheable query costs and gains on this node, whatever its parameters; of about as many queries as
 * {@code statistics.queries} says. {@code dev.hearth:type=QueryLedger,node=…}
 */
public interface QueryLedgerMXBean {
    /** How many queries there are figures of. */
    long getSize();

    /** The twenty on which the database spends, or would spend, most time, the first first. */
    List<QueryReading> getMostExpensive();

    /** Those that are known to cost more time than they save, the worst first. */
    List<QueryReading> getLosses();

    /**
     * The first of all.
     *
     * @param limit how many at the most
     * @param order by what they are told: {@code DATABASE_TIME}, {@code CACHE_TIME}, {@code BENEFIT}, {@code CALLS},
     *     {@code MISSES} or {@code LAST_SEEN}
     * @throws IllegalArgumentException if the order is none of these, or the limit negative
     */
    List<QueryReading> top(int limit, String order);

    /** All figures begin anew. */
    void reset();
}
