package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.shop.Customer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions that share the connection and the transaction of another one, which alone hears of its end. */
final class ChildSessionIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void persistAda() {
        writer.inTransaction(session -> session.persist(new Customer(id, id + "@example.org", "Ada", null)));
        assertThat(reader.ask(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void aChildsUpdateIsHeldUntilItsParentCommits() {
        writer.inTransaction(parent -> {
            try (Session child = child(parent)) {
                child.find(Customer.class, id).setName("Eve");
                child.flush();
                writer.settle();
                assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
                assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
            }
            assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
        });

        assertThat(reader.stored(Customer.class, id)).isNotEqualTo("L");
        assertThat(reader.ask(name()).value()).isEqualTo("Eve");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void aChildsUpdateIsForgottenWhenItsParentRollsBack() {
        writer.rolledBack(parent -> {
            try (Session child = child(parent)) {
                child.find(Customer.class, id).setName("Eve");
                child.flush();
            }
        });

        assertThat(reader.stored(Customer.class, id)).isNotEqualTo("L");
        assertThat(reader.ask(name()).value()).isEqualTo("Ada");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ada"));
    }

    @Test
    void aChildLeftOpenIsFlushedWithItsParentAndHeldUntilTheCommit() {
        try (Session parent = writer.open()) {
            parent.beginTransaction();
            Session child = child(parent);
            child.find(Customer.class, id).setName("Eve");
            parent.getTransaction().commit();
        }
        writer.settle();

        assertThat(reader.stored(Customer.class, id)).isNotEqualTo("L");
        assertThat(reader.ask(name()).value()).isEqualTo("Eve");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void aChildSeesTheParentsChangeAndPublishesItNot() {
        writer.rolledBack(parent -> {
            parent.find(Customer.class, id).setName("Eve");
            parent.flush();
            try (Session child = child(parent)) {
                assertThat(name().apply(child)).isEqualTo("Eve");
            }
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
    }

    @Test
    void aParentSeesItsChildsInsertAndPublishesItNot() {
        writer.rolledBack(parent -> {
            try (Session child = child(parent)) {
                child.persist(new Customer(-id, "minus" + id, "Eve", null));
                child.flush();
            }
            assertThat(parent.find(Customer.class, -id)).isNotNull();
        });

        assertThat(reader.ask(session -> session.find(Customer.class, -id))).isEqualTo(loaded(null));
    }

    @Test
    void aChildPublishesWhatItLoads() {
        writer.cache().evict(Customer.class, id);

        Waiting.until("the child's load is published", () -> {
            writer.inTransaction(parent -> {
                try (Session child = child(parent)) {
                    assertThat(name().apply(child)).isEqualTo("Ada");
                }
            });
            return reader.caches(Customer.class, id);
        });
    }

    @Test
    void aStatelessChildsUpdateIsHeldUntilItsParentCommits() {
        writer.inTransaction(parent -> {
            try (StatelessSession child =
                    parent.statelessWithOptions().connection().openStatelessSession()) {
                rename(child);
                writer.settle();
                assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
            }
            assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
        });

        assertThat(reader.stored(Customer.class, id)).isEmpty();
        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void aChildOfAStatelessParentIsHeldUntilThatCommits() {
        writer.sessionFactory().inStatelessTransaction(parent -> {
            try (Session child = parent.sessionWithOptions().connection().openSession()) {
                child.find(Customer.class, id).setName("Eve");
                child.flush();
                writer.settle();
                assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
            }
            assertThat(reader.stored(Customer.class, id)).isEqualTo("L");
        });
        writer.settle();

        assertThat(reader.stored(Customer.class, id)).isNotEqualTo("L");
        assertThat(reader.ask(name()).value()).isEqualTo("Eve");
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    @Test
    void aChildsBulkStatementHoldsTheRegionUntilItsParentCommits() {
        writer.inTransaction(parent -> {
            try (Session child = child(parent)) {
                child.createMutationQuery("update Customer set name = 'Eve' where id = " + id)
                        .executeUpdate();
            }
            writer.settle();
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
            assertThat(reader.ask(name())).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Eve"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Eve"));
    }

    private static void rename(StatelessSession session, Customer customer) {
        customer.setName("Eve");
        session.update(customer);
    }

    private void rename(StatelessSession session) {
        rename(session, session.get(Customer.class, id));
    }

    private static Session child(Session parent) {
        return parent.sessionWithOptions().connection().openSession();
    }

    private Function<Session, String> name() {
        return session -> session.find(Customer.class, id).getName();
    }
}
