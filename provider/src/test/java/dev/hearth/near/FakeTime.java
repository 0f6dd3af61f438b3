package dev.hearth.near;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A machine's two clocks, which pass only when a test says so. Safe for any thread. */
final class FakeTime {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000);
    private final AtomicLong wallMillis = new AtomicLong(1_700_000_000_000L);

    long nanoTime() {
        return nanos.get();
    }

    long wallMillis() {
        return wallMillis.get();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wallMillis.addAndGet(time.toMillis());
    }

    /** As on Linux: the monotonic clock stands still. */
    void sleep(Duration time) {
        wallMillis.addAndGet(time.toMillis());
    }

    void setWallClockBack(Duration by) {
        wallMillis.addAndGet(-by.toMillis());
    }
}
