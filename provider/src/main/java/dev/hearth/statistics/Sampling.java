package dev.hearth.statistics;

import java.util.concurrent.ThreadLocalRandom;

/** Which of the reads inside the process are timed: a clock asked twice would take longer than some of them. */
public final class Sampling {
    /** How many of them one that is timed stands for. A power of two. */
    public static final int ONE_IN = 64;

    private Sampling() {}

    /** Whether this one is timed, by chance, so that no rhythm of the application's hides anything. */
    public static boolean chooses() {
        return (ThreadLocalRandom.current().nextInt() & ONE_IN - 1) == 0;
    }
}
