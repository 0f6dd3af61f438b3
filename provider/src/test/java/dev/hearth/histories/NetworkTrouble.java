package dev.hearth.histories;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.SubscriptionFaults;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes the network of one node after the other bad, with pauses between: mostly that of its subscription alone, which is
 * late, silent or gone, and now and then all of it. Until it is closed.
 */
final class NetworkTrouble implements AutoCloseable {
    private static final Duration LATENCY = Duration.ofMillis(300);
    private static final int PAUSE_MILLIS = 700;

    private final List<FaultProxy> ways;
    private final Duration jitter;
    private final Random random;
    private final Duration longest;
    private final TreeMap<String, Integer> made = new TreeMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "network-trouble");

    /**
     * @param jitter what the ways have when nothing is wrong
     * @param longest how long one trouble lasts at the most
     */
    NetworkTrouble(List<FaultProxy> ways, Duration jitter, long seed, Duration longest) {
        this.ways = ways;
        this.jitter = jitter;
        this.random = new Random(seed);
        this.longest = longest;
        thread.start();
    }

    private void run() {
        while (!lasts(random.nextInt(PAUSE_MILLIS))) {
            FaultProxy way = ways.get(random.nextInt(ways.size()));
            String kind = begin(way);
            made.merge(kind, 1, Integer::sum);
            boolean last = lasts(random.nextInt((int) longest.toMillis()));
            end(way);
            if (last) {
                return;
            }
        }
    }

    private String begin(FaultProxy way) {
        SubscriptionFaults subscriptions = way.subscriptions();
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> {
                subscriptions.delayRandomly(LATENCY);
                return "jitter";
            }
            case 3, 4 -> {
                subscriptions.delay(LATENCY);
                return "latency";
            }
            case 5, 6 -> {
                subscriptions.hold();
                return "silence";
            }
            case 7, 8 -> {
                subscriptions.reset();
                return "reset";
            }
            case 9, 10 -> {
                subscriptions.cut();
                return "cut";
            }
            case 11, 12 -> {
                subscriptions.tear();
                return "tearing";
            }
            default -> {
                way.hold();
                return "silence of everything";
            }
        }
    }

    private void end(FaultProxy way) {
        way.heal();
        way.delayRandomly(jitter);
    }

    /** Waits; answers whether that was cut short by the end. */
    private boolean lasts(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Heals the network; answers how often it was bad, and how. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often each kind was made, once it is closed. */
    @Override
    public String toString() {
        return made.toString();
    }
}
