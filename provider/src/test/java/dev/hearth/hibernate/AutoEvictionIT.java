package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code hibernate.cache.auto_evict_collection_cache}: a change of an entity locks the collections it may belong to. */
final class AutoEvictionIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2, AutoEvictionIT::evicting);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(2);

    private static Nodes.Builder evicting(Nodes.Builder builder) {
        return builder.entities(Page.class, Label.class).setting("hibernate.cache.auto_evict_collection_cache", true);
    }

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> {
            Label label = new Label(id);
            Page page = new Page();
            page.id = id;
            page.labels.add(label);
            session.persist(label);
            session.persist(page);
        });
        assertThat(reader.askUntilCached(labels())).isEqualTo(cached(1));
    }

    @Test
    void aCommitWaitsForTheLockOfTheCollectionsThatAnInsertedEntityMayBelongTo() {
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes more = evicting(nodes.builder())
                        .keepSchema()
                        .setting(Nodes.REDIS_URL, proxy.url())
                        .start(1);
                Session session = more.get(0).sessionFactory().openSession()) {
            proxy.delayRoundTrip(Duration.ofMillis(300));
            session.beginTransaction();
            session.persist(new Label(id + 1));
            session.flush();

            assertThat(CachingNode.waits(session.getTransaction()::commit)).isOne();
        }
    }

    @Test
    void untilTheCommitTheOtherNodeNeitherReadsNorPublishesSuchACollection() {
        writer.inTransaction(session -> {
            session.persist(new Label(id + 1));
            session.flush();
            writer.settle();
            assertThat(reader.ask(labels())).isEqualTo(loaded(1));
            assertThat(reader.ask(labels())).isEqualTo(loaded(1));
        });

        assertThat(reader.askUntilCached(labels())).isEqualTo(cached(1));
    }

    @Test
    void theSessionItselfPublishesNoSuchCollectionUntilItsTransactionIsOver() {
        writer.inTransaction(session -> {
            session.persist(new Label(id + 1));
            session.flush();
            session.clear();
            assertThat(labels().apply(session)).isOne();
            writer.settle();
            assertThat(reader.cachesCollection(Page.class, "labels", id)).isFalse();
        });
    }

    @Test
    void aDeleteLocksSuchCollectionsToo() {
        writer.inTransaction(session -> session.persist(new Label(id + 1)));
        assertThat(reader.askUntilCached(labels())).isEqualTo(cached(1));

        writer.inTransaction(session -> {
            session.remove(session.getReference(Label.class, id + 1));
            session.flush();
            writer.settle();
            assertThat(reader.ask(labels())).isEqualTo(loaded(1));
        });
    }

    @Test
    void aRollbackEndsTheLock() {
        writer.rolledBack(session -> {
            session.persist(new Label(id + 1));
            session.flush();
        });

        assertThat(reader.askUntilCached(labels())).isEqualTo(cached(1));
    }

    private Function<Session, Integer> labels() {
        return session -> session.find(Page.class, id).labels.size();
    }

    @Entity(name = "Page")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Page {
        @Id
        Long id;

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Label> labels = new HashSet<>();
    }

    @Entity(name = "Label")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Label {
        @Id
        Long id;

        protected Label() {}

        Label(long id) {
            this.id = id;
        }
    }
}
