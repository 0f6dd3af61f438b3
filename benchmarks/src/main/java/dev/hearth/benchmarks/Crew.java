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

    /** What they did together. */
    record Work(long operations, double perSecond) {
        Work plus(Work other) {
            return new Work(operations + other.operations, perSecond + other.perSecond);
        }
    }

    /** Lets all of them work for so long. */
    Work work(Duration time) {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Work>> shares = new ArrayList<>();
        for (Operation operation : operations) {
            shares.add(threads.submit(() -> {
                start.await();
                return share(operation, time);
            }));
        }
        start.countDown();
        return shares.stream().map(Crew::result).reduce(new Work(0, 0), Work::plus);
    }

    private static Work share(Operation operation, Duration time) {
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
        return new Work(done, done * 1e9 / (now - begin));
    }

    private static Work result(Future<Work> share) {
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
