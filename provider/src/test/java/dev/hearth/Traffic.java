package dev.hearth;

import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.shop.Product;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that read products of a node, and change one in five, each in a transaction, until this is closed. */
final class Traffic implements AutoCloseable {
    static final int THREADS = 4;

    private final NodeFixture node;
    private final String name;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicLong done = new AtomicLong();
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private Traffic(NodeFixture node, String name) {
        this.node = node;
        this.name = name;
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            threads.execute(() -> run(random));
        }
    }

    /** Begins; the name goes into what is written to the rows. */
    static Traffic on(NodeFixture node, String name) {
        return new Traffic(node, name);
    }

    private void run(Random random) {
        while (!over) {
            long begun = System.nanoTime();
            try {
                operation(1 + random.nextInt(Products.COUNT), random.nextInt(5) == 0);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
            nanos.add(System.nanoTime() - begun);
            done.incrementAndGet();
        }
    }

    private void operation(long id, boolean change) {
        node.inTransaction(session -> {
            Product product = session.find(Product.class, id);
            if (change) {
                product.setName(name + " " + done.get());
            }
        });
    }

    /** Waits until so many operations more are done. */
    void goesOn(int operations) {
        long goal = done.get() + operations;
        Eventually.holds(operations + " more operations of " + name + " are done", () -> done.get() >= goal);
    }

    /** The operations that failed so far. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Forgets the latencies measured so far. */
    void measureAnew() {
        nanos.clear();
    }

    Latencies latencies() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Latencies(sorted);
    }

    @Override
    public void close() {
        over = true;
        threads.shutdown();
        Eventually.holds(
                "the operations of " + name + " under way end",
                () -> threads.awaitTermination(1, TimeUnit.MILLISECONDS));
    }

    /** How long operations took, in order. */
    record Latencies(long[] nanos) {
        Duration quantile(double share) {
            return Duration.ofNanos(nanos[(int) Math.min(nanos.length - 1, Math.floor(nanos.length * share))]);
        }

        Duration longest() {
            return quantile(1);
        }

        long slowerThan(Duration limit) {
            return Arrays.stream(nanos).filter(n -> n > limit.toNanos()).count();
        }

        @Override
        public String toString() {
            return "%d operations, p50 %.2f ms, p99 %.2f ms, max %.0f ms"
                    .formatted(nanos.length, millis(0.5), millis(0.99), millis(1));
        }

        private double millis(double share) {
            return quantile(share).toNanos() / 1e6;
        }
    }
}
