package dev.hearth.statistics;

import java.util.concurrent.atomic.LongAdder;

/** What look-ups and puts of one region's entries cost, and what the database takes for them. Safe for concurrent use. */
public final class RegionCosts {
    private final Times database = new Times();
    private final LongAdder cacheNanos = new LongAdder();

    /** A look-up has taken so long, and stands for so many. */
    public void lookedUp(long nanos, int of) {
        cacheNanos.add(nanos * of);
    }

    /** A put has taken the calling thread so long. */
    public void put(long nanos) {
        cacheNanos.add(nanos);
    }

    /** What was not found has been loaded, so long after the look-up. */
    public void loaded(long nanos) {
        database.add(nanos);
    }

    /** How long loads from the database took. */
    public TimeFigures database() {
        return database.figures();
    }

    /** What the region gains, given what it has served. */
    public Benefit benefit(long hits) {
        return Benefit.of(hits, database, cacheNanos.sum());
    }
}
