package dev.hearth;

import static dev.hearth.Products.awaitAway;
import static dev.hearth.Products.awaitHit;
import static dev.hearth.Products.awaitRecovered;
import static dev.hearth.Products.factory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis goes away and comes back while nodes go on committing. */
final class OutageIT {
    private static final String RECORD = "hearth:{" + Products.REGION + ".0}";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void redisKilledUnderLoadAndBackWithItsOldSnapshotFailsNoRequestAndServesNothingOld() {
        try (RedisServerFixture server = RedisServers.start();
                Nodes nodes =
                        Products.nodes(postgres.database(), server.endpoint()).start(2)) {
            Products.fill(nodes);
            server.saveSnapshot();
            String before = record(server);

            try (Traffic first = Traffic.on(nodes.get(0), "first");
                    Traffic second = Traffic.on(nodes.get(1), "second")) {
                first.goesOn(100);
                second.goesOn(100);
                server.kill();
                nodes.forEach(Products::awaitAway);
                first.goesOn(50);
                second.goesOn(50);
                server.restoreSnapshot();
                server.start();
                nodes.forEach(Products::awaitRecovered);
                first.goesOn(100);
                second.goesOn(100);

                first.close();
                second.close();
                assertThat(first.failures()).isEmpty();
                assertThat(second.failures()).isEmpty();
            }

            nodes.forEach(Products::awaitRecovered);
            Products.assertNothingStale(postgres.database(), nodes);
            assertThat(identity(record(server))).isNotEqualTo(identity(before));
            assertThat(generation(record(server))).isGreaterThan(generation(before));
        }
    }

    @Test
    void nodeThatWasCutOffPaysItsDebtBeforeItUsesTheRegions() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint());
                Nodes nodes = Products.nodes(postgres.database(), server.endpoint())
                        .settingOf(1, Nodes.REDIS_URL, proxy.url())
                        .start(2)) {
            Products.fill(nodes);
            NodeFixture cutOff = nodes.get(1);
            long generation = generation(record(server));

            try (Traffic first = Traffic.on(nodes.get(0), "first");
                    Traffic second = Traffic.on(cutOff, "second")) {
                proxy.cut();
                awaitAway(cutOff);
                first.goesOn(100);
                second.goesOn(100);
                assertThat(factory(cutOff).regionsInDebt()).containsExactly(Products.REGION, "table Product");
                assertThat(generation(record(server))).isEqualTo(generation);
                long hits = hits(cutOff);
                proxy.heal();
                Eventually.holds("the cut node uses the region again", () -> hits(cutOff) > hits);
                assertThat(generation(record(server))).isGreaterThan(generation);
                first.goesOn(100);
                second.goesOn(100);

                first.close();
                second.close();
                assertThat(first.failures()).isEmpty();
                assertThat(second.failures()).isEmpty();
            }

            nodes.forEach(Products::awaitRecovered);
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    @Test
    void transactionWhoseLockWentDownWithRedisAndWhoseReleaseIsLostLeavesNothingOldBehind() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint());
                Nodes nodes = Products.nodes(postgres.database(), server.endpoint())
                        .settingOf(1, Nodes.REDIS_URL, proxy.url())
                        .start(2)) {
            Products.fill(nodes);
            NodeFixture reader = nodes.get(0);
            NodeFixture writer = nodes.get(1);

            try (Session session = writer.sessionFactory().openSession()) {
                Transaction transaction = session.beginTransaction();
                session.find(Product.class, 1L).setName("changed");
                session.flush();
                Eventually.holds("product 1 is locked", () -> entry(server, 1).startsWith("L"));
                proxy.cut();
                server.kill();
                nodes.forEach(Products::awaitAway);
                server.start();
                awaitRecovered(reader);
                awaitHit(reader, 1);
                transaction.commit();
            }
            proxy.heal();

            nodes.forEach(Products::awaitRecovered);
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    @Test
    void firstWriteOfANodeThatStartedWithoutRedisReachesTheRightBucket() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint());
                Nodes first = Products.nodes(postgres.database(), server.endpoint())
                        .setting("hibernate.cache.hearth.buckets", "8")
                        .start(1)) {
            Products.fill(first);
            proxy.cut();
            try (Nodes late = Products.nodes(postgres.database(), proxy.endpoint())
                    .setting("hibernate.cache.hearth.buckets", "8")
                    .keepSchema()
                    .start(1)) {
                proxy.heal();
                NodeFixture writer = late.get(0);
                Eventually.holds("Redis is reached", factory(writer)::isAvailable);
                Product product = new Product(7, "changed", BigDecimal.ONE, null);
                try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
                    Transaction transaction = session.beginTransaction();
                    session.update(product);
                    transaction.commit();
                }

                awaitRecovered(writer);
                Products.assertNothingStale(postgres.database(), first);
                Products.assertNothingStale(postgres.database(), late);
            }
        }
    }

    private static long hits(NodeFixture node) {
        return factory(node).statistics(Products.REGION).orElseThrow().hits();
    }

    private static String entry(RedisServerFixture server, long id) {
        try (RedisConnection connection = server.connect()) {
            return String.valueOf(connection.text("GETRANGE", RECORD + ":" + id, 0, 0));
        }
    }

    private static String record(RedisServerFixture server) {
        try (RedisConnection connection = server.connect()) {
            return String.valueOf(connection.text("GET", RECORD));
        }
    }

    private static long generation(String record) {
        return Long.parseLong(record.substring(1, 17));
    }

    private static String identity(String record) {
        return record.substring(17, 33);
    }
}
