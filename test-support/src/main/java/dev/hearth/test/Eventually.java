package dev.hearth.test;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must come true, asking every few milliseconds. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** Returns once the condition holds; after 30 s it fails, saying what did not come true. */
    public static void holds(String what, Callable<Boolean> condition) {
        holds(what, PATIENCE, condition);
    }

    /** As above, for what may take longer or must not take as long. */
    public static void holds(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ask(what, condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean ask(String what, Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError("Cannot find out whether " + what, e);
        }
    }
}
