package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.EvictionVariantsIT.Thing.COLLECTION;
import static dev.hearth.hibernate.EvictionVariantsIT.Thing.ENTITY;
import static dev.hearth.hibernate.EvictionVariantsIT.Thing.NATURAL_ID;
import static dev.hearth.hibernate.EvictionVariantsIT.Thing.OTHER_COLLECTION;
import static dev.hearth.hibernate.EvictionVariantsIT.Thing.OTHER_ENTITY;
import static dev.hearth.hibernate.EvictionVariantsIT.Thing.OTHER_NATURAL_ID;
import static dev.hearth.hibernate.EvictionVariantsIT.Thing.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisServers;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.Cache;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to evict: what is gone for another node, what stays, and what it costs, however much the regions hold. */
final class EvictionVariantsIT {
    private static final int BUCKETS = 4;
    private static final int ENTRIES = 200;
    /* Hibernate evicts the region of each class and role: three collections, and one class's natural id. */
    private static final int ROLES = Shop.ENTITIES.size() + 4;
    private static final long ID = 1;
    private static final long OTHER = 2;
    private static final String CUSTOMER = Customer.class.getName();
    private static final String ORDERS = CUSTOMER + ".orders";
    private static final Duration QUIET = Duration.ofMillis(50);

    private static final FaultProxy proxy = FaultProxy.to(RedisServers.shared());

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.setting("hibernate.cache.hearth.buckets", BUCKETS)
                    // Otherwise what is swept in the background would be counted as well.
                    .setting("hibernate.cache.use_query_cache", "false")
                    .settingOf(0, Nodes.REDIS_URL, proxy.url()));

    private static RoundTrips wire;

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);

    /** What the other node may be able to serve. */
    enum Thing {
        ENTITY,
        OTHER_ENTITY,
        COLLECTION,
        OTHER_COLLECTION,
        NATURAL_ID,
        OTHER_NATURAL_ID,
        PRODUCT
    }

    @BeforeAll
    static void fill() {
        wire = RoundTrips.on(proxy);
        nodes.get(0)
                .inTransaction(session -> LongStream.rangeClosed(ID, ENTRIES).forEach(id -> {
                    Customer customer = new Customer(id, mail(id), "Ada", null);
                    session.persist(customer);
                    session.persist(new Order(id, LocalDate.of(2026, 1, 2), customer));
                    session.persist(new Product(id, "Kite", BigDecimal.ONE, null));
                }));
        // The first call of a script sends its text as well.
        nodes.get(0).cache().evictEntityData(Customer.class, -ID);
        nodes.get(0).cache().evictAllRegions();
    }

    @AfterAll
    static void closeProxy() {
        proxy.close();
    }

    static Stream<Arguments> evictions() {
        Set<Thing> entities = Set.of(ENTITY, OTHER_ENTITY);
        Set<Thing> naturalIds = Set.of(NATURAL_ID, OTHER_NATURAL_ID);
        Set<Thing> collections = Set.of(COLLECTION, OTHER_COLLECTION);
        return Stream.of(
                one("evict(Class, id)", cache -> cache.evict(Customer.class, ID), Set.of(ENTITY)),
                one("evictEntityData(Class, id)", cache -> cache.evictEntityData(Customer.class, ID), Set.of(ENTITY)),
                one("evictEntityData(name, id)", cache -> cache.evictEntityData(CUSTOMER, ID), Set.of(ENTITY)),
                one(
                        "evictCollectionData(role, id)",
                        cache -> cache.evictCollectionData(ORDERS, ID),
                        Set.of(COLLECTION)),
                region("evict(Class)", cache -> cache.evict(Customer.class), entities),
                region("evictEntityData(Class)", cache -> cache.evictEntityData(Customer.class), entities),
                region("evictEntityData(name)", cache -> cache.evictEntityData(CUSTOMER), entities),
                region("evictRegion(name)", cache -> cache.evictRegion(CUSTOMER), entities),
                region("evictCollectionData(role)", cache -> cache.evictCollectionData(ORDERS), collections),
                region("evictRegion(role)", cache -> cache.evictRegion(ORDERS), collections),
                region("evictNaturalIdData(Class)", cache -> cache.evictNaturalIdData(Customer.class), naturalIds),
                region("evictNaturalIdData(name)", cache -> cache.evictNaturalIdData(CUSTOMER), naturalIds),
                regions("evictEntityData()", Cache::evictEntityData, Set.of(ENTITY, OTHER_ENTITY, PRODUCT)),
                regions("evictAll()", Cache::evictAll, Set.of(ENTITY, OTHER_ENTITY, PRODUCT)),
                regions("evictCollectionData()", Cache::evictCollectionData, collections),
                regions("evictNaturalIdData()", Cache::evictNaturalIdData, naturalIds),
                regions("evictAllRegions()", Cache::evictAllRegions, EnumSet.allOf(Thing.class)));
    }

    private static Arguments one(String name, Consumer<Cache> eviction, Set<Thing> gone) {
        return Arguments.of(name, eviction, gone, 1, 1);
    }

    private static Arguments region(String name, Consumer<Cache> eviction, Set<Thing> gone) {
        return Arguments.of(name, eviction, gone, BUCKETS, 1);
    }

    private static Arguments regions(String name, Consumer<Cache> eviction, Set<Thing> gone) {
        return Arguments.of(name, eviction, gone, BUCKETS, ROLES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evictions")
    void whatIsEvictedIsGoneForTheOtherNodeAndTheCostIsThatOfItsBuckets(
            String name, Consumer<Cache> eviction, Set<Thing> gone, int commands, int timesAtMost) throws Exception {
        awaitEverythingServed();

        RoundTrips.Counts cost = wire.duringAndAfter(() -> eviction.accept(node.cache()), QUIET);

        assertThat(cost.names())
                .hasSizeBetween(commands, commands * timesAtMost)
                .containsOnly("EVALSHA");
        // A natural id is served only if its entity can be.
        Set<Thing> expected = EnumSet.copyOf(gone);
        if (gone.contains(ENTITY)) {
            expected.add(NATURAL_ID);
        }
        if (gone.contains(OTHER_ENTITY)) {
            expected.add(OTHER_NATURAL_ID);
        }
        assertThat(served()).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(expected)));
    }

    @Test
    void containsTellsOfEachNameWhatTheOtherNodeHasEvicted() {
        awaitEverythingServed();
        Cache cache = node.cache();
        assertThat(cache.contains(Customer.class, ID)).isTrue();
        assertThat(cache.containsEntity(Customer.class, ID)).isTrue();
        assertThat(cache.containsEntity(CUSTOMER, ID)).isTrue();
        assertThat(cache.containsCollection(ORDERS, ID)).isTrue();

        other.cache().evictEntityData(Customer.class, ID);
        other.cache().evictCollectionData(ORDERS, ID);

        assertThat(cache.contains(Customer.class, ID)).isFalse();
        assertThat(cache.containsEntity(Customer.class, ID)).isFalse();
        assertThat(cache.containsEntity(CUSTOMER, ID)).isFalse();
        assertThat(cache.containsCollection(ORDERS, ID)).isFalse();
        assertThat(cache.contains(Customer.class, OTHER)).isTrue();
        assertThat(cache.containsCollection(ORDERS, OTHER)).isTrue();
    }

    private Set<Thing> served() {
        Set<Thing> served = EnumSet.noneOf(Thing.class);
        add(served, PRODUCT, other.caches(Product.class, ID));
        add(served, ENTITY, other.caches(Customer.class, ID));
        add(served, OTHER_ENTITY, other.caches(Customer.class, OTHER));
        add(served, COLLECTION, other.cachesCollection(Customer.class, "orders", ID));
        add(served, OTHER_COLLECTION, other.cachesCollection(Customer.class, "orders", OTHER));
        add(served, NATURAL_ID, other.ask(byMail(ID)).fromCache());
        add(served, OTHER_NATURAL_ID, other.ask(byMail(OTHER)).fromCache());
        return served;
    }

    private static void add(Set<Thing> things, Thing thing, boolean served) {
        if (served) {
            things.add(thing);
        }
    }

    private void awaitEverythingServed() {
        for (long id : List.of(ID, OTHER)) {
            assertThat(other.askUntilCached(byMail(id))).isEqualTo(cached(id));
            assertThat(other.askUntilCached(orders(id))).isEqualTo(cached(1));
        }
        assertThat(other.askUntilCached(
                        session -> session.find(Product.class, ID).getName()))
                .isEqualTo(cached("Kite"));
    }

    private static String mail(long id) {
        return id + "@example.org";
    }

    private static Function<Session, Integer> orders(long id) {
        return session -> session.find(Customer.class, id).getOrders().size();
    }

    private static Function<Session, Long> byMail(long id) {
        return session ->
                session.bySimpleNaturalId(Customer.class).load(mail(id)).getId();
    }
}
