package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How old what nodes serve becomes that keep copies less than strictly. */
final class NearStalenessIT {
    private static final Logger log = LoggerFactory.getLogger(NearStalenessIT.class);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int PRODUCTS = 8;
    private static final long WRITER_PAUSE_NANOS = 3_000_000;
    private static final long READER_PAUSE_NANOS = 200_000;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, NearStalenessIT::settings);

    private static FaultProxy proxy;
    private static Nodes behindProxy;

    private static Nodes.Builder settings(Nodes.Builder builder) {
        return NearPair.settings(builder, LEASE).setting(Nodes.NEAR, "fast");
    }

    @BeforeAll
    static void start() {
        nodes.get(0).inTransaction(session -> {
            for (long id = 0; id < PRODUCTS; id++) {
                session.persist(new Product(id, "0", BigDecimal.ONE, null));
            }
        });
        proxy = FaultProxy.to(nodes.redis().endpoint());
        behindProxy = settings(nodes.builder())
                .keepSchema()
                .settingOf(0, Nodes.REDIS_URL, proxy.url())
                .start(2);
    }

    @AfterAll
    static void stop() {
        behindProxy.close();
        proxy.close();
    }

    /* Short of the lease, so that copies which only the lease ends are found. */
    @Test
    void whileMessagesArriveNothingIsServedForLongAfterItWasReplaced() {
        proxy.subscriptions().delayRandomly(LATENCY);

        Distribution distribution = underLoad(Duration.ofSeconds(5));

        log.info("messages up to {} late: {}", LATENCY, distribution);
        assertThat(distribution.maximum()).isLessThan(LEASE.multipliedBy(3).dividedBy(4));
    }

    @Test
    void whenMessagesStopNothingIsServedForLongerThanTheLeaseAfterItWasReplaced() {
        proxy.heal();
        Staleness staleness = new Staleness(PRODUCTS);
        Distribution distribution = underLoad(
                staleness, LEASE.multipliedBy(2), () -> proxy.subscriptions().cut());
        proxy.heal();

        log.info("no messages, a lease of {}: {}", LEASE, distribution);
        assertThat(distribution.maximum())
                .isGreaterThan(LEASE.dividedBy(4))
                .isLessThan(LEASE.multipliedBy(3).dividedBy(2));
    }

    private static Distribution underLoad(Duration length) {
        return underLoad(new Staleness(PRODUCTS), length, () -> {});
    }

    /** One node changes, the other two read, and what they read is measured; from a moment on with a fault. */
    private static Distribution underLoad(Staleness staleness, Duration length, Runnable fault) {
        List<Thread> threads = new ArrayList<>();
        Load load = new Load(staleness);
        long nearBefore = nearHits();
        threads.add(start(load::write));
        for (CachingNode reader : readers()) {
            threads.add(start(() -> load.read(reader)));
        }
        Waiting.until("copies are kept", () -> nearHits() > nearBefore + 100);
        fault.run();
        long until = System.nanoTime() + length.toNanos();
        Waiting.until("time is up", () -> System.nanoTime() - until > 0);
        load.stopped = true;
        threads.forEach(NearStalenessIT::join);
        assertThat(load.failure).isNull();
        return staleness.distribution(nearHits() - nearBefore);
    }

    private static List<CachingNode> readers() {
        return List.of(nodes.caching(behindProxy.get(0)), nodes.caching(behindProxy.get(1)));
    }

    private static long nearHits() {
        return readers().stream()
                .mapToLong(node -> node.statistics(Product.class).nearHits())
                .sum();
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "load");
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What the threads do until they are stopped. */
    private static final class Load {
        private final Staleness staleness;
        private volatile boolean stopped;
        private volatile @Nullable Throwable failure;

        Load(Staleness staleness) {
            this.staleness = staleness;
        }

        void write() {
            repeat(WRITER_PAUSE_NANOS, () -> {
                int row = ThreadLocalRandom.current().nextInt(PRODUCTS);
                int version = nodes.get(0).fixture().fromTransaction(session -> {
                    Product product = session.find(Product.class, (long) row);
                    int next = Integer.parseInt(product.getName()) + 1;
                    product.setName(String.valueOf(next));
                    return next;
                });
                staleness.committed(row, version, System.nanoTime());
            });
        }

        void read(CachingNode node) {
            repeat(READER_PAUSE_NANOS, () -> {
                int row = ThreadLocalRandom.current().nextInt(PRODUCTS);
                long began = System.nanoTime();
                int version = Integer.parseInt(node.fixture()
                        .fromTransaction(session ->
                                session.find(Product.class, (long) row).getName()));
                staleness.served(row, version, began);
            });
        }

        private void repeat(long pauseNanos, Runnable work) {
            try {
                while (!stopped) {
                    work.run();
                    LockSupport.parkNanos(pauseNanos);
                }
            } catch (Throwable e) {
                failure = e;
            }
        }
    }
}
