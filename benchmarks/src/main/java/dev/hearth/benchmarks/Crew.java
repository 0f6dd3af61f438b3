package dev.hearth.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads that each do an operation of their own at the same time, for as long as they are told. */
final class Crew implements AutoCloseable {
    private final List<Operation> operations = new ArrayList<>();
    private final ExecutorService threads;

    /** @param operation makes the operation of each thread, given its number */
    Crew(int size, IntFunction<Operation> operation) {
        for (int i = 0; i < size; i++) {
            operations.add(operation.apply(i));
        }
        threads = Executors.newCachedThreadPool();
    }

    /** How many operations per second they do together. */
    double perSecond(Duration time) {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Double>> shares = new ArrayList<>();
        for (Operation operation : operations) {
            shares.add(threads.submit(() -> {
                start.await();
                return share(operation, time);
            }));
        }
        start.countDown();
        return shares.stream().mapToDouble(Crew::result).sum();
    }

    private static double share(Operation operation, Duration time) {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        long done = 0;
        long now;
        do {
            operation.ready();
            operation.run();
            done++;
            now = System.nanoTime();
        } while (now < end);
        return done * 1e9 / (now - begin);
    }

    private static double result(Future<Double> share) {
        try {
            return share.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("An operation failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while others were at work", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
