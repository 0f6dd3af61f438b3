package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
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

/** HQL on a subclass, and cached collections that hold its superclass, of which Hibernate says nothing. */
final class SubclassStatementsIT {
    @RegisterExtension
    static final CacheNodesExtension nodes =
            CacheNodesExtension.start(2, builder -> builder.entities(Shelf.class, Volume.class, Atlas.class));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(10);

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> {
            Shelf shelf = new Shelf();
            shelf.id = id;
            session.persist(shelf);
            Atlas atlas = new Atlas();
            atlas.id = id;
            atlas.shelf = shelf;
            session.persist(atlas);
        });
        assertThat(reader.askUntilCached(volumes())).isEqualTo(cached(1));
    }

    @Test
    void aDeleteLeavesNoCollectionThatHoldsItsRows() {
        writer.inTransaction(session -> session.createMutationQuery("delete from Atlas where id = :id")
                .setParameter("id", id)
                .executeUpdate());

        assertThat(reader.ask(volumes())).isEqualTo(loaded(0));
        assertThat(reader.askUntilCached(volumes())).isEqualTo(cached(0));
    }

    @Test
    void anUpdateThatMovesRowsLeavesNoCollectionThatHeldThem() {
        writer.inTransaction(session -> session.createMutationQuery("update Atlas set shelf = null where id = :id")
                .setParameter("id", id)
                .executeUpdate());

        assertThat(reader.ask(volumes())).isEqualTo(loaded(0));
    }

    private Function<Session, Integer> volumes() {
        return session -> session.find(Shelf.class, id).volumes.size();
    }

    @Entity(name = "Shelf")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Shelf {
        @Id
        Long id;

        @OneToMany(mappedBy = "shelf")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Volume> volumes = new HashSet<>();
    }

    @Entity(name = "Volume")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Volume {
        @Id
        Long id;

        @ManyToOne
        Shelf shelf;
    }

    @Entity(name = "Atlas")
    static class Atlas extends Volume {}
}
