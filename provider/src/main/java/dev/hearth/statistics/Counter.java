package dev.hearth.statistics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows, until it is reset. Many threads move it without waiting for each other; reading calls nobody. */
final class Counter {
    /* A reset keeps what stands there as the base: emptying the adder instead would lose what is added meanwhile. */
    private final LongAdder moved = new LongAdder();
    private volatile long base;

    void increment() {
        moved.increment();
    }

    void add(long amount) {
        moved.add(amount);
    }

    /** Since the last reset. */
    long get() {
        // The base first: one that is newer than the sum would make the difference negative.
        long from = base;
        return moved.sum() - from;
    }

    /** Since the node started, whatever was reset. */
    long total() {
        return moved.sum();
    }

    void reset() {
        base = moved.sum();
    }
}
