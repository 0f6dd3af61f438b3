package dev.hearth.warming;

import java.util.concurrent.TimeUnit;

/**
 * Spreads rows over time, a number of them a second at the most, for all runs of a node together. Safe for concurrent use.
 *
 * <p>A limiter that hands out permits refuses more of them at once than a period has; pages are larger than that.
 */
final class Pacing {
    private int rowsPerSecond;
    private long freeAt = Long.MIN_VALUE;

    /** @param rowsPerSecond 0 for as many as there are */
    Pacing(int rowsPerSecond) {
        this.rowsPerSecond = rowsPerSecond;
    }

    synchronized int rate() {
        return rowsPerSecond;
    }

    synchronized void rate(int rows) {
        if (rows < 0)
            throw new IllegalArgumentException("Rows per second must be 0, for no limit, or more, but was " + rows);
        rowsPerSecond = rows;
        freeAt = Long.MIN_VALUE;
    }

    /** Takes the time that so many rows are allowed, and answers the nanoseconds to wait until it begins. */
    synchronized long reserve(int rows, long nanoTime) {
        if (rowsPerSecond == 0) {
            return 0;
        }
        long begin = freeAt == Long.MIN_VALUE ? nanoTime : Math.max(nanoTime, freeAt);
        freeAt = begin + TimeUnit.SECONDS.toNanos(rows) / rowsPerSecond;
        return begin - nanoTime;
    }
}
