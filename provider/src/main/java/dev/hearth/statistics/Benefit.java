package dev.hearth.statistics;

/**
 * What caching gains, in time of the calling threads: what the database would have taken for what the cache has served, minus
 * what the cache itself took.
 *
 * @param hits what the cache has served
 * @param loads how often the database's time was measured; 0 if this node has loaded nothing yet, and so cannot tell
 * @param savedNanos the hits, at the mean time of those loads
 * @param spentNanos what hits, misses and puts took
 */
public record Benefit(long hits, long loads, long savedNanos, long spentNanos) {
    static Benefit of(long hits, Times database, long spentNanos) {
        long loads = database.count();
        return new Benefit(
                hits, loads, loads == 0 ? 0 : Math.round((double) database.nanos() / loads * hits), spentNanos);
    }

    /** Nanoseconds; negative if caching costs more than it saves. Without {@link #loads} it says nothing. */
    public long netNanos() {
        return savedNanos - spentNanos;
    }

    /** Whether caching is known to cost more than it saves. */
    public boolean isLoss() {
        return loads > 0 && netNanos() < 0;
    }
}
