package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a transaction leaves in the cache, as the other node sees it. */
final class TransactionIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @Test
    void anInsertIsServedToTheOtherNodeOnceCommitted() {
        persistAda();

        assertThat(reader.ask(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void anInsertThatIsRolledBackIsServedToNobody() {
        writer.rolledBack(session -> {
            session.persist(new Customer(id, mail(), "Ada", null));
            session.flush();
        });

        assertThat(reader.ask(name())).isEqualTo(loaded(null));
        assertThat(writer.ask(name())).isEqualTo(loaded(null));
    }

    @Test
    void anUpdateIsServedToTheOtherNodeOnceCommitted() {
        persistAda();

        writer.inTransaction(session -> find(session).setName("Eve"));

        assertThat(reader.ask(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void theOtherNodeNeitherReadsNorPublishesWhileAnUpdateIsUnderWay() {
        persistAda();

        writer.inTransaction(session -> {
            find(session).setName("Eve");
            session.flush();
            writer.settle();

            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
            assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
        });

        assertThat(reader.ask(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void anUpdateThatIsRolledBackLeavesTheOldValueToBeLoadedAndCachedAgain() {
        persistAda();

        writer.rolledBack(session -> {
            find(session).setName("Eve");
            session.flush();
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void anUpdateThatLostTheRaceForItsVersionPublishesNothing() {
        persistAda();
        try (Session late = writer.open()) {
            late.beginTransaction();
            Customer seen = find(late);
            reader.inTransaction(session -> find(session).setName("Eve"));
            seen.setName("Mallory");

            assertThatThrownBy(() -> late.getTransaction().commit()).isInstanceOf(OptimisticLockException.class);
        }
        writer.settle();

        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
        assertThat(writer.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void anEntityFlushedTwiceIsLockedAndPublishedOnceWithItsLastValue() {
        persistAda();
        long locks = writer.statistics(Customer.class).locks();
        long puts = writer.statistics(Customer.class).puts();

        writer.inTransaction(session -> {
            find(session).setName("Eve");
            session.flush();
            find(session).setName("Zoe");
            session.flush();
        });

        assertThat(reader.ask(name())).isEqualTo(cached("Zoe"));
        assertThat(writer.statistics(Customer.class).locks() - locks).isOne();
        assertThat(writer.statistics(Customer.class).puts() - puts).isOne();
        assertThat(writer.statistics(Customer.class).concurrentLocks()).isZero();
    }

    @Test
    void anEntityUpdatedAndThenDeletedIsGoneForTheOtherNode() {
        persistAda();

        writer.inTransaction(session -> {
            find(session).setName("Eve");
            session.flush();
            session.remove(find(session));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded(null));
        assertThat(reader.stored(Customer.class, id)).isEmpty();
    }

    @Test
    void aDeleteThatIsRolledBackLeavesTheEntityToBeLoaded() {
        persistAda();

        writer.rolledBack(session -> {
            session.remove(find(session));
            session.flush();
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void anEntityDeletedAndInsertedAnewUnderItsIdIsTheNewOne() {
        persistAda();

        writer.inTransaction(session -> {
            session.remove(find(session));
            session.flush();
            session.persist(new Customer(id, mail(), "Eve", null));
        });

        assertThat(reader.ask(name()).value()).isEqualTo("Eve");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void anEntityDeletedAndInsertedAnewIsTheOldOneAfterRollback() {
        persistAda();

        writer.rolledBack(session -> {
            session.remove(find(session));
            session.flush();
            session.persist(new Customer(id, mail(), "Eve", null));
            session.flush();
        });

        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void aRefreshReadsTheDatabaseAndLeavesTheEntityCacheable() {
        persistAda();
        executeBehindTheCache("update Customer set name = 'Eve' where id = " + id);
        assertThat(writer.ask(name())).isEqualTo(cached("Ada"));

        String refreshed = writer.ask(session -> {
                    Customer customer = find(session);
                    session.refresh(customer);
                    return customer.getName();
                })
                .value();

        assertThat(refreshed).isEqualTo("Eve");
        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void aRefreshInATransactionThatChangedTheRowPublishesNothingBeforeTheCommit() {
        persistAda();

        writer.rolledBack(session -> {
            Customer customer = find(session);
            customer.setName("Eve");
            session.flush();
            session.refresh(customer);
            writer.settle();

            assertThat(customer.getName()).isEqualTo("Eve");
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void aPessimisticFindReadsTheDatabaseAndHoldsTheEntryUntilTheTransactionEnds() {
        persistAda();

        writer.inTransaction(session -> {
            Customer found = session.find(Customer.class, id, LockModeType.PESSIMISTIC_WRITE);
            writer.settle();

            assertThat(found.getName()).isEqualTo("Ada");
            assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
        });

        assertThat(reader.stored(Customer.class, id)).isNotEqualTo("L");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void anUpdateAfterAPessimisticFindIsServedOnceCommitted() {
        persistAda();

        writer.inTransaction(session ->
                session.find(Customer.class, id, LockModeType.PESSIMISTIC_WRITE).setName("Eve"));

        assertThat(reader.ask(name()).value()).isEqualTo("Eve");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void anUpdateOfAnEntityWithoutAVersionIsServedOnceCommitted() {
        persistKite();
        assertThat(reader.ask(label())).isEqualTo(cached("Kite"));

        writer.inTransaction(session -> product(session).setName("Ball"));

        assertThat(reader.ask(label())).isEqualTo(cached("Ball"));
    }

    @Test
    void twoConcurrentWritersPublishNothing() {
        persistKite();
        long before = reader.statistics(Product.class).concurrentLocks();
        CompletableFuture<Void> second = new CompletableFuture<>();

        writer.inTransaction(session -> {
            product(session).setName("Ball");
            session.flush();
            second.completeAsync(() -> {
                reader.inTransaction(other -> product(other).setName("Doll"));
                return null;
            });
            // The second writer's lock is in Redis, and its statement waits for the first one's row lock.
            Waiting.until(
                    "both hold the entry",
                    () -> reader.statistics(Product.class).concurrentLocks() > before);
        });
        second.join();

        assertThat(reader.stored(Product.class, id)).isEmpty();
        assertThat(reader.askUntilCached(label())).isEqualTo(cached("Doll"));
        assertThat(writer.ask(label())).isEqualTo(cached("Doll"));
    }

    private void persistKite() {
        writer.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
    }

    private Product product(Session session) {
        return session.find(Product.class, id);
    }

    private Function<Session, String> label() {
        return session -> product(session).getName();
    }

    private void persistAda() {
        writer.inTransaction(session -> session.persist(new Customer(id, mail(), "Ada", null)));
    }

    private String mail() {
        return id + "@example.org";
    }

    private Customer find(Session session) {
        return session.find(Customer.class, id);
    }

    private Function<Session, String> name() {
        return session -> {
            Customer found = find(session);
            return found == null ? null : found.getName();
        };
    }

    private static void executeBehindTheCache(String sql) {
        Sql.execute(nodes.database(), sql);
    }
}
