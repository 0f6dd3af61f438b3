package dev.hearth;

import static dev.hearth.Products.awaitAway;
import static dev.hearth.Products.awaitRecovered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.statistics.Sample;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hibernate.CacheMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node counts whatever the region: its circuit, its debt, what is under way, and sizes in Redis. */
final class NodeCountersIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static RedisServerFixture server;
    private static FaultProxy proxy;
    private static Nodes nodes;
    private static NodeFixture node;
    private static NodeStatistics statistics;
    private static RegionStatistics products;

    @BeforeAll
    static void start() {
        server = RedisServers.start();
        proxy = FaultProxy.to(server.endpoint());
        nodes = Products.nodes(postgres.database(), proxy.endpoint())
                .setting("hibernate.cache.hearth.statistics.sample-interval", "1s")
                .start(1);
        node = nodes.get(0);
        Products.fill(nodes);
        statistics = Products.factory(node).nodeStatistics();
        products = Products.factory(node).statistics(Products.REGION).orElseThrow();
    }

    @AfterAll
    static void stop() {
        nodes.close();
        proxy.close();
        server.close();
    }

    @Test
    void aCircuitThatOpensIsCountedOnceAndWhatIsOwedIsNamed() {
        long openings = statistics.circuitOpenings();
        long failed = products.failedLocks();
        assertThat(statistics.isAvailable()).isTrue();
        assertThat(statistics.debt()).isEmpty();
        proxy.cut();
        try {
            awaitAway(node);

            assertThat(statistics.isAvailable()).isFalse();
            Eventually.holds("the opening is counted", () -> statistics.circuitOpenings() == openings + 1);
            long unavailable = products.misses(MissReason.UNAVAILABLE);
            node.inTransaction(session -> session.find(Product.class, 1L));
            assertThat(products.misses(MissReason.UNAVAILABLE)).isEqualTo(unavailable + 1);
            Products.rename(node, 1, "changed");
            assertThat(products.failedLocks()).isEqualTo(failed + 1);
            assertThat(statistics.debt()).contains(Products.REGION);
            long owed = products.misses(MissReason.IN_DEBT);
            node.inTransaction(session -> session.find(Product.class, 1L));
            assertThat(products.misses(MissReason.IN_DEBT)).isEqualTo(owed + 1);
        } finally {
            proxy.heal();
        }
        awaitRecovered(node);

        assertThat(statistics.isAvailable()).isTrue();
        assertThat(statistics.circuitOpenings()).isEqualTo(openings + 1);
        assertThat(statistics.debt()).isEmpty();
    }

    @Test
    void readsThatShareACommandAreCounted() {
        long before = statistics.combinedReads();
        node.inTransaction(session -> session.find(Product.class, 1L));
        assertThat(statistics.combinedReads()).isEqualTo(before);
        proxy.delayRoundTrip(Duration.ofMillis(20));
        try {
            Eventually.holds("reads share a command", () -> {
                CompletableFuture<?>[] readers = IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> node.inTransaction(session -> session.find(Product.class, 1L + i % 3))))
                        .toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(readers).join();
                return statistics.combinedReads() >= before + 2;
            });
        } finally {
            proxy.delayRoundTrip(Duration.ZERO);
        }
    }

    @Test
    void commandsUnderWayAreCountedWhileTheyAre() {
        Eventually.holds("nothing is under way", () -> statistics.inFlight() == 0);
        proxy.delayRoundTrip(Duration.ofMillis(200));
        try {
            CompletableFuture<Void> reader =
                    CompletableFuture.runAsync(() -> node.inTransaction(session -> session.find(Product.class, 1L)));
            Eventually.holds("a command is under way", () -> statistics.inFlight() > 0);
            reader.join();
        } finally {
            proxy.delayRoundTrip(Duration.ZERO);
        }
        Eventually.holds("nothing is under way any more", () -> statistics.inFlight() == 0);
    }

    @Test
    void aPutBeyondTheLimitOfCommandsUnderWayIsDroppedAndCounted() {
        try (Nodes narrow = Products.nodes(postgres.database(), proxy.endpoint())
                .setting("hibernate.cache.hearth.maximum-in-flight", "1")
                .keepSchema()
                .start(1)) {
            RegionStatistics counted =
                    Products.factory(narrow.get(0)).statistics(Products.REGION).orElseThrow();
            narrow.get(0).sessionFactory().getCache().evictEntityData(Product.class);
            proxy.delayRoundTrip(Duration.ofMillis(50));
            try {
                narrow.get(0)
                        .inTransaction(session -> LongStream.rangeClosed(1, 3)
                                .forEach(id -> session.find(Product.class, id, CacheMode.PUT)));
            } finally {
                proxy.delayRoundTrip(Duration.ZERO);
            }

            assertThat(counted.refusals(PutRefusal.CONGESTED)).isEqualTo(2);
        }
    }

    @Test
    void sizesInRedisAreLookedUpInTheBackground() {
        LongStream.rangeClosed(1, 3).forEach(id -> Products.name(node, id));
        List<String> entries = server.connect().keys("*" + Products.REGION + ".0}:*");
        Instant begun = Instant.now();

        Eventually.holds("a sample counts " + entries.size() + " entries", () -> {
            Sample sample = products.remoteEntries().orElse(null);
            return sample != null && sample.at().isAfter(begun) && sample.value() == entries.size();
        });
        assertThat(entries).isNotEmpty();
        assertThat(statistics.redisMemory().orElseThrow().value()).isGreaterThan(100_000);
        assertThat(statistics.redisMaximumMemory().orElseThrow().value()).isZero();
    }

    @Test
    void aResetBeginsAnew() {
        node.inTransaction(session -> session.find(Product.class, 1L).setName("once more " + System.nanoTime()));
        assertThat(statistics.lockWaits().snapshot().count()).isPositive();

        statistics.reset();

        assertThat(statistics.lockWaits().snapshot().count()).isZero();
        assertThat(statistics.circuitOpenings()).isZero();
        assertThat(statistics.tables().announcements()).isZero();
        assertThat(statistics.tables().totalAnnouncements()).isPositive();
    }
}
