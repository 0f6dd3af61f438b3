package dev.hearth.sample.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** One customer: looks at much, most of it popular, and buys a little. */
final class Shopper {
    private static final int PRODUCTS = 10_000;
    private static final int CATEGORIES = 200;
    private static final int CUSTOMERS = 5_000;
    private static final int ORDERS = 20_000;
    private static final List<String> WORDS = List.of("lamp", "table", "birch", "granite", "chair");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI shop;
    private final LongAdder requests;
    private final LongAdder failures;

    Shopper(URI shop, LongAdder requests, LongAdder failures) {
        this.shop = shop;
        this.requests = requests;
        this.failures = failures;
    }

    void visit() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int choice = random.nextInt(100);
        if (choice < 50) {
            get("/products/" + popular(PRODUCTS));
        } else if (choice < 60) {
            get("/categories/" + popular(CATEGORIES) + "/products");
        } else if (choice < 70) {
            get("/products?name=" + WORDS.get(random.nextInt(WORDS.size())));
        } else if (choice < 75) {
            get("/categories");
        } else if (choice < 85) {
            get("/customers/" + popular(CUSTOMERS));
        } else if (choice < 96) {
            get("/orders/" + popular(ORDERS));
        } else if (choice < 99) {
            send(HttpRequest.newBuilder(shop("/customers/" + popular(CUSTOMERS) + "/orders"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("[{\"product\":" + popular(PRODUCTS) + ",\"quantity\":1}]")));
        } else {
            String price = random.nextInt(1, 200) + ".99";
            send(HttpRequest.newBuilder(shop("/products/" + popular(PRODUCTS) + "/price?value=" + price))
                    .PUT(BodyPublishers.noBody()));
        }
        LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
    }

    /** From 1 on; half of the answers are in the first eighth: few are asked for often. */
    private static long popular(int most) {
        double where = ThreadLocalRandom.current().nextDouble();
        return 1 + (long) (most * where * where * where);
    }

    private URI shop(String path) {
        return URI.create(shop + path);
    }

    private void get(String path) {
        send(HttpRequest.newBuilder(shop(path)).GET());
    }

    private void send(HttpRequest.Builder request) {
        requests.increment();
        try {
            int status = client.send(request.timeout(PATIENCE).build(), BodyHandlers.discarding())
                    .statusCode();
            if (status >= 500) {
                failures.increment();
            }
        } catch (IOException e) {
            failures.increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
