package dev.hearth;

import static dev.hearth.Products.awaitAway;
import static dev.hearth.Products.awaitRecovered;
import static dev.hearth.Products.factory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import org.hibernate.JDBCException;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions whose locks Redis does not take. */
final class UnavailableLocksIT {
    private static final List<String> OWED = List.of(Products.REGION, "table Product");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void degradingTransactionCommitsAndItsRegionIsOwed() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint());
                Nodes nodes = nodes(proxy, "degrade")) {
            NodeFixture node = nodes.get(0);
            proxy.cut();
            awaitAway(node);

            Products.rename(node, 1, "changed");

            assertThat(Products.committed(postgres.database())).containsEntry(1L, "changed");
            assertThat(Products.name(node, 1)).isEqualTo("changed");
            assertThat(factory(node).regionsInDebt()).containsExactlyElementsOf(OWED);
            proxy.heal();
            awaitRecovered(node);
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    @Test
    void failingTransactionIsRolledBackAndSaysWhyWhileReadsGoOn() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint());
                Nodes nodes = nodes(proxy, "fail")) {
            NodeFixture node = nodes.get(0);
            proxy.cut();
            awaitAway(node);

            assertThatThrownBy(() -> Products.rename(node, 1, "changed"))
                    .rootCause()
                    .hasMessage("[" + Products.REGION + "] Redis does not take the lock that this transaction needs; it"
                            + " is rolled back because on-unavailable is 'fail' (with 'degrade' it would commit, and"
                            + " the region would be cleared later)");

            assertThat(Products.committed(postgres.database())).containsEntry(1L, "new 1");
            assertThat(Products.name(node, 1)).isEqualTo("new 1");
            proxy.heal();
            awaitRecovered(node);
            Products.rename(node, 1, "changed");
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    private static Nodes nodes(FaultProxy proxy, String onUnavailable) {
        Nodes nodes = Products.nodes(postgres.database(), proxy.endpoint())
                .setting("hibernate.cache.hearth.on-unavailable", onUnavailable)
                .start(1);
        Products.fill(nodes);
        return nodes;
    }

    @Test
    void fullRedisTakesLocksAllTheSameSoThatNothingIsOwedAndNothingStale() {
        try (RedisServerFixture server = RedisServers.start("--maxmemory-policy", "noeviction");
                Nodes nodes =
                        Products.nodes(postgres.database(), server.endpoint()).start(2)) {
            Products.fill(nodes);
            call(server, "CONFIG", "SET", "maxmemory", "100kb");
            try (Traffic first = Traffic.on(nodes.get(0), "first");
                    Traffic second = Traffic.on(nodes.get(1), "second")) {
                first.goesOn(100);
                second.goesOn(100);
                first.close();
                second.close();
                assertThat(first.failures()).isEmpty();
                assertThat(second.failures()).isEmpty();
            }

            for (NodeFixture node : nodes) {
                assertThat(factory(node).isAvailable()).isTrue();
                assertThat(factory(node).regionsInDebt()).isEmpty();
                assertThat(factory(node)
                                .statistics(Products.REGION)
                                .orElseThrow()
                                .failedLocks())
                        .isZero();
                Products.committed(postgres.database())
                        .forEach((id, name) ->
                                assertThat(Products.name(node, id)).isEqualTo(name));
            }
            call(server, "CONFIG", "SET", "maxmemory", "0");
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    @Test
    void redisThatRefusesScriptsFailsNoRequestAndTheDebtIsPaidWhenItRunsThem() {
        try (RedisServerFixture server = RedisServers.start();
                Nodes nodes =
                        Products.nodes(postgres.database(), server.endpoint()).start(2)) {
            Products.fill(nodes);
            call(server, "ACL", "SETUSER", "default", "-evalsha", "-eval");
            try (Traffic first = Traffic.on(nodes.get(0), "first");
                    Traffic second = Traffic.on(nodes.get(1), "second")) {
                first.goesOn(100);
                second.goesOn(100);
                for (NodeFixture node : nodes) {
                    Eventually.holds(
                            "a node that could not lock owes the region, and Redis counts as there",
                            () -> factory(node).isAvailable()
                                    && factory(node).regionsInDebt().equals(OWED));
                }
                call(server, "ACL", "SETUSER", "default", "+evalsha", "+eval");
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
    void sessionThatIsDroppedWhileItOwesARegionKeepsItOutOfUseNoLongerThanItCanBeReached() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint());
                Nodes nodes = nodes(proxy, "degrade")) {
            NodeFixture node = nodes.get(0);
            proxy.cut();
            awaitAway(node);
            assertThatThrownBy(() -> updateThatTheDatabaseRefuses(node)).isInstanceOf(JDBCException.class);
            assertThat(factory(node).regionsInDebt()).containsExactlyElementsOf(OWED);

            proxy.heal();

            Eventually.holds("the debt is paid", () -> {
                System.gc();
                return factory(node).regionsInDebt().isEmpty();
            });
            awaitRecovered(node);
            Products.assertNothingStale(postgres.database(), nodes);
        }
    }

    /* Outside transactions nobody hears that a statement has failed, so its lock is never released. */
    private static void updateThatTheDatabaseRefuses(NodeFixture node) {
        try (StatelessSession session = node.sessionFactory().openStatelessSession()) {
            session.update(new Product(1, "x".repeat(300), BigDecimal.ONE, null));
        }
    }

    private static void call(RedisServerFixture server, Object... command) {
        try (RedisConnection connection = server.connect()) {
            connection.call(command);
        }
    }
}
