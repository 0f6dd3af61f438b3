package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.encoding.BasicTypesModel.Basics;
import dev.hearth.encoding.ShopModel.Depot;
import dev.hearth.encoding.ShopModel.DepotId;
import dev.hearth.encoding.ShopModel.Part;
import dev.hearth.encoding.ShopModel.Party;
import dev.hearth.encoding.ShopModel.Purchase;
import dev.hearth.statistics.MissReason;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one node has put into Redis is, on another node, what the database would have given it. */
class EqualityOnAnotherNodeIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static Nodes nodes;

    @BeforeAll
    static void start() {
        List<Class<?>> entities = new ArrayList<>(List.of(ShopModel.ENTITIES));
        entities.add(Basics.class);
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting(AvailableSettings.CACHE_REGION_PREFIX, redis.keyspace())
                .setting(AvailableSettings.GLOBALLY_QUOTED_IDENTIFIERS, true)
                .setting(AvailableSettings.WRAPPER_ARRAY_HANDLING, "allow")
                .setting("hibernate.cache.hearth.puts", "wait")
                .setting("hibernate.cache.hearth.redis.command-timeout", "20s")
                .entities(entities)
                .start(2);
        nodes.get(0).inTransaction(session -> {
            Basics full = BasicTypesModel.full(1);
            full.text = "Größe 📦 end"; // PostgreSQL keeps no NUL
            session.persist(full);
            Basics empty = new Basics();
            empty.id = 2;
            empty.letter = '-';
            session.persist(empty);
            ShopModel.fill(session);
        });
        nodes.get(0).sessionFactory().getCache().evictAllRegions();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void everyBasicTypeIsEqualFieldByField() {
        Function<Session, Basics> full = session -> session.find(Basics.class, 1L);
        Function<Session, Basics> empty = session -> session.find(Basics.class, 2L);

        assertThat(fromCacheOfAnotherNode(full, 0))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(fromDatabase(full));
        assertThat(fromCacheOfAnotherNode(empty, 0))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(fromDatabase(empty));
    }

    @Test
    void convertersEmbeddablesAssociationsAnysCollectionsAndSubclassesAreEqualFieldByField() {
        Function<Session, Purchase> graph = session -> {
            Purchase purchase = session.find(Purchase.class, 1L);
            CachedMappingsTest.initialize(purchase);
            return purchase;
        };

        // The inverse side of a one-to-one is what Hibernate itself asks the database for.
        Purchase cached = fromCacheOfAnotherNode(graph, 2);

        assertThat(cached)
                .usingRecursiveComparison()
                .ignoringFields("buyer.latest", "payer.latest")
                .isEqualTo(fromDatabase(graph));
        assertThat(Hibernate.getClass(cached.payer)).isEqualTo(ShopModel.Firm.class);
        assertThat(cached.scores).containsExactly(3, 1, 2);
    }

    @Test
    void compositeIdsAndNaturalIdsLeadToTheSame() {
        Function<Session, List<?>> lookups = session -> List.of(
                session.bySimpleNaturalId(Part.class).load("nut").number,
                session.bySimpleNaturalId(Party.class).load("ada@example.org").email,
                session.find(Depot.class, new DepotId("DE", 7)).parts.stream()
                        .map(part -> part.name)
                        .toList());

        // Two parties, each with the inverse side of a one-to-one.
        assertThat(fromCacheOfAnotherNode(lookups, 2)).isEqualTo(fromDatabase(lookups));
    }

    private static <T> T fromDatabase(Function<Session, T> work) {
        return nodes.get(1).fromTransaction(session -> {
            session.setHibernateFlushMode(FlushMode.MANUAL);
            session.setCacheMode(CacheMode.IGNORE);
            return work.apply(session);
        });
    }

    /* Without a flush, at which Hibernate would delete the rows of an array that comes from the cache: see CachedArraysIT. */
    private static <T> T read(NodeFixture node, Function<Session, T> work) {
        return node.fromTransaction(session -> {
            session.setHibernateFlushMode(FlushMode.MANUAL);
            return work.apply(session);
        });
    }

    /** Loads on one node until its cache is warm, then reads on the other with this many statements at the most. */
    private static <T> T fromCacheOfAnotherNode(Function<Session, T> work, long statements) {
        read(nodes.get(0), work);
        read(nodes.get(0), work);
        NodeFixture other = nodes.get(1);
        long before = other.sql().ofThisThread();
        T cached = read(other, work);
        long taken = other.sql().ofThisThread() - before;
        assertThat(taken)
                .as(() -> "statements, the last of which were %s; misses on the node that has put, and on the other: %s"
                        .formatted(lastOf(other, taken), List.of(misses(nodes.get(0)), misses(other))))
                .isLessThanOrEqualTo(statements);
        return cached;
    }

    private static List<String> lastOf(NodeFixture node, long count) {
        List<String> all = node.sql().statements();
        return all.subList((int) Math.max(0, all.size() - count), all.size());
    }

    /** By region and reason. */
    private static List<String> misses(NodeFixture node) {
        HearthRegionFactory hearth = HearthRegionFactory.of(node.sessionFactory());
        List<String> misses = new ArrayList<>();
        for (String region : hearth.regionNames()) {
            hearth.statistics(region).ifPresent(counts -> {
                for (MissReason reason : MissReason.values()) {
                    if (counts.misses(reason) > 0) {
                        misses.add(region + " " + reason + " " + counts.misses(reason));
                    }
                }
            });
        }
        return misses;
    }
}
