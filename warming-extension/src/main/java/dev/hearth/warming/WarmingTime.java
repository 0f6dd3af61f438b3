package dev.hearth.warming;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;

/** Time, as warming sees it. */
interface WarmingTime {
    WarmingTime SYSTEM = new WarmingTime() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public ZonedDateTime now() {
            return ZonedDateTime.now(ZoneId.systemDefault());
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    };

    /** Nanoseconds that only go forward, from some beginning. */
    long nanoTime();

    ZonedDateTime now();

    void sleep(long nanos) throws InterruptedException;
}
