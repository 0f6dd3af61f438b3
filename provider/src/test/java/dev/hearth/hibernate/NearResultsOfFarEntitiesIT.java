package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results that are kept near, of entities that are not: nothing is looked for before one of them is missing, and then all. */
final class NearResultsOfFarEntitiesIT {
    private static final int ROWS = 20;
    private static final String REGION = "hibernate.cache.hearth.region.";

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            1,
            builder -> builder.setting(Nodes.NEAR, "strict")
                    .setting("hibernate.cache.use_query_cache", "true")
                    .setting("hibernate.cache.query_cache_layout", "SHALLOW")
                    .setting(REGION + Order.class.getName() + ".near", "off")
                    .setting(REGION + Customer.class.getName() + ".near", "off"));

    private final CachingNode node = nodes.get(0);

    @BeforeAll
    static void persist() {
        nodes.get(0).inTransaction(session -> {
            for (long id = 1; id <= ROWS; id++) {
                Customer customer = new Customer(id, id + "@example.org", "Ada", null);
                session.persist(customer);
                session.persist(new Order(id, LocalDate.of(2026, 1, 2), customer));
                session.persist(new Product(id, "Kite", BigDecimal.ONE, null));
            }
        });
    }

    @Test
    void entitiesOfOneKindCostOneRoundTrip() {
        assertThat(waitsOfANearHit(rowsOf("from Order"))).isEqualTo(1);
    }

    @Test
    void entitiesOfTwoKindsCostOneRoundTrip() {
        assertThat(waitsOfANearHit(rowsOf("select o, c from Order o join o.customer c")))
                .isEqualTo(1);
    }

    @Test
    void entitiesThatAreKeptNearCostNothing() {
        assertThat(waitsOfANearHit(rowsOf("from Product"))).isZero();
    }

    @Test
    void anotherEntityIsReadAlone() {
        Function<Session, Integer> products = rowsOf("from Product");
        waitsOfANearHit(products);
        node.ask(session -> session.find(Product.class, 1L));
        long ahead = readAhead();

        long waits = CachingNode.waits(() -> node.ask(session -> {
            assertThat(products.apply(session)).isEqualTo(ROWS);
            return session.find(Order.class, 7L);
        }));

        assertThat(waits).isEqualTo(1);
        assertThat(readAhead()).isEqualTo(ahead);
    }

    @Test
    void whatWasReadAheadBeforeIsOlderThanTheResultAndDropped() {
        Function<Session, Integer> products = rowsOf("from Product");
        waitsOfANearHit(products);
        node.askUntilCached(session -> session.find(Order.class, 7L));
        RegionStatistics orders = node.statistics(Order.class);

        node.inTransaction(session -> {
            long wasted = orders.get(RegionEvent.PREFETCH_WASTED);
            Hearth.prefetch(session, Order.class, List.of(7L));
            assertThat(products.apply(session)).isEqualTo(ROWS);
            assertThat(orders.get(RegionEvent.PREFETCH_WASTED)).isEqualTo(wasted + 1);
        });
    }

    private long readAhead() {
        return node.statistics(Product.class).get(RegionEvent.PREFETCH_USED)
                + node.statistics(Product.class).get(RegionEvent.PREFETCH_WASTED);
    }

    private long waitsOfANearHit(Function<Session, Integer> query) {
        Waiting.until("the result and what is near of its entities are kept", () -> {
            node.askUntilCached(query);
            long before = nearHits();
            node.ask(query);
            return nearHits() > before;
        });
        return CachingNode.waits(() -> assertThat(node.ask(query)).isEqualTo(CachingNode.Answer.cached(ROWS)));
    }

    private long nearHits() {
        QueryRegion results = (QueryRegion) node.cache()
                .getQueryResultsCache("default-query-results-region")
                .getRegion();
        return results.store().statistics().get(RegionEvent.NEAR_HIT);
    }

    private static Function<Session, Integer> rowsOf(String query) {
        return session -> session.createQuery(query, Object.class)
                .setCacheable(true)
                .list()
                .size();
    }
}
