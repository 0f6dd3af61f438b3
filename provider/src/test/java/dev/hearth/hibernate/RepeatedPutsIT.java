package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hibernate publishes what a cached query's rows bring at every hit; Redis does not hear of it. */
final class RepeatedPutsIT {
    /* In this one the rows bring whole entities. */
    private static final String LAYOUT = "hibernate.cache.query_cache_layout";

    private static final int CUSTOMERS = 20;
    private static final Duration QUIET = Duration.ofMillis(50);

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, builder -> builder.setting(LAYOUT, "FULL"));

    @Test
    void hitsOfAQueryDoNotStoreItsEntitiesAndTheirNaturalIdsAgain() throws Exception {
        nodes.get(0)
                .inTransaction(session -> LongStream.rangeClosed(1, CUSTOMERS)
                        .forEach(id -> session.persist(new Customer(id, id + "@example.org", "Ada", null))));
        Function<Session, Integer> query = session -> session.createQuery("from Customer", Customer.class)
                .setCacheable(true)
                .list()
                .size();
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes behindProxy = nodes.builder()
                        .keepSchema()
                        .setting(LAYOUT, "FULL")
                        .setting(Nodes.REDIS_URL, proxy.url())
                        .start(1)) {
            CachingNode node = nodes.caching(behindProxy.get(0));
            RoundTrips wire = RoundTrips.on(proxy);
            node.askUntilCached(query);

            RoundTrips.Counts counts = wire.duringAndAfter(() -> node.fixture().fromTransaction(query), QUIET);

            assertThat(counts.names()).doesNotContain("EVALSHA", "EVAL");
            assertThat(node.statistics(Customer.class).refusals(PutRefusal.OF_RESULT)
                            + node.statistics(Customer.class.getName() + "##NaturalId")
                                    .refusals(PutRefusal.OF_RESULT))
                    .isGreaterThanOrEqualTo(CUSTOMERS);
        }
    }

    @Test
    void whatIsReadFromTheDatabaseAfterAHitIsStored() {
        CachingNode node = nodes.get(0);
        node.inTransaction(session -> session.persist(new Product(1L, "Kite", BigDecimal.ONE, null)));
        Function<Session, Integer> query = session -> session.createQuery("from Product", Product.class)
                .setCacheable(true)
                .list()
                .size();
        node.askUntilCached(query);
        nodes.redis().connect().call("DEL", node.key(Product.class, 1L));

        node.ask(session -> {
            assertThat(query.apply(session)).isPositive();
            session.clear();
            return session.find(Product.class, 1L).getName();
        });

        assertThat(node.ask(session -> session.find(Product.class, 1L).getName()))
                .isEqualTo(cached("Kite"));
    }
}
