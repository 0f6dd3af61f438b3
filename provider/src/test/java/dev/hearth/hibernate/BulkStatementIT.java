package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statements that change rows without their entities: HQL and native SQL. */
final class BulkStatementIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(10);

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> {
            Customer ada = new Customer(id, mail(), "Ada", null);
            session.persist(ada);
            session.persist(new Order(id, LocalDate.of(2026, 1, 2), ada));
            session.persist(new Product(id, "Kite", BigDecimal.ONE, null));
        });
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
        assertThat(reader.askUntilCached(label())).isEqualTo(cached("Kite"));
        assertThat(reader.askUntilCached(orders())).isEqualTo(cached(1));
        assertThat(reader.askUntilCached(idByMail())).isEqualTo(cached(id));
    }

    @Test
    void whatAnHqlUpdateCommittedIsReadByTheOtherNodeAndCachedAgain() {
        writer.inTransaction(hql("update Customer set name = 'Eve' where id = :id"));

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void whatAnHqlUpdateRolledBackLeavesTheOldValue() {
        writer.rolledBack(hql("update Customer set name = 'Eve' where id = :id"));

        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void untilTheCommitTheOtherNodeNeitherReadsNorPublishesAnyEntryOfTheRegion() {
        writer.inTransaction(session -> {
            hql("update Customer set name = 'Eve' where id = :id").accept(session);
            writer.settle();

            // The first load may have begun, by Redis's clock, before the statement: another reason to refuse it.
            long refused = reader.statistics(Customer.class).refusals(PutRefusal.BULK_LOCKED);
            Waiting.until("a load is refused because of the statement", () -> {
                assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
                return reader.statistics(Customer.class).refusals(PutRefusal.BULK_LOCKED) > refused;
            });
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
    }

    @Test
    void theSessionItselfReadsItsStatementsRowsAndPublishesNoneOfThem() {
        writer.rolledBack(session -> {
            hql("update Customer set name = 'Eve' where id = :id").accept(session);
            assertThat(name().apply(session)).isEqualTo("Eve");
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
    }

    @Test
    void aLoadThatBeganBeforeTheStatementPublishesNothingAfterTheCommit() {
        try (Session early = reader.open()) {
            early.beginTransaction();
            writer.inTransaction(hql("update Customer set name = 'Eve' where id = :id"));
            assertThat(name().apply(early)).isEqualTo("Eve");
            reader.settle();

            assertThat(reader.caches(Customer.class, id)).isFalse();
            early.getTransaction().commit();
        }
    }

    @Test
    void anHqlUpdateClearsTheNaturalIdsAndTheCollectionsOfItsEntity() {
        writer.inTransaction(session -> {
            hql("update Customer set email = 'new' || email where id = :id").accept(session);
            hql("delete from Order where id = :id").accept(session);
        });

        assertThat(reader.ask(idByMail())).isEqualTo(loaded(null));
        assertThat(reader.ask(orders())).isEqualTo(loaded(0));
    }

    @Test
    void anHqlUpdateLeavesOtherRegionsAlone() {
        writer.inTransaction(hql("update Customer set name = 'Eve' where id = :id"));

        assertThat(reader.ask(label())).isEqualTo(cached("Kite"));
    }

    @Test
    void anHqlUpdateAfterAnUpdateOfTheEntityPublishesNeither() {
        writer.inTransaction(session -> {
            session.find(Customer.class, id).setName("Zoe");
            session.flush();
            hql("update Customer set name = 'Eve' where id = :id").accept(session);
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
    }

    @Test
    void nativeSqlWithItsQuerySpacesClearsTheirRegionsOnly() {
        writer.inTransaction(session -> ((NativeQuery<?>)
                        session.createNativeMutationQuery("update Customer set name = 'Eve' where id = " + id))
                .addSynchronizedEntityClass(Customer.class)
                .executeUpdate());

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.ask(label())).isEqualTo(cached("Kite"));
    }

    @Test
    void nativeSqlWithoutQuerySpacesClearsEveryRegion() {
        writer.inTransaction(
                session -> session.createNativeMutationQuery("update Customer set name = 'Eve' where id = :id")
                        .setParameter("id", id)
                        .executeUpdate());

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.ask(label())).isEqualTo(loaded("Kite"));
        assertThat(reader.ask(orders())).isEqualTo(loaded(1));
    }

    @Test
    void nativeSqlRolledBackLeavesTheOldValue() {
        writer.rolledBack(session -> {
            session.createNativeMutationQuery("update Customer set name = 'Eve' where id = :id")
                    .setParameter("id", id)
                    .executeUpdate();
            assertThat(name().apply(session)).isEqualTo("Eve");
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
    }

    @Test
    void twoStatementsOnOneRegionInTwoTransactionsEndWhenBothHaveEnded() {
        try (Session first = writer.open();
                Session second = reader.open()) {
            first.beginTransaction();
            hql("update Product set name = 'Ball' where id = :id").accept(first);
            second.beginTransaction();
            hql("update Product set name = 'Doll' where id = 0 * :id").accept(second);
            second.getTransaction().commit();
            reader.settle();

            assertThat(reader.ask(label())).isEqualTo(loaded("Kite"));
            assertThat(reader.ask(label())).isEqualTo(loaded("Kite"));
            first.getTransaction().commit();
        }
        writer.settle();

        assertThat(reader.ask(label())).isEqualTo(loaded("Ball"));
        assertThat(reader.askUntilCached(label())).isEqualTo(cached("Ball"));
    }

    private String mail() {
        return id + "@example.org";
    }

    private Consumer<Session> hql(String statement) {
        return session ->
                session.createMutationQuery(statement).setParameter("id", id).executeUpdate();
    }

    private Function<Session, String> name() {
        return session -> session.find(Customer.class, id).getName();
    }

    private Function<Session, String> label() {
        return session -> session.find(Product.class, id).getName();
    }

    private Function<Session, Integer> orders() {
        return session -> session.find(Customer.class, id).getOrders().size();
    }

    private Function<Session, Long> idByMail() {
        return session -> session.bySimpleNaturalId(Customer.class)
                .loadOptional(mail())
                .map(Customer::getId)
                .orElse(null);
    }
}
