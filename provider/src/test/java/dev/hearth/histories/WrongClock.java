package dev.hearth.histories;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** A monotonic clock that shows another time than those of other nodes, and runs a little too fast or too slow. */
final class WrongClock implements LongSupplier {
    /* As fast as the default drift margin of 0.1 % allows; slow costs hits, at the worst. */
    private static final double FAST = 1.0009;
    private static final double SLOW = 0.9991;

    private final long began = System.nanoTime();
    private final long offset;
    private final double rate;

    WrongClock(Duration offset, double rate) {
        this.offset = offset.toNanos();
        this.rate = rate;
    }

    static List<WrongClock> onThreeNodes() {
        return List.of(
                new WrongClock(Duration.ofMinutes(-10), FAST),
                new WrongClock(Duration.ZERO, 1),
                new WrongClock(Duration.ofMinutes(7), SLOW));
    }

    @Override
    public long getAsLong() {
        return offset + (long) ((System.nanoTime() - began) * rate);
    }
}
