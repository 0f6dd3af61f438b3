package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.hibernate.Town.Pet;
import dev.hearth.test.HibernateRelease;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import java.util.List;
import java.util.NoSuchElementException;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A result of ids alone, of which the cache no longer has one entity, as a stateless session reads it. Until 7.3 Hibernate
 * forgets in the middle of the result that it is reading one, whatever the cache.
 */
final class StatelessShallowResultsIT {
    private static final String LAYOUT = "hibernate.cache.query_cache_layout";

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            1, builder -> builder.entities(Town.ENTITIES).setting(LAYOUT, "SHALLOW"));

    @RegisterExtension
    static final PostgresExtension apart = new PostgresExtension();

    @Test
    void isCompleteWithHearthWhereHibernateCanReadIt() {
        CachingNode node = nodes.get(0);
        fill(node.fixture());
        node.askUntilCached(session -> pets(session).size());
        node.sessionFactory().getCache().evict(Pet.class, 1L);
        node.settle();

        readsBoth(node.fixture());
    }

    @Test
    void isCompleteWithHibernatesOwnCacheWhereHibernateCanReadIt() {
        try (Nodes heap = Nodes.on(apart.database())
                .regionFactory(new FakeHeapRegionFactory())
                .entities(Town.ENTITIES)
                .setting(LAYOUT, "SHALLOW")
                .start(1)) {
            NodeFixture node = heap.get(0);
            fill(node);
            node.inTransaction(StatelessShallowResultsIT::pets);
            node.sessionFactory().getCache().evict(Pet.class, 1L);

            readsBoth(node);
        }
    }

    private static void fill(NodeFixture node) {
        node.inTransaction(session -> {
            session.persist(new Pet(1, "Rex", null));
            session.persist(new Pet(2, "Tom", null));
        });
    }

    private static void readsBoth(NodeFixture node) {
        long before = node.statistics().getQueryCacheHitCount();
        try (StatelessSession session = node.sessionFactory().openStatelessSession()) {
            if (HibernateRelease.isAtLeast(7, 4)) {
                assertThat(pets(session)).extracting(pet -> pet.name).containsExactly("Rex", "Tom");
            } else {
                assertThatThrownBy(() -> pets(session)).isInstanceOf(NoSuchElementException.class);
            }
        }
        assertThat(node.statistics().getQueryCacheHitCount() - before).isOne();
    }

    private static List<Pet> pets(SharedSessionContract session) {
        return session.createQuery("from Pet order by id", Pet.class)
                .setCacheable(true)
                .list();
    }
}
