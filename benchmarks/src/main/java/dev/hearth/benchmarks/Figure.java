package dev.hearth.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What one variant needed for one row.
 *
 * @param throughput whether the figures are operations per second; otherwise they are microseconds
 * @param turns the median of each turn, or its operations per second
 * @param p99 microseconds that 99 of 100 operations of all turns stayed below; 0 for a throughput
 */
record Figure(boolean throughput, List<Double> turns, double p99) {
    Figure {
        turns = turns.stream().sorted().toList();
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("A figure needs a turn at least");
        }
    }

    /** The middle one of the turns. */
    double middle() {
        int half = turns.size() / 2;
        return turns.size() % 2 == 1 ? turns.get(half) : (turns.get(half - 1) + turns.get(half)) / 2;
    }

    /** How much time it takes, as a multiple of the other's: below 1 is faster, for throughputs as well. */
    double timeRelativeTo(Figure other) {
        return throughput ? other.middle() / middle() : middle() / other.middle();
    }

    String text() {
        return throughput ? number(middle()) : number(middle()) + " (" + number(p99) + ")";
    }

    /** The lowest and the highest turn. */
    String spread() {
        return number(turns.get(0)) + " to " + number(turns.get(turns.size() - 1));
    }

    /** Three significant digits at least. */
    static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
