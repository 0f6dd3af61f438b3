package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.RegionEvent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read along with a result by guess, and what becomes of a guess that was wrong. */
final class ReadAlongIT {
    private static final List<Integer> PENS = List.of(1, 2, 3, 4, 5, 6);

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.entities(Pen.class, Maker.class)
                    .setting("hibernate.cache.use_query_cache", "true")
                    .setting("hibernate.cache.query_cache_layout", "SHALLOW"));

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);

    @BeforeEach
    void fill() {
        other.inTransaction(session -> {
            session.createMutationQuery("delete from Pen").executeUpdate();
            session.createMutationQuery("delete from Maker").executeUpdate();
            for (int id : PENS) {
                Maker maker = new Maker();
                maker.id = id;
                session.persist(maker);
                Pen pen = new Pen();
                pen.id = id;
                pen.color = id <= 4 ? "red" : "blue";
                pen.maker = maker;
                session.persist(pen);
            }
        });
        node.askUntilCached(red());
        node.ask(red());
    }

    @Test
    void aHitCostsOneRoundTrip() {
        assertThat(waits()).isEqualTo(1);
    }

    @Test
    void aResultThatAnotherNodeHasMadeSinceIsFollowedToWhatItNames() {
        other.inTransaction(session -> {
            session.find(Pen.class, 1).color = "blue";
            session.find(Pen.class, 5).color = "red";
        });
        other.askUntilCached(red());
        long wasted = node.statistics(Pen.class).get(RegionEvent.PREFETCH_WASTED);

        // What the guess has missed is read as soon as it is known, all of it at once.
        assertThat(waits()).isEqualTo(2);
        assertThat(node.statistics(Pen.class).get(RegionEvent.PREFETCH_WASTED)).isEqualTo(wasted + 1);
        assertThat(waits()).isEqualTo(1);
        assertThat(node.statistics(Pen.class).get(RegionEvent.PREFETCH_WASTED)).isEqualTo(wasted + 1);
    }

    /** The next session has changed nothing. */
    @Test
    void whatASessionHasPassedOverIsReadAlongByTheNext() {
        node.rolledBack(session -> {
            session.find(Maker.class, 2).name = "another";
            session.flush();
            assertThat(red().apply(session)).isEqualTo(4);
        });
        node.askUntilCached(session -> session.find(Maker.class, 2).name);

        waits();
        assertThat(waits()).isEqualTo(1);
    }

    private long waits() {
        return CachingNode.waits(() -> assertThat(node.ask(red())).isEqualTo(CachingNode.Answer.cached(4)));
    }

    private static Function<Session, Integer> red() {
        return session -> session.createQuery("from Pen where color = 'red' order by id", Pen.class)
                .setCacheable(true)
                .list()
                .size();
    }

    @Entity(name = "Pen")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Pen {
        @Id
        Integer id;

        String color;

        @ManyToOne
        Maker maker;
    }

    @Entity(name = "Maker")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Maker {
        @Id
        Integer id;

        String name;
    }
}
