package dev.hearth.sample.infra;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do, which nobody announces. */
final class Waiting {
    private static final long PAUSE_MILLIS = 20;

    private Waiting() {}

    /** Asks until the answer is yes or the limit is over; answers whether it was yes. */
    static boolean until(BooleanSupplier question, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!question.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
