package dev.hearth.benchmarks;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one variant needed for one row.
 *
 * @param throughput whether the figures are operations per second; otherwise they are microseconds
 * @param turns the median of each turn, or its operations per second, in the order of the turns
 * @param p99 microseconds that 99 of 100 operations of all turns stayed below; 0 for a throughput
 * @param missed the share of operations that the cache did not serve, of those that it should have
 */
record Figure(boolean throughput, List<Double> turns, double p99, double missed) {
    /** What stands beside a figure that is not one of hits alone. */
    static final String MARK = " †";

    private static final double TOLERANCE = 0.01;

    Figure {
        turns = List.copyOf(turns);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("A figure needs a turn at least");
        }
    }

    /** The middle one of the turns. */
    double middle() {
        return middle(turns.stream());
    }

    /**
     * How much time it takes, as a multiple of the other's: below 1 is faster, for throughputs as well. Turn is compared
     * with turn, and the middle one of these ratios counts: what went on in the machine during a round hit both.
     */
    double timeRelativeTo(Figure other) {
        return middle(IntStream.range(0, turns.size()).mapToObj(turn -> ratio(other, turn)));
    }

    private double ratio(Figure other, int turn) {
        double own = turns.get(turn);
        double others = other.turns.get(turn);
        return throughput ? others / own : own / others;
    }

    private static double middle(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    String text() {
        String figure = throughput ? number(middle()) : number(middle()) + " (" + number(p99) + ")";
        return missed > TOLERANCE ? figure + MARK : figure;
    }

    /** The lowest and the highest turn. */
    String spread() {
        return number(Collections.min(turns)) + " to " + number(Collections.max(turns));
    }

    /** Three significant digits at least. */
    static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
