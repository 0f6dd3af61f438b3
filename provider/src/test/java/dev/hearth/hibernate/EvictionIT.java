package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evictions through JPA's and Hibernate's cache, as both nodes see them. */
final class EvictionIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final Duration QUIET = Duration.ofMillis(200);
    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final long id = IDS.addAndGet(2);

    @BeforeEach
    void fill() {
        node.inTransaction(session -> {
            for (long each : List.of(id, id + 1)) {
                Customer customer = new Customer(each, mail(each), "Ada", null);
                session.persist(customer);
                session.persist(new Order(each, LocalDate.of(2026, 1, 2), customer));
                session.persist(new Product(each, "Kite", BigDecimal.ONE, null));
            }
        });
        for (long each : List.of(id, id + 1)) {
            assertThat(other.askUntilCached(label(each))).isEqualTo(cached("Kite"));
            assertThat(other.askUntilCached(orders(each))).isEqualTo(cached(1));
            assertThat(other.askUntilCached(byMail(each))).isEqualTo(cached(each));
        }
    }

    @Test
    void oneEntityIsEvictedForBothNodes() {
        node.sessionFactory().getCache().evict(Product.class, id);

        assertThat(node.sessionFactory().getCache().contains(Product.class, id)).isFalse();
        assertThat(other.sessionFactory().getCache().contains(Product.class, id))
                .isFalse();
        assertThat(other.ask(label(id))).isEqualTo(loaded("Kite"));
        assertThat(other.ask(label(id + 1))).isEqualTo(cached("Kite"));
    }

    @Test
    void oneEntityIsEvictedThroughHibernatesCacheToo() {
        node.cache().evictEntityData(Product.class, id);

        assertThat(other.ask(label(id))).isEqualTo(loaded("Kite"));
        assertThat(other.ask(label(id + 1))).isEqualTo(cached("Kite"));
    }

    @Test
    void containsTellsWhatCouldBeServed() {
        assertThat(node.cache().contains(Product.class, id)).isTrue();
        assertThat(node.cache().containsEntity(Product.class, id)).isTrue();
        assertThat(node.cache().containsCollection(Customer.class.getName() + ".orders", id))
                .isTrue();
        assertThat(node.cache().contains(Product.class, -id)).isFalse();

        node.inTransaction(session -> {
            session.find(Product.class, id).setName("Ball");
            session.flush();
            node.settle();
            assertThat(other.cache().contains(Product.class, id)).isFalse();
        });
    }

    @Test
    void aClassIsEvictedWhole() {
        node.sessionFactory().getCache().evict(Product.class);

        assertThat(other.ask(label(id))).isEqualTo(loaded("Kite"));
        assertThat(other.ask(label(id + 1))).isEqualTo(loaded("Kite"));
        assertThat(other.ask(orders(id))).isEqualTo(cached(1));
    }

    @Test
    void aRegionIsEvictedWhole() {
        node.cache().evictRegion(Product.class.getName());

        assertThat(other.ask(label(id))).isEqualTo(loaded("Kite"));
        assertThat(other.ask(label(id + 1))).isEqualTo(loaded("Kite"));
        assertThat(other.askUntilCached(label(id))).isEqualTo(cached("Kite"));
    }

    @Test
    void oneCollectionIsEvicted() {
        node.cache().evictCollectionData(Customer.class.getName() + ".orders", id);

        assertThat(other.ask(orders(id))).isEqualTo(loaded(1));
        assertThat(other.ask(orders(id + 1))).isEqualTo(cached(1));
    }

    @Test
    void aCollectionRoleIsEvictedWhole() {
        node.cache().evictCollectionData(Customer.class.getName() + ".orders");

        assertThat(other.ask(orders(id))).isEqualTo(loaded(1));
        assertThat(other.ask(orders(id + 1))).isEqualTo(loaded(1));
    }

    @Test
    void theNaturalIdsOfAClassAreEvictedWhole() {
        node.cache().evictNaturalIdData(Customer.class);

        assertThat(other.ask(byMail(id))).isEqualTo(loaded(id));
        assertThat(other.ask(orders(id))).isEqualTo(cached(1));
    }

    @Test
    void everythingIsEvicted() {
        node.sessionFactory().getCache().evictAll();
        node.cache().evictAllRegions();

        assertThat(other.ask(label(id))).isEqualTo(loaded("Kite"));
        assertThat(other.ask(orders(id))).isEqualTo(loaded(1));
        assertThat(other.ask(byMail(id + 1))).isEqualTo(loaded(id + 1));
    }

    @Test
    void anEvictionUnderALockKeepsTheWritersValueOut() {
        node.inTransaction(session -> {
            session.find(Product.class, id).setName("Ball");
            session.flush();
            node.settle();
            other.cache().evict(Product.class, id);
            assertThat(other.stored(Product.class, id)).isEqualTo("L");
        });

        assertThat(other.stored(Product.class, id)).isEmpty();
        assertThat(other.ask(label(id))).isEqualTo(loaded("Ball"));
    }

    @Test
    void aLoadFromBeforeAnEvictionIsNotPublishedAfterIt() {
        try (Session early = other.open()) {
            early.beginTransaction();
            node.cache().evictRegion(Product.class.getName());
            assertThat(label(id).apply(early)).isEqualTo("Kite");
            other.settle();

            assertThat(other.caches(Product.class, id)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5_000})
    void aRegionOfAnySizeIsEvictedByOneCommandPerBucket(int entries) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes counted = nodes.builder()
                        .keepSchema()
                        .setting(CacheNodesExtension.KEYSPACE, "size" + entries)
                        .setting("hibernate.cache.hearth.buckets", 4)
                        .setting("hibernate.cache.use_query_cache", "false")
                        .setting("hibernate.jdbc.batch_size", 500)
                        .setting(Nodes.REDIS_URL, proxy.url())
                        .start(1)) {
            CachingNode filled = nodes.caching(counted.get(0));
            long first = 1_000_000L * entries;
            filled.inTransaction(session -> {
                for (int i = 0; i < entries; i++) {
                    session.persist(new Product(first + i, "Kite", BigDecimal.ONE, null));
                }
            });
            assertThat(filled.ask(label(first))).isEqualTo(cached("Kite"));
            RoundTrips wire = RoundTrips.on(proxy);

            RoundTrips.Counts evicted = wire.duringAndAfter(() -> filled.cache().evict(Product.class), QUIET);

            assertThat(evicted.commands()).hasSize(4);
            assertThat(filled.ask(label(first))).isEqualTo(loaded("Kite"));
            assertThat(filled.ask(label(first + entries - 1)).value()).isEqualTo("Kite");
        }
    }

    private static String mail(long id) {
        return id + "@example.org";
    }

    private static Function<Session, String> label(long id) {
        return session -> session.find(Product.class, id).getName();
    }

    private static Function<Session, Integer> orders(long id) {
        return session -> session.find(Customer.class, id).getOrders().size();
    }

    private static Function<Session, Long> byMail(long id) {
        return session ->
                session.bySimpleNaturalId(Customer.class).load(mail(id)).getId();
    }
}
