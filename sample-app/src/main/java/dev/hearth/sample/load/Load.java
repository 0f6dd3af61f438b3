package dev.hearth.sample.load;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Some customers at a time, each in a thread of its own, until they are told to go or their time is over. */
@Component
class Load implements DisposableBean {
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final List<Thread> threads = new ArrayList<>();
    private AtomicBoolean open = new AtomicBoolean();

    /** @param failures answers of 500 and above, and requests without one */
    record Status(int customers, long requests, long failures) {}

    synchronized void start(URI shop, int customers, Duration duration) {
        stop();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        open = goesOn;
        long until = System.nanoTime() + duration.toNanos();
        for (int i = 0; i < customers; i++) {
            Shopper shopper = new Shopper(shop, requests, failures);
            Thread thread = new Thread(
                    () -> {
                        while (goesOn.get() && System.nanoTime() < until) {
                            shopper.visit();
                        }
                    },
                    "shopper-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    synchronized void stop() {
        open.set(false);
        threads.clear();
    }

    synchronized Status status() {
        threads.removeIf(thread -> !thread.isAlive());
        return new Status(threads.size(), requests.sum(), failures.sum());
    }

    @Override
    public void destroy() {
        stop();
    }
}
