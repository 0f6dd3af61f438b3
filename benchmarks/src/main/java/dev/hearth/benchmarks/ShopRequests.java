package dev.hearth.benchmarks;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** The same reads of the sample shop in the same order each time: most of them of what is popular. */
final class ShopRequests {
    private static final long SEED = 7;
    private static final int PRODUCTS = 10_000;
    private static final int CATEGORIES = 200;
    private static final int CUSTOMERS = 5_000;
    private static final int ORDERS = 20_000;
    private static final List<String> WORDS = List.of("lamp", "table", "birch", "granite", "chair");

    private final List<String> paths = new ArrayList<>();

    ShopRequests(int count) {
        Random random = new Random(SEED);
        for (int i = 0; i < count; i++) {
            paths.add(path(random));
        }
    }

    /* In the shares in which the shop's own load reads. */
    private static String path(Random random) {
        int choice = random.nextInt(96);
        if (choice < 50) {
            return "/products/" + popular(random, PRODUCTS);
        } else if (choice < 60) {
            return "/categories/" + popular(random, CATEGORIES) + "/products";
        } else if (choice < 70) {
            return "/products?name=" + WORDS.get(random.nextInt(WORDS.size()));
        } else if (choice < 75) {
            return "/categories";
        } else if (choice < 85) {
            return "/customers/" + popular(random, CUSTOMERS);
        }
        return "/orders/" + popular(random, ORDERS);
    }

    /** From 1 on; half of the answers are in the first eighth. */
    private static long popular(Random random, int most) {
        double where = random.nextDouble();
        return 1 + (long) (most * where * where * where);
    }

    /**
     * What they took.
     *
     * @param nanos of each, in their order
     * @param statements of each
     */
    record Taken(long[] nanos, long[] statements) {
        long statements(int first) {
            return Arrays.stream(statements, 0, Math.min(first, statements.length))
                    .sum();
        }

        /** The time within which this share of the first of them was answered, in milliseconds. */
        double millis(int first, double share) {
            long[] sorted = Arrays.copyOf(nanos, Math.min(first, nanos.length));
            Arrays.sort(sorted);
            return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
        }
    }

    /** Sends them, each client the next one that nobody has sent yet. */
    Taken send(ShopProcess shop, int clients) throws InterruptedException, ExecutionException {
        AtomicLongArray nanos = new AtomicLongArray(paths.size());
        AtomicLongArray statements = new AtomicLongArray(paths.size());
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                all.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < paths.size(); i = next.getAndIncrement()) {
                        long began = System.nanoTime();
                        HttpResponse<byte[]> answer = shop.get(paths.get(i));
                        nanos.set(i, System.nanoTime() - began);
                        if (answer.statusCode() != 200) {
                            throw new IllegalStateException(paths.get(i) + " was answered by " + answer.statusCode());
                        }
                        statements.set(
                                i,
                                answer.headers()
                                        .firstValueAsLong("X-SQL-Statements")
                                        .orElseThrow());
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                var unused = each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return new Taken(array(nanos), array(statements));
    }

    private static long[] array(AtomicLongArray values) {
        long[] array = new long[values.length()];
        Arrays.setAll(array, values::get);
        return array;
    }
}
