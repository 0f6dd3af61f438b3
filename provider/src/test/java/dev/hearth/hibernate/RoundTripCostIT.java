package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Action;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import jakarta.transaction.Synchronization;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.Interceptor;
import org.hibernate.Session;
import org.hibernate.type.Type;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Hibernate's operations cost at Redis: how often the session waits, and what leaves without being waited for. */
final class RoundTripCostIT {
    /* Long against the time that a flush takes, so that locks are still under way when the commit comes to wait for them. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(300);
    private static final Duration QUIET = Duration.ofMillis(100);

    @RegisterExtension
    static final CacheNodesExtension nodes =
            // What tables and results cost besides is QueryCostIT's.
            CacheNodesExtension.start(1, builder -> builder.setting("hibernate.cache.use_query_cache", "false"));

    private static final AtomicLong IDS = new AtomicLong();

    private static FaultProxy proxy;
    private static Nodes behindProxy;
    private static CachingNode node;
    private static RoundTrips wire;

    private final CachingNode direct = nodes.get(0);

    @BeforeAll
    static void start() {
        proxy = FaultProxy.to(nodes.redis().endpoint());
        behindProxy = nodes.builder()
                .keepSchema()
                .setting(Nodes.REDIS_URL, proxy.url())
                // Announcements of tables have a test of their own: QueryCostIT.
                .setting("hibernate.cache.use_query_cache", "false")
                .start(1);
        node = nodes.caching(behindProxy.get(0));
        wire = RoundTrips.on(proxy);
    }

    @AfterAll
    static void stop() {
        behindProxy.close();
        proxy.close();
    }

    @AfterEach
    void heal() {
        proxy.heal();
        node.settle();
    }

    @Test
    void aTransactionThatTouchesNothingCachedCostsNothing() throws Exception {
        Cost cost = cost(() -> node.fixture()
                .inTransaction(session ->
                        session.createNativeQuery("select 1", Integer.class).getSingleResult()));

        assertThat(cost).isEqualTo(new Cost(0, 0, List.of()));
    }

    @Test
    void aHitCostsOneRoundTrip() throws Exception {
        long id = persistProducts(1).get(0);

        assertThat(cost(() -> assertThat(find(id)).isEqualTo(cached("Kite"))))
                .isEqualTo(new Cost(1, 1, List.of("MGET")));
    }

    @Test
    void aMissWaitsOnceAndItsPutIsSentWithoutWaiting() throws Exception {
        long id = persistProducts(1).get(0);
        direct.cache().evict(Product.class, id);
        node.awaitStamp();

        assertThat(cost(() -> assertThat(find(id)).isEqualTo(loaded("Kite"))))
                .isEqualTo(new Cost(1, 2, List.of("MGET", "EVALSHA")));
        assertThat(direct.stored(Product.class, id)).isEqualTo("V");
    }

    @Test
    void aLoadEndsWhileItsPutIsUnderWay() {
        long id = persistProducts(1).get(0);
        direct.cache().evict(Product.class, id);
        node.awaitStamp();

        try (Session session = node.sessionFactory()
                .withOptions()
                .interceptor(new AtLoad(proxy::holdAnswers))
                .openSession()) {
            assertThat(session.find(Product.class, id).getName()).isEqualTo("Kite");
        }

        assertUnderWay(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50})
    void anUpdateOfAnyNumberOfEntitiesWaitsOnce(int count) throws Exception {
        List<Long> ids = persistProducts(count);
        try (Session session = node.open()) {
            session.beginTransaction();
            List<Product> products =
                    ids.stream().map(id -> session.find(Product.class, id)).toList();

            Cost cost = cost(() -> {
                products.forEach(product -> product.setName("Ball"));
                session.getTransaction().commit();
            });

            assertThat(cost.waits()).isOne();
            assertThat(cost.commands()).hasSize(2 * count).containsOnly("EVALSHA");
        }
        ids.forEach(id -> assertThat(direct.stored(Product.class, id)).isEqualTo("V"));
    }

    @Test
    void aFlushEndsWhileItsLocksAreUnderWay() {
        List<Long> ids = persistProducts(5);
        try (Session session = node.open()) {
            session.beginTransaction();
            ids.forEach(id -> session.find(Product.class, id).setName("Ball"));
            proxy.holdAnswers();

            session.flush();

            assertUnderWay(5);
            proxy.heal();
            session.getTransaction().commit();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50})
    void aCommitEndsWhileItsReleasesAreUnderWay(int count) {
        List<Long> ids = persistProducts(count);

        node.fixture().inTransaction(session -> {
            ids.forEach(id -> session.find(Product.class, id).setName("Ball"));
            session.getTransaction().registerSynchronization(new BeforeCommit(proxy::holdAnswers));
        });

        assertUnderWay(count);
    }

    @Test
    void aReadOfWhatItsTransactionChangedCostsNothing() throws Exception {
        long id = persistProducts(1).get(0);
        try (Session session = node.open()) {
            session.beginTransaction();
            session.find(Product.class, id).setName("Ball");
            session.flush();
            session.clear();
            wire.awaitQuiet(QUIET);

            Cost cost = cost(
                    () -> assertThat(session.find(Product.class, id).getName()).isEqualTo("Ball"));

            assertThat(cost).isEqualTo(new Cost(0, 0, List.of()));
            session.getTransaction().commit();
        }
    }

    @Test
    void aLookupByNaturalIdCostsTwoRoundTripsTheFirstTimeAndOneFromThenOn() throws Exception {
        long id = persistCustomer();

        // What is read along is of use for a moment only, so the network is not slow here.
        assertThat(cost(Duration.ZERO, () -> assertThat(nameByMail(id)).isEqualTo(cached("Ada"))))
                .isEqualTo(new Cost(2, 2, List.of("MGET", "MGET")));
        assertThat(cost(Duration.ZERO, () -> assertThat(nameByMail(id)).isEqualTo(cached("Ada"))))
                .isEqualTo(new Cost(1, 1, List.of("MGET")));
    }

    @Test
    void aNaturalIdThatHasPassedToAnotherEntityCostsOneRoundTripMoreOnce() throws Exception {
        long first = persistCustomer();
        nameByMail(first);
        direct.inTransaction(session -> {
            session.find(Customer.class, first).setEmail("former@example.org");
            session.flush();
            session.persist(new Customer(IDS.incrementAndGet(), mail(first), "Grace", null));
        });
        direct.askUntilCached(byMail(first));

        assertThat(cost(Duration.ZERO, () -> assertThat(nameByMail(first)).isEqualTo(cached("Grace"))))
                .isEqualTo(new Cost(2, 2, List.of("MGET", "MGET")));
        assertThat(cost(Duration.ZERO, () -> assertThat(nameByMail(first)).isEqualTo(cached("Grace"))))
                .isEqualTo(new Cost(1, 1, List.of("MGET")));
    }

    @Test
    void aCollectionCostsARoundTripWithItsElementsOnceTheyAreKnown() throws Exception {
        long id = persistCustomer();
        direct.inTransaction(session -> {
            Customer customer = session.find(Customer.class, id);
            for (int i = 0; i < 3; i++) {
                session.persist(new Order(IDS.incrementAndGet(), LocalDate.EPOCH, customer));
            }
        });
        direct.askUntilCached(orders(id));

        assertThat(cost(Duration.ZERO, () -> assertThat(answer(orders(id))).isEqualTo(cached(3))))
                .isEqualTo(new Cost(3, 3, List.of("MGET", "MGET", "MGET")));
        assertThat(cost(Duration.ZERO, () -> assertThat(answer(orders(id))).isEqualTo(cached(3))))
                .isEqualTo(new Cost(2, 2, List.of("MGET", "MGET")));
    }

    @Test
    void anElementThatIsNewCostsOneRoundTripMoreOnce() throws Exception {
        long id = persistCustomer();
        direct.inTransaction(session ->
                session.persist(new Order(IDS.incrementAndGet(), LocalDate.EPOCH, session.find(Customer.class, id))));
        direct.askUntilCached(orders(id));
        answer(orders(id));
        direct.inTransaction(session ->
                session.persist(new Order(IDS.incrementAndGet(), LocalDate.EPOCH, session.find(Customer.class, id))));
        direct.askUntilCached(orders(id));

        assertThat(cost(Duration.ZERO, () -> assertThat(answer(orders(id))).isEqualTo(cached(2)))
                        .waits())
                .isEqualTo(3);
        assertThat(cost(Duration.ZERO, () -> assertThat(answer(orders(id))).isEqualTo(cached(2)))
                        .waits())
                .isEqualTo(2);
    }

    private static Function<Session, Integer> orders(long id) {
        return session -> session.find(Customer.class, id).getOrders().size();
    }

    private static Function<Session, String> byMail(long id) {
        return session ->
                session.bySimpleNaturalId(Customer.class).load(mail(id)).getName();
    }

    private static CachingNode.Answer<String> nameByMail(long id) {
        return answer(byMail(id));
    }

    private static String mail(long id) {
        return id + "@example.org";
    }

    private long persistCustomer() {
        long id = IDS.incrementAndGet();
        direct.inTransaction(session -> session.persist(new Customer(id, mail(id), "Ada", null)));
        return id;
    }

    /** Whoever is here has not waited for these commands, whose answers are held. A heartbeat may be under way besides. */
    private static void assertUnderWay(int commands) {
        assertThat(node.inFlight()).isBetween(commands, commands + 2);
        Waiting.until("one of them has left", () -> wire.unanswered() > 0);
    }

