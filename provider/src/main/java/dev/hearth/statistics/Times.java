package dev.hearth.statistics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;
import org.jspecify.annotations.Nullable;

/** How long something took, again and again. Safe for concurrent use; no writer waits for another. */
final class Times {
    /* There may be a thousand of these, so one digit has to do: that takes some 3 KB each. A packed histogram would take as
     * little with more digits, but its concurrent writers have been seen to wait for each other for ever. */
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final int DIGITS = 1;
    private static final double PERCENTILE = 99;

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile @Nullable AbstractHistogram micros;

    /** It took so long. */
    void add(long elapsedNanos) {
        add(elapsedNanos, 1);
    }

    /** It took so long, and is one of so many that are not measured. */
    void add(long elapsedNanos, int of) {
        long elapsed = Math.max(0, elapsedNanos);
        count.add(of);
        nanos.add(elapsed * of);
        histogram().recordValueWithCount(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(elapsed)), of);
    }

    private AbstractHistogram histogram() {
        AbstractHistogram known = micros;
        return known == null ? make() : known;
    }

    private synchronized AbstractHistogram make() {
        AbstractHistogram known = micros;
        if (known == null) {
            known = micros = new AtomicHistogram(1, LONGEST_MICROS, DIGITS);
        }
        return known;
    }

    long count() {
        return count.sum();
    }

    long nanos() {
        return nanos.sum();
    }

    TimeFigures figures() {
        AbstractHistogram known = micros;
        long times = count();
        return known == null || times == 0
                ? new TimeFigures(0, 0, 0)
                : new TimeFigures(
                        times,
                        nanos() / times,
                        TimeUnit.MICROSECONDS.toNanos(known.copy().getValueAtPercentile(PERCENTILE)));
    }
}
