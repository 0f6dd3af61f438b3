package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hits that lead to many entities cost at Redis, in every layout of query results. */
final class QueryCostIT {
    /* Long against the time between two commands that are sent together, so that they count as one round trip. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(60);
    private static final int PRODUCTS = 500;

    @RegisterExtension
    static final CacheNodesExtension nodes =
            CacheNodesExtension.start(1, builder -> builder.setting("hibernate.cache.use_query_cache", "true"));

    private static final Map<String, Nodes> behindProxy = new HashMap<>();
    private static FaultProxy proxy;
    private static RoundTrips wire;

    @BeforeAll
    static void start() {
        proxy = FaultProxy.to(nodes.redis().endpoint());
        wire = RoundTrips.on(proxy, "EVALSHA", "EVAL");
        nodes.get(0).inTransaction(session -> {
            for (long id = 1; id <= PRODUCTS; id++) {
                session.persist(new Product(id, "Kite " + id, BigDecimal.ONE, null));
            }
            for (int orders : List.of(1, 5, 50)) {
                Customer customer = new Customer(orders, orders + "@example.org", "Ada", null);
                session.persist(customer);
                for (int i = 0; i < orders; i++) {
                    session.persist(new Order(orders * 1000L + i, LocalDate.of(2026, 1, 2), customer));
                }
            }
        });
    }

    @AfterAll
    static void stop() {
        behindProxy.values().forEach(Nodes::close);
        proxy.close();
    }

    private static CachingNode node(String layout) {
        return nodes.caching(behindProxy
                .computeIfAbsent(
                        layout,
                        l -> nodes.builder()
                                .keepSchema()
                                .setting(Nodes.REDIS_URL, proxy.url())
                                .setting("hibernate.cache.use_query_cache", "true")
                                .setting("hibernate.cache.query_cache_layout", l)
                                .setting(
                                        "hibernate.cache.hearth.keyspace",
                                        nodes.redis().keyspace() + "-" + l)
                                .start(1))
                .get(0));
    }

    static Stream<Arguments> layouts() {
        return Stream.of("FULL", "SHALLOW", "SHALLOW_WITH_DISCRIMINATOR", "AUTO")
                .flatMap(layout -> Stream.of(1, 20, 100, 500).map(rows -> Arguments.of(layout, rows)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aQueryHitCostsOneRoundTripWithItsEntities(String layout, int rows) throws Exception {
        CachingNode node = node(layout);
        Function<Session, Integer> query =
                session -> session.createQuery("from Product where id <= :last", Product.class)
                        .setParameter("last", rows)
                        .setCacheable(true)
                        .list()
                        .size();
        node.askUntilCached(query);

        assertThat(roundTrips(node, query, rows)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50})
    void aCollectionHitCostsOneRoundTripWithItsElements(int orders) throws Exception {
        CachingNode node = node("FULL");
        Function<Session, Integer> withOwner = session ->
                session.find(Customer.class, (long) orders).getOrders().size();
        node.askUntilCached(withOwner);

        // The owner costs one more, and its natural id none.
        assertThat(roundTrips(node, withOwner, orders)).isEqualTo(2);
    }

    @Test
    void knownIdsAreReadAheadInOneRoundTrip() throws Exception {
        CachingNode node = node("FULL");
        List<Long> ids = LongStream.rangeClosed(1, 100).boxed().toList();
        Function<Session, Integer> finds = session -> {
            Hearth.prefetch(session, Product.class, ids);
            ids.forEach(id -> session.find(Product.class, id));
            return ids.size();
        };
        node.askUntilCached(finds);

        assertThat(roundTrips(node, finds, ids.size())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50})
    void anUpdateOfAnyNumberOfEntitiesWaitsOnceForItsLocksAndItsAnnouncement(int count) {
        CachingNode node = node("FULL");
        node.settle();
        proxy.delayRoundTrip(ROUND_TRIP);
        try {
            long waits = CachingNode.waits(() -> node.fixture().inTransaction(session -> {
                for (Product product : session.createQuery("from Product where id <= :last", Product.class)
                        .setParameter("last", count)
                        .list()) {
                    product.setName(product.getName() + "!");
                }
            }));

            assertThat(waits).isEqualTo(1);
        } finally {
            proxy.heal();
        }
    }

    private static long roundTrips(CachingNode node, Function<Session, Integer> question, int expected)
            throws Exception {
        node.settle();
        proxy.delayRoundTrip(ROUND_TRIP);
        try {
            return wire.during(() -> assertThat(node.ask(question)).isEqualTo(CachingNode.Answer.cached(expected)))
                    .roundTrips();
        } finally {
            proxy.heal();
        }
    }
}
