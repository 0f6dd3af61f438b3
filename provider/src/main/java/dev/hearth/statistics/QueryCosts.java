package dev.hearth.statistics;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** Counts what one query does. Safe for concurrent use; those who count wait for nobody. */
public final class QueryCosts {
    private static final long SECOND_MILLIS = 1_000;

    private final LongAdder nearHits = new LongAdder();
    private final LongAdder remoteHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder otherNanos = new LongAdder();
    private final Times database = new Times();
    private final Times hit = new Times();
    private final Map<String, Long> changesBefore;
    private volatile long lastSeenMillis;

    /** @param changesBefore how often each of its tables had changed when the query was first seen */
    QueryCosts(Map<String, Long> changesBefore) {
        this.changesBefore = changesBefore;
    }

    static Map<String, Long> changes(Collection<String> tables, ToLongFunction<String> changes) {
        Map<String, Long> before = new HashMap<>();
        (tables.isEmpty() ? List.of(TableChangeCounts.ANY) : tables)
                .forEach(table -> before.put(table, changes.applyAsLong(table)));
        return before;
    }

    /** A result was served from inside the process. */
    public void nearHit(int resultRows) {
        nearHits.increment();
        rows.add(resultRows);
    }

    /** As {@link #nearHit}, timed, and standing for those that are not. */
    public void nearHit(int resultRows, long nanos, long nowMillis) {
        nearHit(resultRows);
        hit.add(nanos, Sampling.ONE_IN);
        seen(nowMillis);
    }

    /** A result was served from Redis. */
    public void remoteHit(int resultRows, int resultBytes, long nanos, long nowMillis) {
        remoteHits.increment();
        rows.add(resultRows);
        bytes.add(resultBytes);
        hit.add(nanos);
        seen(nowMillis);
    }

    /** Nothing was found, {@code outdated} if only a result that a change of a table has made stale. */
    public void miss(boolean outdated, long nanos, long nowMillis) {
        misses.increment();
        if (outdated) {
            stale.increment();
        }
        otherNanos.add(nanos);
        seen(nowMillis);
    }

    /** What was not found has been loaded, so long after the look-up. */
    public void loaded(int resultRows, long nanos) {
        rows.add(resultRows);
        database.add(nanos);
    }

    /** A result was offered to the cache, which took the calling thread so long; {@code resultBytes} is 0 if none was sent. */
    public void put(int resultBytes, long nanos) {
        bytes.add(resultBytes);
        otherNanos.add(nanos);
    }

    /* Written once a second, so that threads do not contend for it. */
    private void seen(long nowMillis) {
        if (nowMillis - lastSeenMillis >= SECOND_MILLIS) {
            lastSeenMillis = nowMillis;
        }
    }

    QueryFigures figures(QueryLedger.Shape shape, ToLongFunction<String> changes) {
        Map<String, Long> invalidations = new HashMap<>();
        changesBefore.forEach((table, before) -> invalidations.put(table, changes.applyAsLong(table) - before));
        return new QueryFigures(
                shape.region(),
                shape.sql(),
                nearHits.sum(),
                remoteHits.sum(),
                misses.sum(),
                stale.sum(),
                rows.sum(),
                bytes.sum(),
                database.figures(),
                hit.figures(),
                invalidations,
                Benefit.of(nearHits.sum() + remoteHits.sum(), database, hit.nanos() + otherNanos.sum()),
                Instant.ofEpochMilli(lastSeenMillis));
    }
}
