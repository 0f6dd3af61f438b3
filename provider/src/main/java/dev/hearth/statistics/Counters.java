package dev.hearth.statistics;

import java.util.stream.Stream;

/** A {@link Counter} for each constant of an enum. */
final class Counters<E extends Enum<E>> {
    private final Counter[] counters;

    Counters(Class<E> names) {
        this.counters =
                Stream.of(names.getEnumConstants()).map(name -> new Counter()).toArray(Counter[]::new);
    }

    void increment(E name) {
        counters[name.ordinal()].increment();
    }

    void add(E name, long amount) {
        counters[name.ordinal()].add(amount);
    }

    /** Since the last reset. */
    long get(E name) {
        return counters[name.ordinal()].get();
    }

    /** Since the node started. */
    long total(E name) {
        return counters[name.ordinal()].total();
    }

    /** Of all constants, since the last reset. */
    long get() {
        long sum = 0;
        for (Counter counter : counters) {
            sum += counter.get();
        }
        return sum;
    }

    /** Of all constants, since the node started. */
    long total() {
        long sum = 0;
        for (Counter counter : counters) {
            sum += counter.total();
        }
        return sum;
    }

    void reset() {
        for (Counter counter : counters) {
            counter.reset();
        }
    }
}
