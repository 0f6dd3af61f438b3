package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.JoinedTransactions;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions on a connection of the user's, in a transaction that began before they were opened. */
final class JoinedTransactionIT {
    private static final String SETTING = "hibernate.cache.hearth.joined-transactions";

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            3,
            builder -> builder.settingOf(1, SETTING, JoinedTransactions.NEVER.name())
                    .settingOf(2, SETTING, JoinedTransactions.ALWAYS.name()));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode node = nodes.get(0);
    private final CachingNode never = nodes.get(1);
    private final CachingNode always = nodes.get(2);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void persistKite() {
        node.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
    }

    @Test
    void anOldSnapshotIsNotPublished() throws SQLException {
        try (Connection connection = begin(Connection.TRANSACTION_REPEATABLE_READ)) {
            never.inTransaction(session -> session.find(Product.class, id).setName("Ball"));
            node.cache().evict(Product.class, id);
            node.awaitStamp();

            try (Session session = on(node, connection)) {
                assertThat(name().apply(session)).isEqualTo("Kite");
            }
            node.settle();
        }

        assertThat(node.ask(name())).isEqualTo(loaded("Ball"));
    }

    @Test
    void anOldSnapshotIsNotPublishedInAHibernateTransactionOnTheConnectionEither() throws SQLException {
        try (Connection connection = begin(Connection.TRANSACTION_REPEATABLE_READ)) {
            never.inTransaction(session -> session.find(Product.class, id).setName("Ball"));
            node.cache().evict(Product.class, id);
            node.awaitStamp();

            try (Session session = on(node, connection)) {
                session.beginTransaction();
                assertThat(name().apply(session)).isEqualTo("Kite");
                session.getTransaction().commit();
            }
            node.settle();
        }

        assertThat(node.ask(name())).isEqualTo(loaded("Ball"));
    }

    @Test
    void underReadCommittedWhatIsLoadedIsPublished() {
        publishesWhatItLoads(node);
    }

    @Test
    void neverPublishesNothingUnderReadCommittedEither() throws SQLException {
        long refused = never.statistics(Product.class).refusals(PutRefusal.JOINED_TRANSACTION);
        never.cache().evict(Product.class, id);
        never.awaitStamp();

        try (Connection connection = begin(Connection.TRANSACTION_READ_COMMITTED);
                Session session = on(never, connection)) {
            assertThat(name().apply(session)).isEqualTo("Kite");
        }
        never.settle();

        assertThat(never.statistics(Product.class).refusals(PutRefusal.JOINED_TRANSACTION))
                .isGreaterThan(refused);
        assertThat(never.caches(Product.class, id)).isFalse();
    }

    @Test
    void neverStillPublishesInTransactionsOfItsOwn() {
        never.cache().evict(Product.class, id);

        assertThat(never.askUntilCached(name())).isEqualTo(cached("Kite"));
    }

    @Test
    void alwaysPublishesUnderAnyIsolation() {
        always.cache().evict(Product.class, id);

        Waiting.until("the load is published", () -> {
            try (Connection connection = begin(Connection.TRANSACTION_REPEATABLE_READ);
                    Session session = on(always, connection)) {
                assertThat(name().apply(session)).isEqualTo("Kite");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            always.settle();
            return always.caches(Product.class, id);
        });
    }

    @Test
    void anUpdateOnTheUsersConnectionIsSeenOnceTheHibernateTransactionCommitted() throws SQLException {
        assertThat(node.ask(name())).isEqualTo(cached("Kite"));
        try (Connection connection = begin(Connection.TRANSACTION_READ_COMMITTED);
                Session session = on(node, connection)) {
            session.beginTransaction();
            session.find(Product.class, id).setName("Ball");
            session.flush();
            assertThat(never.ask(name())).isEqualTo(loaded("Kite"));
            session.getTransaction().commit();
        }
        node.settle();

        assertThat(never.ask(name())).isEqualTo(cached("Ball"));
    }

    @Test
    void aSessionPublishesNothingOfWhatAnotherOneOnItsConnectionHasInserted() throws SQLException {
        try (Connection connection = begin(Connection.TRANSACTION_READ_COMMITTED);
                Session first = on(node, connection);
                Session second = on(node, connection)) {
            first.beginTransaction();
            first.persist(new Product(-id, "Ball", BigDecimal.ONE, null));
            first.flush();
            assertThat(second.find(Product.class, -id)).isNotNull();
            first.getTransaction().rollback();
        }
        node.settle();

        assertThat(node.ask(session -> session.find(Product.class, -id))).isEqualTo(loaded(null));
    }

    @Test
    void anUpdateInATransactionOfTheUsersIsNeverStaleAndItsLockLapses() throws SQLException {
        try (Nodes more = nodes.builder()
                        .keepSchema()
                        .setting("hibernate.cache.hearth.lock-timeout", "1s")
                        .setting("hibernate.cache.hearth.redis.command-timeout", "900ms")
                        .setting("hibernate.allow_update_outside_transaction", true)
                        .start(1);
                Connection connection = begin(Connection.TRANSACTION_READ_COMMITTED)) {
            CachingNode brief = nodes.caching(more.get(0));
            assertThat(node.ask(name())).isEqualTo(cached("Kite"));
            try (Session session = on(brief, connection)) {
                session.find(Product.class, id).setName("Ball");
                session.flush();
                assertThat(node.ask(name())).isEqualTo(loaded("Kite"));
                connection.commit();
            }

            assertThat(node.ask(name())).isEqualTo(loaded("Ball"));
            assertThat(node.askUntilCached(name())).isEqualTo(cached("Ball"));
        }
    }

    /** Opens a connection with a transaction in which the database has answered something already. */
    private Connection begin(int isolation) throws SQLException {
        Connection connection = nodes.database().dataSource().getConnection();
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select count(*) from Product");
        }
        return connection;
    }

    private static Session on(CachingNode node, Connection connection) {
        return node.sessionFactory().withOptions().connection(connection).openSession();
    }

    private void publishesWhatItLoads(CachingNode publisher) {
        publisher.cache().evict(Product.class, id);
        Waiting.until("the load is published", () -> {
            try (Connection connection = begin(Connection.TRANSACTION_READ_COMMITTED);
                    Session session = on(publisher, connection)) {
                assertThat(name().apply(session)).isEqualTo("Kite");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            publisher.settle();
            return publisher.caches(Product.class, id);
        });
    }

    private Function<Session, String> name() {
        return session -> session.find(Product.class, id).getName();
    }
}
