package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.jta.UserTransaction;
import dev.hearth.test.Action;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Product;
import jakarta.transaction.Status;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions in the transactions of a JTA transaction manager. The other node knows nothing of JTA. */
final class JtaIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1);

    private static final AtomicLong IDS = new AtomicLong();
    private static Nodes jta;
    private static CachingNode writer;

    private final jakarta.transaction.UserTransaction transaction = UserTransaction.userTransaction();
    private final CachingNode reader = nodes.get(0);
    private final long id = IDS.incrementAndGet();

    @BeforeAll
    static void start() {
        jta = JtaFixture.configure(nodes.builder().keepSchema(), nodes.database())
                .start(1);
        writer = nodes.caching(jta.get(0));
    }

    @AfterAll
    static void stop() {
        jta.close();
    }

    @BeforeEach
    void persistKite() {
        reader.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
    }

    @AfterEach
    void noTransactionIsLeft() throws Exception {
        if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transaction.rollback();
        }
    }

    @Test
    void anUpdateIsHeldUntilTheCommitAndServedAfterIt() throws Exception {
        committed(() -> {
            try (Session session = writer.open()) {
                rename(session, "Ball");
                session.flush();
                writer.settle();
                assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
                assertThat(reader.stored(Product.class, id)).isEqualTo("L");
            }
        });

        assertThat(reader.ask(name())).isEqualTo(cached("Ball"));
    }

    @Test
    void anUpdateFlushedByTheCommitItselfIsServedAfterIt() throws Exception {
        transaction.begin();
        Session session = writer.open();
        rename(session, "Ball");
        transaction.commit();
        session.close();
        writer.settle();

        assertThat(reader.ask(name())).isEqualTo(cached("Ball"));
    }

    @Test
    void anUpdateRolledBackLeavesTheOldValue() throws Exception {
        transaction.begin();
        try (Session session = writer.open()) {
            rename(session, "Ball");
            session.flush();
            transaction.rollback();
        }
        writer.settle();

        assertThat(reader.stored(Product.class, id)).isEmpty();
        assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Kite"));
    }

    @Test
    void whatATransactionLoadsIsPublished() {
        writer.cache().evict(Product.class, id);

        Waiting.until("the load is published", () -> {
            committed(() -> {
                try (Session session = writer.open()) {
                    assertThat(name().apply(session)).isEqualTo("Kite");
                }
            });
            return reader.caches(Product.class, id);
        });
    }

    @Test
    void anUpdateRolledBackByTheReaperLeavesTheOldValue() throws Exception {
        transaction.setTransactionTimeout(1);
        transaction.begin();
        transaction.setTransactionTimeout(0);
        Session session = writer.open();
        rename(session, "Ball");
        session.flush();
        writer.settle();
        assertThat(reader.stored(Product.class, id)).isEqualTo("L");

        Waiting.until("the transaction has been rolled back", () -> status() == Status.STATUS_ROLLEDBACK);
        // Hibernate tells of it when the session is used next, on its own thread.
        assertThatThrownBy(session::close).hasMessageContaining("different thread");
        writer.settle();

        assertThat(reader.stored(Product.class, id)).isEmpty();
        assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Kite"));
    }

    @Test
    void twoSessionsInOneTransactionThatChangeOneEntityEndWithTheLastValue() throws Exception {
        committed(() -> {
            try (Session first = writer.open();
                    Session second = writer.open()) {
                rename(first, "Ball");
                first.flush();
                rename(second, "Doll");
                second.flush();
                writer.settle();
                assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
            }
        });

        assertThat(reader.stored(Product.class, id)).isNotEqualTo("L");
        assertThat(reader.ask(name()).value()).isEqualTo("Doll");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Doll"));
    }

    @Test
    void aSessionPublishesNothingOfWhatAnotherOneInItsTransactionHasChanged() throws Exception {
        transaction.begin();
        try (Session first = writer.open();
                Session second = writer.open()) {
            rename(first, "Ball");
            first.flush();
            assertThat(name().apply(second)).isEqualTo("Ball");
            writer.settle();
            assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
            transaction.rollback();
        }
        writer.settle();

        assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
    }

    @Test
    void aSessionPublishesNothingOfWhatAnotherOneInItsTransactionHasInserted() throws Exception {
        transaction.begin();
        try (Session first = writer.open();
                Session second = writer.open()) {
            first.persist(new Product(-id, "Ball", BigDecimal.ONE, null));
            first.flush();
            assertThat(second.find(Product.class, -id)).isNotNull();
            writer.settle();
            assertThat(reader.ask(session -> session.find(Product.class, -id))).isEqualTo(loaded(null));
            transaction.rollback();
        }
        writer.settle();

        assertThat(reader.ask(session -> session.find(Product.class, -id))).isEqualTo(loaded(null));
    }

    @Test
    void aStatelessUpdateIsHeldUntilTheCommit() throws Exception {
        committed(() -> {
            try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
                Product product = session.get(Product.class, id);
                product.setName("Ball");
                session.update(product);
                writer.settle();
                assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
            }
        });

        assertThat(reader.stored(Product.class, id)).isEmpty();
        assertThat(reader.ask(name())).isEqualTo(loaded("Ball"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ball"));
    }

    @Test
    void aBulkStatementHoldsTheRegionUntilTheCommit() throws Exception {
        committed(() -> {
            try (Session session = writer.open()) {
                session.createMutationQuery("update Product set name = 'Ball' where id = " + id)
                        .executeUpdate();
                writer.settle();
                assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
                assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
            }
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ball"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ball"));
    }

    @Test
    void manyUpdatesAreAwaitedOnceBeforeTheCommit() throws Exception {
        transaction.begin();
        try (Session session = writer.open()) {
            rename(session, "Ball");
            long waits = CachingNode.waits(this::commit);
            assertThat(waits).isLessThanOrEqualTo(1);
        }
        writer.settle();

        assertThat(reader.ask(name())).isEqualTo(cached("Ball"));
    }

    private void committed(Action work) {
        try {
            transaction.begin();
            work.run();
            transaction.commit();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        writer.settle();
    }

    private void commit() {
        try {
            transaction.commit();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private int status() {
        try {
            return transaction.getStatus();
        } catch (jakarta.transaction.SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    private void rename(Session session, String name) {
        session.find(Product.class, id).setName(name);
    }

    private Function<Session, String> name() {
        return session -> session.find(Product.class, id).getName();
    }
}
