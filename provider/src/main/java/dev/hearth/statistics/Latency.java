package dev.hearth.statistics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/** How long something takes, from a microsecond to a minute. Writers never wait, and allocate nothing; reading calls nobody. */
public final class Latency {
    /* A histogram of this range and precision takes some 20 KB and has a fixed size, so that to record is to increment. It is
     * made when there is something to record, since most regions are never locked or hardly read; a reset drops it, and what
     * is being recorded meanwhile goes with the old one. Its readers take a copy, since
     * what iterates over it fails while it is written to. */
    private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 2;

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile @Nullable AtomicHistogram histogram;

    /** Something took this long; what took longer than a minute is recorded as a minute. */
    public void record(long elapsedNanos) {
        long bounded = Math.min(Math.max(elapsedNanos, 0), LONGEST);
        AtomicHistogram recorded = histogram;
        (recorded == null ? begun() : recorded).recordValue(bounded);
        count.increment();
        nanos.add(bounded);
    }

    private synchronized AtomicHistogram begun() {
        AtomicHistogram recorded = histogram;
        if (recorded == null) {
            recorded = new AtomicHistogram(SHORTEST, LONGEST, DIGITS);
            histogram = recorded;
        }
        return recorded;
    }

    /** What was recorded since the last reset. Takes some microseconds. */
    public LatencySnapshot snapshot() {
        AtomicHistogram recorded = histogram;
        if (recorded == null) {
            return LatencySnapshot.EMPTY;
        }
        AtomicHistogram still = recorded.copy();
        return new LatencySnapshot(
                still.getTotalCount(),
                Math.round(still.getMean()),
                still.getValueAtPercentile(50),
                still.getValueAtPercentile(99),
                still.getMaxValue());
    }

    /** How often something was recorded since the node started, whatever was reset. */
    public long totalCount() {
        return count.sum();
    }

    /** The nanoseconds that were recorded since the node started, whatever was reset. */
    public long totalNanos() {
        return nanos.sum();
    }

    /** The next snapshot begins here. */
    public synchronized void reset() {
        histogram = null;
    }
}
