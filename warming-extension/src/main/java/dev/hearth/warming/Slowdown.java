package dev.hearth.warming;

import java.time.Duration;
import java.util.Arrays;

/** Finds the pages of a run that database or Redis took long over, and how long to leave both alone then. For one thread. */
final class Slowdown {
    /* A page is judged by the time of each of its rows against the median of those before it: pages of a run are alike, so
     * what makes one take much longer is load. The pause is the time that the page took beyond the usual, so that the
     * share of time in which warming asks for anything falls as latency rises. What lasts for half of the window becomes
     * the usual, so that a server which has become slower for good is not spared for good. */
    private static final int WINDOW = 100;
    private static final int ENOUGH = 5;
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final double factor;
    private final long[] nanosOfRow = new long[WINDOW];
    private int pages;

    /** @param factor how many times the usual a page may take; 0 for any */
    Slowdown(double factor) {
        this.factor = factor;
    }

    /**
     * Takes a page into account, and answers the nanoseconds to pause after it.
     *
     * @param asked how many rows it might have read
     * @param rows how many it read from the database; where these are few, they do not tell how fast rows come
     */
    long pauseAfter(long nanos, long asked, long rows) {
        if (factor == 0 || rows <= 0 || rows < asked / 2) {
            return 0;
        }
        long ofRow = nanos / rows;
        long usual = usual();
        nanosOfRow[pages++ % WINDOW] = ofRow;
        return pages <= ENOUGH || ofRow <= usual * factor ? 0 : Math.min(LONGEST.toNanos(), (ofRow - usual) * rows);
    }

    private long usual() {
        int known = Math.min(pages, WINDOW);
        if (known == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanosOfRow, known);
        Arrays.sort(sorted);
        return sorted[known / 2];
    }
}
