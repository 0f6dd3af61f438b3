package dev.hearth.hibernate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never for a time. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Waiting() {}

    /** Asks until the condition holds; an error after 30 seconds. */
    static void until(String condition, BooleanSupplier holds) {
        long started = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                throw new AssertionError("It did not come about within " + PATIENCE + " that " + condition);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
