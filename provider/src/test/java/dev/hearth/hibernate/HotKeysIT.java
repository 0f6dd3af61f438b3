package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.near.NearRegion;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one node uses most, the next one keeps near before anybody asks it. */
final class HotKeysIT {
    private static final int PRODUCTS = 20;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            // Uses are counted only once a cache has begun to fill.
            1, builder -> NearNodes.strict(builder).setting("hibernate.cache.hearth.near.maximum-entries", "20"));

    @BeforeAll
    static void fill() {
        nodes.get(0).inTransaction(session -> {
            LongStream.rangeClosed(1, PRODUCTS)
                    .forEach(id -> session.persist(new Product(id, "Kite " + id, BigDecimal.ONE, null)));
            session.persist(new Customer(1, "ada@example.org", "Ada", null));
        });
        NearNodes.awaitTrust(nodes.get(0));
    }

    @Test
    void aNodeThatStartsKeepsWhatAnotherHasUsedMost() {
        try (Nodes left = NearNodes.strict(nodes.builder()).keepSchema().start(1)) {
            CachingNode leaving = nodes.caching(left.get(0));
            NearNodes.awaitTrust(leaving);
            for (long id = 1; id <= 10; id++) {
                useUntilKept(leaving, product(id));
            }
            useUntilKept(leaving, HotKeysIT::customerByEmail);
        }
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint())) {
            takesOver(proxy, RoundTrips.ofNodesToo(proxy));
        }
    }

    private static void takesOver(FaultProxy proxy, RoundTrips wire) {
        try (Nodes joined = NearNodes.strict(nodes.builder())
                .keepSchema()
                .setting(Nodes.REDIS_URL, proxy.url())
                .start(1)) {
            CachingNode joining = nodes.caching(joined.get(0));
            Waiting.until(
                    "the node has taken over what was left",
                    () -> NearNodes.of(joining, Product.class).size() >= 10
                            && NearNodes.of(joining, Customer.class).size() >= 1);

            assertThat(wire.counts().commands())
                    .as("what it asks for, of all its regions")
                    .filteredOn(command -> command.toString().contains(":{hot}"))
                    .hasSize(1);

            for (long id = 1; id <= 10; id++) {
                assertThat(waits(joining, product(id))).isZero();
            }
            assertThat(joining.statistics(Product.class).misses()).isZero();
        }
    }

    @Test
    void aNodeThatStartsKeepsTheResultsThatAnotherHasUsedMost() {
        try (Nodes left = NearNodes.strict(nodes.builder()).keepSchema().start(1)) {
            CachingNode leaving = nodes.caching(left.get(0));
            NearNodes.awaitTrust(leaving);
            for (long id = 1; id <= 3; id++) {
                useUntilKept(leaving, nameOf(id));
            }
        }
        try (Nodes joined = NearNodes.strict(nodes.builder()).keepSchema().start(1)) {
            CachingNode joining = nodes.caching(joined.get(0));
            Waiting.until(
                    "the node has taken over the results",
                    () -> results(joining).store().statistics().total(RegionEvent.NEAR_PUT) >= 3);

            for (long id = 1; id <= 3; id++) {
                assertThat(waits(joining, nameOf(id))).isZero();
                assertThat(joining.fixture().fromTransaction(nameOf(id))).isEqualTo("Kite " + id);
            }
            assertThat(results(joining).store().statistics().misses()).isZero();
            joining.inTransaction(
                    session -> session.persist(new Product(PRODUCTS + 1, "Kite 21", BigDecimal.ONE, null)));

            assertThat(joining.ask(nameOf(1)::apply).fromCache())
                    .as("a change of the table that a result was said to read")
                    .isFalse();
            joining.inTransaction(session -> session.remove(session.find(Product.class, PRODUCTS + 1)));
        }
    }

    private static NearRegion results(CachingNode node) {
        return ((QueryRegion) node.cache().getDefaultQueryResultsCache().getRegion()).near();
    }

    private static Function<Session, String> nameOf(long id) {
        return session -> session.createSelectionQuery("select p.name from Product p where p.id = :id", String.class)
                .setParameter("id", id)
                .setCacheable(true)
                .getSingleResult();
    }

    @Test
    void theHottestKeysComeFirst() {
        CachingNode node = nodes.get(0);
        for (long id = 1; id <= 14; id++) {
            useUntilKept(node, product(id));
        }
        for (int i = 0; i < 200; i++) {
            node.fixture().fromTransaction(product(12));
        }

        assertThat(NearNodes.of(node, Product.class).hottest(1)).containsExactly("12");
    }

    private static Function<Session, String> product(long id) {
        return session -> session.find(Product.class, id).getName();
    }

    private static String customerByEmail(Session session) {
        return session.bySimpleNaturalId(Customer.class).load("ada@example.org").getName();
    }

    private static void useUntilKept(CachingNode node, Function<Session, String> question) {
        Waiting.until("the answer is kept near", () -> {
            node.ask(question::apply);
            return waits(node, question) == 0;
        });
    }

    private static long waits(CachingNode node, Function<Session, String> question) {
        return CachingNode.waits(() -> node.fixture().fromTransaction(question));
    }
}
