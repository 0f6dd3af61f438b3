package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Several session factories in one JVM: what they share, and that closing one does not disturb another. */
final class SeveralFactoriesIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode first = nodes.get(0);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void persistKite() {
        first.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        assertThat(first.ask(name())).isEqualTo(cached("Kite"));
    }

    @Test
    void factoriesOfOneKeyspaceShareEntriesAndGoOnWithoutEachOther() {
        try (Nodes started = nodes.builder().keepSchema().start(1)) {
            CachingNode second = nodes.caching(started.get(0));
            assertThat(second.ask(name())).isEqualTo(cached("Kite"));
            second.inTransaction(session -> session.find(Product.class, id).setName("Ball"));
        }

        assertThat(first.ask(name())).isEqualTo(cached("Ball"));
        assertGoesOn(first);
    }

    @Test
    void factoriesOfDifferentKeyspacesShareNothing() {
        try (Nodes started = apart()) {
            CachingNode second = nodes.caching(started.get(0));
            assertThat(second.ask(name())).isEqualTo(loaded("Kite"));
            assertThat(second.askUntilCached(name())).isEqualTo(cached("Kite"));

            second.cache().evictAllRegions();
            assertThat(first.ask(name())).isEqualTo(cached("Kite"));
            assertThat(second.askUntilCached(name())).isEqualTo(cached("Kite"));

            first.cache().evict(Product.class);
            assertThat(second.ask(name())).isEqualTo(cached("Kite"));
        }

        assertThat(first.askUntilCached(name())).isEqualTo(cached("Kite"));
        assertGoesOn(first);
    }

    @Test
    void aPrefixOfHibernatesOwnKeepsKeyspacesApartToo() {
        try (Nodes started = nodes.builder()
                .setting("hibernate.cache.region_prefix", "other")
                .keepSchema()
                .start(1)) {
            assertThat(nodes.caching(started.get(0)).ask(name())).isEqualTo(loaded("Kite"));
        }
    }

    @Test
    void factoriesOnOneClientOfTheApplicationLeaveItToTheOther() {
        Config config = new Config();
        config.useSingleServer().setAddress(nodes.redis().url()).setConnectionMinimumIdleSize(1);
        RedissonClient client = Redisson.create(config);
        try (Nodes kept = on(client)) {
            CachingNode node = nodes.caching(kept.get(0));
            on(client).close();

            assertThat(node.ask(name())).isEqualTo(cached("Kite"));
            assertGoesOn(node);
        } finally {
            client.shutdown();
        }
    }

    @Test
    void factoriesOfOneServiceRegistryShareTheNodeUntilTheLastIsClosed() {
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                .applySetting(Nodes.REGION_FACTORY, "hearth")
                .applySetting(Nodes.REDIS_URL, nodes.redis().url())
                .applySetting(CacheNodesExtension.KEYSPACE, nodes.redis().keyspace())
                .applySetting("hibernate.cache.use_second_level_cache", true)
                .applySetting(
                        "hibernate.connection.datasource", nodes.database().dataSource())
                .build();
        try (SessionFactory kept = factory(registry)) {
            factory(registry).close();

            kept.inTransaction(session -> session.find(Product.class, id).setName("Ball"));
            // A release is not awaited.
            Waiting.until("the commit is cached", () -> kept.getCache().contains(Product.class, id));
            kept.getCache().evict(Product.class, id);
            assertThat(kept.getCache().contains(Product.class, id)).isFalse();
        } finally {
            StandardServiceRegistryBuilder.destroy(registry);
        }
        assertThat(first.ask(name()).value()).isEqualTo("Ball");
    }

    private static SessionFactory factory(StandardServiceRegistry registry) {
        MetadataSources sources = new MetadataSources(registry);
        Shop.ENTITIES.forEach(sources::addAnnotatedClass);
        return sources.buildMetadata().buildSessionFactory();
    }

    private static Nodes apart() {
        return nodes.builder()
                .setting(CacheNodesExtension.KEYSPACE, "apart")
                .keepSchema()
                .start(1);
    }

    private static Nodes on(RedissonClient client) {
        return Nodes.on(nodes.database())
                .setting("hibernate.cache.hearth.redis.client", client)
                .setting(CacheNodesExtension.KEYSPACE, nodes.redis().keyspace())
                .keepSchema()
                .start(1);
    }

    /* Locks, publishes and hits, which it would not on a connection that another has closed. */
    private void assertGoesOn(CachingNode node) {
        node.inTransaction(session -> session.find(Product.class, id).setName("Doll"));
        assertThat(node.ask(name())).isEqualTo(cached("Doll"));
    }

    private Function<Session, String> name() {
        return session -> session.find(Product.class, id).getName();
    }
}
