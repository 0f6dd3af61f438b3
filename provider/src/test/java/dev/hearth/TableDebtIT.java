package dev.hearth;

import static dev.hearth.ProductQueries.awaitHits;
import static dev.hearth.ProductQueries.awaitNameHit;
import static dev.hearth.ProductQueries.customersAreHit;
import static dev.hearth.ProductQueries.name;
import static dev.hearth.ProductQueries.nameIsHit;
import static dev.hearth.Products.awaitAway;
import static dev.hearth.Products.awaitRecovered;
import static dev.hearth.Products.factory;
import static dev.hearth.Products.rename;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.statistics.MissReason;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Query results while one node cannot tell Redis which tables it changes, and afterwards. */
final class TableDebtIT {
    private static final String TABLE = "table Product";
    private static final String TABLES = "hearth:{tables}";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private RedisServerFixture server;
    private FaultProxy proxy;
    private Nodes nodes;
    private NodeFixture reader;
    private NodeFixture writer;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        proxy = FaultProxy.to(server.endpoint());
        nodes = builder().start(2);
        reader = nodes.get(0);
        writer = nodes.get(1);
        Products.persist(reader);
        nodes.forEach(ProductQueries::awaitHits);
    }

    private Nodes.Builder builder() {
        return Products.nodes(postgres.database(), server.endpoint())
                .setting("hibernate.allow_update_outside_transaction", true)
                .setting("hibernate.cache.hearth.lock-timeout", "2s")
                .settingOf(1, Nodes.REDIS_URL, proxy.url());
    }

    @AfterEach
    void stop() {
        nodes.close();
        proxy.close();
        server.close();
    }

    @Test
    void aNodeThatIsCutOffCommitsAndPaysTheTablesDebtBeforeItUsesResultsOverIt() {
        proxy.cut();
        awaitAway(writer);

        rename(writer, 1, "changed");

        assertThat(factory(writer).regionsInDebt()).contains(TABLE);
        assertThat(name(writer)).isEqualTo("changed");
        proxy.heal();
        awaitRecovered(writer);
        assertNothingOld("changed");
    }

    @Test
    void aNodeWhoseCommandsAreHeldBackCommitsAndLeavesNothingOldBehind() {
        proxy.hold();

        rename(writer, 1, "changed");

        assertThat(factory(writer).regionsInDebt()).contains(TABLE);
        assertThat(name(writer)).isEqualTo("changed");
        proxy.heal();
        awaitRecovered(writer);
        assertNothingOld("changed");
    }

    @Test
    void resultsOverOtherTablesAreUsedWhileATableIsOwed() throws SQLException {
        proxy.cut();
        awaitAway(writer);
        try (Connection connection = postgres.database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            changeOn(connection);
            proxy.heal();
            Eventually.holds("Redis is back", factory(writer)::isAvailable);

            Eventually.holds("other results are used", () -> customersAreHit(writer));
            assertThat(factory(writer).regionsInDebt()).contains(TABLE);
            long inDebt = ProductQueries.statistics(writer).misses(MissReason.IN_DEBT);
            assertThat(nameIsHit(writer)).isFalse();
            assertThat(ProductQueries.statistics(writer).misses(MissReason.IN_DEBT))
                    .isEqualTo(inDebt + 1);
            connection.commit();
        }

        awaitRecovered(writer);
        assertNothingOld("changed");
    }

    /* Nobody tells Hibernate of the end of this transaction, so what it owes is owed until its lock would have lapsed. */
    private void changeOn(Connection connection) {
        try (Session session =
                writer.sessionFactory().withOptions().connection(connection).openSession()) {
            session.createMutationQuery("update Product set name = 'changed' where id = 1")
                    .executeUpdate();
        }
    }

    @Test
    void aTransactionIsRolledBackWhereThatIsAsked() {
        try (Nodes strict = builder()
                .keepSchema()
                .setting("hibernate.cache.hearth.query.on-unavailable", "fail")
                .start(2)) {
            NodeFixture failing = strict.get(1);
            awaitHits(failing);
            proxy.cut();
            awaitAway(failing);

            assertThatThrownBy(() -> rename(failing, 1, "changed")).hasStackTraceContaining(TABLE);

            assertThat(name(failing)).isEqualTo("new 1");
            proxy.heal();
            awaitRecovered(failing);
            awaitNameHit(failing);
            assertThat(name(failing)).isEqualTo("new 1");
        }
    }

    @Test
    void anAnnouncementOfANodeThatDiedLapsesAndNothingOldIsServedBefore() {
        try (Session session = writer.sessionFactory().openSession()) {
            session.beginTransaction();
            session.find(Product.class, 1L).setName("changed");
            session.flush();
            Eventually.holds("the table is announced", () -> announced(TABLES) > 0);
            assertThat(nameIsHit(reader)).isFalse();
            proxy.cut();
            awaitAway(writer);
            session.getTransaction().commit();

            Eventually.holds("results are used again", () -> {
                assertThat(name(reader)).isEqualTo("changed");
                return nameIsHit(reader);
            });
        }
    }

    @Test
    void everyTransactionOnAConnectionThatWasHandedInAnnouncesAndLocksAnew() throws SQLException {
        try (Connection connection = postgres.database().dataSource().getConnection();
                Session session = writer.sessionFactory()
                        .withOptions()
                        .connection(connection)
                        .openSession()) {
            connection.setAutoCommit(false);
            for (String name : new String[] {"changed", "changed again"}) {
                session.find(Product.class, 1L).setName(name);
                session.flush();
                connection.commit();

                Eventually.holds("what was announced has lapsed", () -> {
                    assertThat(name(reader)).isEqualTo(name);
                    assertThat(Products.name(reader, 1)).isEqualTo(name);
                    return nameIsHit(reader) && Products.isHit(reader, 1);
                });
            }
        }
    }

    @Test
    void anAnnouncementOutlastsItsTimeoutWhileItsTransactionIsUnderWay() {
        try (Session session = writer.sessionFactory().openSession()) {
            session.beginTransaction();
            session.find(Product.class, 1L).setName("changed");
            session.flush();
            Eventually.holds("the table is announced", () -> announced(TABLES) > 0);
            long first = announced(TABLES);

            Eventually.holds("the first announcement would have lapsed", () -> {
                assertThat(nameIsHit(reader)).isFalse();
                return redisMicros() > first + 500_000;
            });
            session.getTransaction().commit();
        }

        assertNothingOld("changed");
    }

    @Test
    void aHashOfTablesThatIsLostIsStale() {
        try (RedisConnection redis = server.connect()) {
            redis.call("DEL", TABLES);
        }

        long stale = ProductQueries.statistics(reader).misses(MissReason.STALE);
        assertThat(nameIsHit(reader)).isFalse();
        assertThat(ProductQueries.statistics(reader).misses(MissReason.STALE)).isEqualTo(stale + 1);
        awaitNameHit(reader);
    }

    @Test
    void aSnapshotFromBeforeAChangeServesNothingOld() {
        server.saveSnapshot();
        rename(writer, 1, "changed");
        nodes.forEach(ProductQueries::awaitHits);

        server.kill();
        nodes.forEach(Products::awaitAway);
        server.restoreSnapshot();
        server.start();
        nodes.forEach(Products::awaitRecovered);

        assertNothingOld("changed");
    }

    private void assertNothingOld(String expected) {
        for (NodeFixture node : nodes) {
            Eventually.holds("the cache answers", () -> {
                assertThat(name(node)).isEqualTo(expected);
                return nameIsHit(node);
            });
            assertThat(name(node)).isEqualTo(expected);
        }
    }

    /** When the announcement of the table of products lapses, or 0 if there is none. */
    private long announced(String key) {
        try (RedisConnection redis = server.connect()) {
            String state = String.valueOf(redis.text("HGET", key, "Product"));
            return state.endsWith(";") ? Long.parseLong(state.substring(state.length() - 17, state.length() - 1)) : 0;
        }
    }

    private long redisMicros() {
        try (RedisConnection redis = server.connect()) {
            return redis.number("EVAL", "local t = redis.call('TIME') return t[1] * 1000000 + t[2]", 0);
        }
    }
}
