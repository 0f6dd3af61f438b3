package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code remove(getReference(..))}: rows that go without having been loaded. */
final class RemovalByReferenceIT {
    @RegisterExtension
    static final CacheNodesExtension nodes =
            CacheNodesExtension.start(2, builder -> builder.entities(Rack.class, Coat.class));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(2);

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> {
            Rack rack = new Rack();
            rack.id = id;
            rack.labels.add("hall");
            session.persist(rack);
            Coat coat = new Coat();
            coat.id = id;
            coat.rack = rack;
            session.persist(coat);
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {Coat.class, Rack.class})
    void takesTheStatementsThatItTakesWithoutHearth(Class<?> entity) {
        Consumer<Session> removal = session -> session.remove(session.getReference(entity, id));
        if (entity == Rack.class) {
            writer.inTransaction(session -> session.remove(session.getReference(Coat.class, id)));
        }
        try (Nodes others = nodes.builder()
                .keepSchema()
                .setting("hibernate.cache.use_second_level_cache", false)
                .entities(Rack.class, Coat.class)
                .start(1)) {
            List<String> without = statements(others.get(0), rolledBack(others.get(0), removal));
            assertThat(without).isNotEmpty().allMatch(sql -> sql.startsWith("delete"));

            assertThat(statements(writer.fixture(), rolledBack(writer.fixture(), removal)))
                    .isEqualTo(without);
        }
    }

    private static List<String> statements(NodeFixture node, Runnable work) {
        node.sql().reset();
        work.run();
        return node.sql().statements();
    }

    private static Runnable rolledBack(NodeFixture node, Consumer<Session> work) {
        return () -> {
            try (Session session = node.sessionFactory().openSession()) {
                session.beginTransaction();
                work.accept(session);
                session.flush();
                session.getTransaction().rollback();
            }
        };
    }

    @Test
    void aReferenceToARowThatIsGoneIsRemovedWithoutBeingLookedUp() {
        writer.rolledBack(session -> {
            Coat gone = session.getReference(Coat.class, id + 1);
            session.remove(gone);
            assertThat(Hibernate.isInitialized(gone)).isFalse();
        });
    }

    @Test
    void theOtherNodeReadsTheCollectionFromTheDatabaseAfterTheCommit() {
        writer.inTransaction(session -> session.remove(session.getReference(Coat.class, id)));

        assertThat(reader.ask(coats()).value()).isZero();
    }

    @Test
    void aCollectionThatShowsTheUncommittedRemovalIsNotPublished() {
        writer.rolledBack(session -> {
            session.remove(session.getReference(Coat.class, id));
            session.flush();
            assertThat(coats().apply(session)).isZero();
        });

        assertThat(reader.ask(coats())).isEqualTo(loaded(1));
    }

    @Test
    void aCollectionIsNotPublishedThatShowsARemovalAskedForBeforeTheTransaction() {
        writer.awaitStamp();
        try (Session session = writer.open()) {
            session.remove(session.getReference(Coat.class, id));
            session.beginTransaction();
            session.flush();
            assertThat(coats().apply(session)).isZero();
            session.getTransaction().rollback();
        }
        writer.settle();

        assertThat(reader.ask(coats())).isEqualTo(loaded(1));
    }

    @Test
    void aCollectionIsNotPublishedThatShowsARemovalAskedForInATransactionBefore() {
        writer.awaitStamp();
        try (Session session = writer.open()) {
            session.setHibernateFlushMode(FlushMode.MANUAL);
            session.beginTransaction();
            session.remove(session.getReference(Coat.class, id));
            session.getTransaction().commit();
            writer.awaitStamp();
            session.beginTransaction();
            session.flush();
            assertThat(coats().apply(session)).isZero();
            session.getTransaction().rollback();
        }
        writer.settle();

        assertThat(reader.ask(coats())).isEqualTo(loaded(1));
    }

    @Test
    void theNextTransactionOfTheSessionPublishesAgain() {
        writer.awaitStamp();
        try (Session session = writer.open()) {
            session.beginTransaction();
            session.remove(session.getReference(Coat.class, id));
            session.getTransaction().commit();
            Waiting.until("the collection is cached", () -> {
                writer.awaitStamp();
                session.clear();
                session.beginTransaction();
                assertThat(coats().apply(session)).isZero();
                session.getTransaction().commit();
                writer.settle();
                return reader.cachesCollection(Rack.class, "coats", id);
            });
        }
    }

    private Function<Session, Integer> coats() {
        return session -> session.find(Rack.class, id).coats.size();
    }

    /** Cached, with a cached collection of coats, which are not cached. */
    @Entity(name = "Rack")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Rack {
        @Id
        Long id;

        @ElementCollection
        Set<String> labels = new HashSet<>();

        @OneToMany(mappedBy = "rack")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Coat> coats = new HashSet<>();
    }

    @Entity(name = "Coat")
    static class Coat {
        @Id
        Long id;

        @ManyToOne
        Rack rack;
    }
}
