package dev.hearth.warming;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so; whoever sleeps waits for that. */
final class FakeTime implements WarmingTime {
    private static final ZonedDateTime BEGIN = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final AtomicLong nanos = new AtomicLong(1);

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public ZonedDateTime now() {
        return BEGIN.plusNanos(nanos.get());
    }

    @Override
    public void sleep(long wanted) throws InterruptedException {
        Thread.sleep(1);
    }
}
