package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What cached queries over a table cost those who change it: {@code mvn -B -pl provider -am -Psoak verify
 * -Dit.test=QueryChangesSoak -Dhearth.soak.duration=30s}. The duration is that of each of the three ways to ask.
 */
final class QueryChangesSoak {
    private static final Logger log = LoggerFactory.getLogger(QueryChangesSoak.class);
    private static final int SHAPES = 50;
    private static final int VALUES = 5;
    private static final int WRITERS = 4;
    private static final int CHANGES_PER_SECOND = 1_000;
    private static final int QUESTIONS_PER_SECOND = 200;
    private static final Duration SLICE = Duration.ofSeconds(5);

    /* Slices of all ways take turns, so that what else the machine does meets all of them. */
    private enum Asking {
        NOBODY,
        UNCACHED,
        CACHED
    }

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final AtomicLong count = new AtomicLong();
    private final Map<Asking, List<Long>> latencies = new EnumMap<>(Asking.class);

    @Test
    void writersOfATableThatFiftyCachedQueriesRead() {
        writer.inTransaction(session -> {
            for (long id = 1; id <= WRITERS; id++) {
                session.persist(new Product(id, "Kite", BigDecimal.ONE, null));
            }
        });
        for (Asking asking : Asking.values()) {
            latencies.put(asking, new ArrayList<>());
            slice(asking, new ConcurrentLinkedQueue<>());
        }
        long slices = Math.max(1, duration().toNanos() / SLICE.toNanos());
        for (long i = 0; i < slices; i++) {
            for (Asking asking : Asking.values()) {
                ConcurrentLinkedQueue<Long> measured = new ConcurrentLinkedQueue<>();
                slice(asking, measured);
                latencies.get(asking).addAll(measured);
            }
        }
        latencies.values().forEach(measured -> measured.sort(null));
        report(slices);
        assertThat(latencies.get(Asking.CACHED)).isNotEmpty();
    }

    private void slice(Asking asking, ConcurrentLinkedQueue<Long> measured) {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(WRITERS + 2);
        long period = TimeUnit.SECONDS.toMicros(WRITERS) / CHANGES_PER_SECOND;
        for (long id = 1; id <= WRITERS; id++) {
            long product = id;
            threads.scheduleAtFixedRate(() -> measured.add(change(product)), 0, period, TimeUnit.MICROSECONDS);
        }
        if (asking != Asking.NOBODY) {
            long pause = TimeUnit.SECONDS.toMicros(1) / QUESTIONS_PER_SECOND;
            threads.scheduleAtFixedRate(() -> ask(asking == Asking.CACHED), 0, pause, TimeUnit.MICROSECONDS);
        }
        try {
            boolean ended = threads.awaitTermination(SLICE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended).isFalse();
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        writer.settle();
        reader.settle();
    }

    private long change(long product) {
        String name = "Kite " + count.incrementAndGet();
        long started = System.nanoTime();
        writer.fixture()
                .inTransaction(session -> session.find(Product.class, product).setName(name));
        return System.nanoTime() - started;
    }

    private void ask(boolean cacheable) {
        long question = count.incrementAndGet();
        reader.fixture().inTransaction(session -> ask(session, question, cacheable));
    }

    private static void ask(Session session, long question, boolean cacheable) {
        List<?> rows = session.createQuery(
                        "select name, " + question % SHAPES + " from Product where price < :price", Object[].class)
                .setParameter("price", BigDecimal.valueOf(10 + question / SHAPES % VALUES))
                .setCacheable(cacheable)
                .list();
        assertThat(rows).hasSize(WRITERS);
    }

    private void report(long slices) {
        for (Asking asking : Asking.values()) {
            long seconds = slices * SLICE.toSeconds();
            log.info(
                    "{}: {} changes a second, p50 {} us, p99 {} us",
                    asking,
                    latencies.get(asking).size() / seconds,
                    micros(asking, 0.5),
                    micros(asking, 0.99));
        }
        for (Asking other : List.of(Asking.NOBODY, Asking.UNCACHED)) {
            log.info("CACHED to {}: p50 {}, p99 {}", other, ratio(other, 0.5), ratio(other, 0.99));
        }
    }

    private String ratio(Asking other, double share) {
        return String.format(
                Locale.ROOT, "%.2f", (double) micros(Asking.CACHED, share) / Math.max(1, micros(other, share)));
    }

    private long micros(Asking asking, double share) {
        List<Long> sorted = latencies.get(asking);
        return sorted.get((int) (share * (sorted.size() - 1))) / 1_000;
    }

    private static Duration duration() {
        return Duration.parse(
                "PT" + System.getProperty("hearth.soak.duration", "30s").toUpperCase(Locale.ROOT));
    }
}