    private record Cost(long waits, long roundTrips, List<String> commands) {}

    /** What the action costs, and what it leaves in the background. */
    private static Cost cost(Action action) throws Exception {
        return cost(ROUND_TRIP, action);
    }

    private static Cost cost(Duration roundTrip, Action action) throws Exception {
        proxy.delayRoundTrip(roundTrip);
        long before = dev.hearth.statistics.RoundTrips.onThisThread();
        RoundTrips.Counts counts = wire.duringAndAfter(action, QUIET);
        long waits = dev.hearth.statistics.RoundTrips.onThisThread() - before;
        proxy.heal();
        return new Cost(waits, counts.roundTrips(), counts.names());
    }

    private static CachingNode.Answer<String> find(long id) {
        return answer(session -> session.find(Product.class, id).getName());
    }

    private static <T> CachingNode.Answer<T> answer(Function<Session, T> question) {
        long before = node.sql().ofThisThread();
        T value = node.fixture().fromTransaction(question);
        return new CachingNode.Answer<>(value, node.sql().ofThisThread() == before);
    }

    private List<Long> persistProducts(int count) {
        List<Long> ids = LongStream.range(0, count)
                .map(i -> IDS.incrementAndGet())
                .boxed()
                .toList();
        direct.inTransaction(
                session -> ids.forEach(id -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null))));
        return ids;
    }

    /** Acts when a row has been read, before the entity is put into the cache. */
    private record AtLoad(Runnable action) implements Interceptor {
        @Override
        public boolean onLoad(Object entity, Object id, Object[] state, String[] propertyNames, Type[] types) {
            action.run();
            return false;
        }
    }

    /** Acts when the cache has taken the locks, before the database commits. */
    private record BeforeCommit(Runnable action) implements Synchronization {
        @Override
        public void beforeCompletion() {
            action.run();
        }

        @Override
        public void afterCompletion(int status) {
            // What is sent then is what the test looks at.
        }
    }
}
