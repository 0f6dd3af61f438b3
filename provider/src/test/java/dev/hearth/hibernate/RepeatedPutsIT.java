package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hibernate publishes what a cached query's rows bring at every hit; Redis hears of it once. */
final class RepeatedPutsIT {
    private static final int CUSTOMERS = 20;
    private static final Duration QUIET = Duration.ofMillis(50);

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1);

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
                        .setting(Nodes.REDIS_URL, proxy.url())
                        .start(1)) {
            CachingNode node = nodes.caching(behindProxy.get(0));
            RoundTrips wire = RoundTrips.on(proxy);
            node.askUntilCached(query);

            RoundTrips.Counts counts = wire.duringAndAfter(() -> node.fixture().fromTransaction(query), QUIET);

            assertThat(counts.names()).doesNotContain("EVALSHA", "EVAL");
            assertThat(node.statistics(Customer.class).refusals(PutRefusal.PRESENT))
                    .isGreaterThanOrEqualTo(CUSTOMERS);
        }
    }

    @Test
    void whatWasMissedIsStoredAgainAtOnce() {
        CachingNode node = nodes.get(0);
        node.inTransaction(session -> session.persist(new Customer(100, "eve@example.org", "Eve", null)));
        Function<Session, String> find =
                session -> session.find(Customer.class, 100L).getName();
        node.askUntilCached(find);
        nodes.redis().connect().call("DEL", node.key(Customer.class, 100L));

        node.ask(find);

        assertThat(node.ask(find).fromCache()).isTrue();
    }
}
