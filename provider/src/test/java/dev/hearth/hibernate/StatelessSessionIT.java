package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.shop.Customer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stateless sessions, which Hibernate tells nothing of their transaction. */
final class StatelessSessionIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void persistAda() {
        writer.inTransaction(session -> session.persist(new Customer(id, mail(), "Ada", null)));
        assertThat(reader.ask(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void anUpdateInATransactionHoldsTheEntryUntilTheCommit() {
        inTransaction(session -> {
            rename(session, "Eve");
            writer.settle();

            assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
            assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
        });

        assertThat(reader.stored(Customer.class, id)).isEmpty();
        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void anUpdateRolledBackLeavesTheOldValue() {
        rolledBack(session -> rename(session, "Eve"));

        assertThat(reader.stored(Customer.class, id)).isEmpty();
        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void aDeleteInATransactionIsSeenOnceCommitted() {
        inTransaction(session -> {
            session.delete(session.get(Customer.class, id));
            writer.settle();
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded(null));
    }

    @Test
    void anUpsertInATransactionIsSeenOnceCommitted() {
        inTransaction(session -> {
            Customer customer = session.get(Customer.class, id);
            customer.setName("Eve");
            session.upsert(customer);
            writer.settle();
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void anInsertInATransactionIsPublishedByNobodyBeforeTheCommit() {
        rolledBack(session -> {
            session.insert(new Customer(-id, "minus" + mail(), "Eve", null));
            assertThat(session.get(Customer.class, -id).getName()).isEqualTo("Eve");
        });

        assertThat(reader.ask(session -> session.find(Customer.class, -id))).isEqualTo(loaded(null));
    }

    @Test
    void anUpdateOutsideATransactionIsSeenAtOnceAndReleasedAtOnce() {
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            rename(session, "Eve");
            writer.settle();

            assertThat(reader.stored(Customer.class, id)).isEmpty();
            assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
            assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
        }
    }

    @Test
    void aDeleteOutsideATransactionIsSeenAtOnce() {
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            session.delete(session.get(Customer.class, id));
            writer.settle();

            assertThat(reader.ask(name())).isEqualTo(loaded(null));
            assertThat(reader.stored(Customer.class, id)).isEmpty();
        }
    }

    @Test
    void anUpsertOutsideATransactionIsSeenAtOnce() {
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            Customer customer = session.get(Customer.class, id);
            customer.setName("Eve");
            session.upsert(customer);
            writer.settle();

            assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
            assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
        }
    }

    @Test
    void aBulkStatementInATransactionHoldsTheRegionUntilTheCommit() {
        inTransaction(session -> {
            session.createMutationQuery("update Customer set name = 'Eve' where id = " + id)
                    .executeUpdate();
            writer.settle();

            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void aBulkStatementRolledBackLeavesTheOldValue() {
        rolledBack(session -> {
            session.createMutationQuery("update Customer set name = 'Eve' where id = " + id)
                    .executeUpdate();
            assertThat(session.get(Customer.class, id).getName()).isEqualTo("Eve");
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
    }

    @Test
    void whatItReadsIsServedFromTheCacheAndPublished() {
        writer.cache().evict(Customer.class, id);

        Waiting.until("the load is published", () -> {
            inTransaction(session ->
                    assertThat(session.get(Customer.class, id).getName()).isEqualTo("Ada"));
            return reader.caches(Customer.class, id);
        });
        inTransaction(session -> {
            long before = writer.sql().ofThisThread();
            assertThat(session.get(Customer.class, id).getName()).isEqualTo("Ada");
            assertThat(writer.sql().ofThisThread()).isEqualTo(before);
        });
    }

    @Test
    void manyUpdatesInATransactionAreAwaitedOnceBeforeTheCommit() {
        writer.inTransaction(session -> {
            for (int i = 1; i <= 5; i++) {
                session.persist(new Customer(1000 * id + i, i + "of" + mail(), "Ada", null));
            }
        });

        long waits = CachingNode.waits(() -> inTransaction(session -> {
            for (int i = 1; i <= 5; i++) {
                Customer customer = new Customer(1000 * id + i, i + "of" + mail(), "Eve", null);
                session.update(customer);
            }
        }));

        assertThat(waits).isLessThanOrEqualTo(1);
        assertThat(reader.ask(session ->
                                session.find(Customer.class, 1000 * id + 5).getName())
                        .value())
                .isEqualTo("Eve");
    }

    private void inTransaction(Consumer<StatelessSession> work) {
        writer.sessionFactory().inStatelessTransaction(work);
        writer.settle();
    }

    private void rolledBack(Consumer<StatelessSession> work) {
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            session.beginTransaction();
            work.accept(session);
            session.getTransaction().rollback();
        }
        writer.settle();
    }

    private void rename(StatelessSession session, String name) {
        Customer customer = session.get(Customer.class, id);
        customer.setName(name);
        session.update(customer);
    }

    private String mail() {
        return id + "@example.org";
    }

    private Function<Session, String> name() {
        return session -> {
            Customer found = session.find(Customer.class, id);
            return found == null ? null : found.getName();
        };
    }
}
