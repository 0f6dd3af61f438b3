package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept near is read without Redis, and no longer once it has changed anywhere. */
final class NearHitIT {
    private static final int PRODUCTS = 500;
    private static final int ORDERS = 5;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, NearNodes::strict);

    private static FaultProxy proxy;
    private static Nodes behindProxy;
    private static RoundTrips wire;
    private static CachingNode node;
    private final CachingNode other = nodes.get(0);

    @BeforeAll
    static void start() {
        proxy = FaultProxy.to(nodes.redis().endpoint());
        wire = RoundTrips.on(proxy);
        nodes.get(0).inTransaction(session -> {
            for (long id = 1; id <= PRODUCTS; id++) {
                session.persist(new Product(id, "Kite " + id, BigDecimal.ONE, null));
            }
            Customer customer = new Customer(1, "ada@example.org", "Ada", null);
            session.persist(customer);
            for (int i = 0; i < ORDERS; i++) {
                session.persist(new Order(i, LocalDate.of(2026, 1, 2), customer));
            }
        });
        behindProxy = NearNodes.strict(nodes.builder())
                .keepSchema()
                .setting(Nodes.REDIS_URL, proxy.url())
                .start(1);
        node = nodes.caching(behindProxy.get(0));
        NearNodes.awaitTrust(node);
        NearNodes.awaitTrust(nodes.get(0));
    }

    @AfterAll
    static void stop() {
        behindProxy.close();
        proxy.close();
    }

    @Test
    void anEntityIsFoundWithoutRedis() throws Exception {
        assertFreeOnceKept(session -> session.find(Product.class, 1L).getName(), "Kite 1");
    }

    @Test
    void aNaturalIdIsResolvedWithoutRedis() throws Exception {
        assertFreeOnceKept(
                session -> session.bySimpleNaturalId(Customer.class)
                        .load("ada@example.org")
                        .getName(),
                "Ada");
    }

    @Test
    void aCollectionIsReadWithoutRedis() throws Exception {
        assertFreeOnceKept(
                session -> session.find(Customer.class, 1L).getOrders().size(), ORDERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 500})
    void aQueryIsAnsweredWithoutRedis(int rows) throws Exception {
        assertFreeOnceKept(
                session -> session.createQuery("from Product where id <= :last", Product.class)
                        .setParameter("last", rows)
                        .setCacheable(true)
                        .list()
                        .size(),
                rows);
    }

    @Test
    void aChangeOnAnotherNodeIsSeenAtOnce() {
        for (int i = 0; i < 200; i++) {
            String name = "Dragon " + i;
            other.fixture()
                    .inTransaction(session -> session.find(Product.class, 2L).setName(name));

            assertThat(node.<String>ask(
                                    session -> session.find(Product.class, 2L).getName())
                            .value())
                    .isEqualTo(name);
        }
    }

    @Test
    void aCommittedValueIsKeptNearByTheNodeThatCommittedIt() {
        node.askUntilCached(session -> session.find(Product.class, 3L).getName());
        node.inTransaction(session -> session.find(Product.class, 3L).setName("Box kite"));

        long waits = CachingNode.waits(() -> node.fixture()
                .inTransaction(session ->
                        assertThat(session.find(Product.class, 3L).getName()).isEqualTo("Box kite")));

        assertThat(waits).isZero();
    }

    private static <T> void assertFreeOnceKept(Function<Session, T> question, T expected) throws Exception {
        Waiting.until("the answer is kept near", () -> {
            node.ask(question::apply);
            return CachingNode.waits(() -> node.fixture().fromTransaction(question)) == 0;
        });
        long nearHits = NearNodes.of(node, Product.class).store().statistics().nearHits();

        RoundTrips.Counts counts =
                wire.during(() -> assertThat(node.ask(question::apply)).isEqualTo(CachingNode.Answer.cached(expected)));

        assertThat(counts.commands()).isEmpty();
        assertThat(NearNodes.of(node, Product.class).store().statistics().nearHits())
                .isGreaterThanOrEqualTo(nearHits);
    }
}
