package dev.hearth.test;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** What happens in one direction to the bytes of several connections. Safe for concurrent use. */
final class Lane {
    private volatile LongSupplier delay = () -> 0;
    private volatile boolean torn;
    private boolean held;

    long delayNanos() {
        return delay.getAsLong();
    }

    void delay(Duration fixed) {
        long nanos = nanos(fixed);
        delay = () -> nanos;
    }

    /** A time of its own for each piece, up to the given one, short times being the more frequent. */
    void delayRandomly(Duration maximum) {
        long nanos = nanos(maximum);
        delay = () -> {
            double share = ThreadLocalRandom.current().nextDouble();
            return (long) (nanos * share * share * share);
        };
    }

    private static long nanos(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay must not be negative, but was " + delay);
        }
        return delay.toNanos();
    }

    /** Whether what flows is torn: its last bytes come a moment after the rest. */
    boolean isTorn() {
        return torn;
    }

    void tear(boolean tear) {
        torn = tear;
    }

    synchronized void hold(boolean hold) {
        held = hold;
        notifyAll();
    }

    /** Lets waiters look at their link again, because it was closed. */
    synchronized void wake() {
        notifyAll();
    }

    synchronized void awaitOpen(ProxyLink link) throws InterruptedException {
        while (held && !link.isClosed()) {
            wait();
        }
    }
}
