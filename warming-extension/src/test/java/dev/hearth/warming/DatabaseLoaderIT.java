package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.BulkLoad;
import dev.hearth.CacheUnavailableException;
import dev.hearth.test.Action;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Book;
import dev.hearth.test.shop.Category;
import dev.hearth.test.shop.Country;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.OrderLine;
import dev.hearth.test.shop.OrderLineId;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import dev.hearth.warming.WarmTarget.Entities;
import dev.hearth.warming.WarmTarget.Results;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a warm-up brings into the cache from the database, as another node finds it there. */
final class DatabaseLoaderIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static final List<UUID> GAUGES =
            IntStream.range(0, 10).mapToObj(i -> new UUID(7, i)).toList();

    private static Nodes nodes;
    private static NodeFixture warmer;
    private static NodeFixture other;

    private final DatabaseLoader loader = new DatabaseLoader(warmer.sessionFactory(), 4, 1);
    private final RecordedRun run = new RecordedRun();

    @BeforeAll
    static void start() {
        nodes = builder().start(2);
        warmer = nodes.get(0);
        other = nodes.get(1);
        other.inTransaction(Shop::fill);
        other.inTransaction(session -> IntStream.range(0, 10)
                .forEach(i -> session.persist(new Gauge(GAUGES.get(i), "unit " + i, new Gauge.Range(i, i + 1)))));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void clear() {
        warmer.sessionFactory().getCache().evictAllRegions();
    }

    private static Nodes.Builder builder() {
        return Nodes.on(postgres.database(), redis.endpoint())
                .entities(Stream.concat(Shop.ENTITIES.stream(), Stream.of(Gauge.class))
                        .toList())
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s");
    }

    private static Entities all(Class<?> entity) {
        return where(entity, null, Map.of());
    }

    private static Entities where(Class<?> entity, @Nullable String restriction, Map<String, Object> parameters) {
        return new Entities(entity, restriction, parameters, List.of(), 0, Set.of(), false);
    }

    private static Entities along(Class<?> entity, String collection) {
        return new Entities(entity, null, Map.of(), List.of(), 0, Set.of(collection), true);
    }

    private static long sql(NodeFixture node, Action action) throws Exception {
        return node.sql().during(action);
    }

    private static void assertServed(Class<?> entity, Object id) throws Exception {
        assertThat(sql(other, () -> other.inTransaction(session -> session.find(entity, id))))
                .as("statements for %s %s", entity.getSimpleName(), id)
                .isZero();
    }

    // Entities

    @Test
    void everyEntityIsServedToAnotherNodeWithoutSql() throws Exception {
        loader.load(all(Gauge.class), run);

        assertThat(run.pages).hasSize(3);
        assertThat(run.read()).isEqualTo(10);
        assertThat(run.stored()).isEqualTo(10);
        for (UUID id : GAUGES) {
            assertServed(Gauge.class, id);
        }
        other.inTransaction(session -> {
            Gauge gauge = session.find(Gauge.class, GAUGES.get(3));
            assertThat(gauge.unit).isEqualTo("unit 3");
            assertThat(gauge.range).isEqualTo(new Gauge.Range(3, 4));
            gauge.place = "cellar";
        });
        other.inTransaction(session -> {
            assertThat(session.find(Gauge.class, GAUGES.get(3)).version).isPositive();
            session.find(Gauge.class, GAUGES.get(3)).place = "roof";
        });
    }

    @Test
    void subclassesAndAssociationsAreServedToAnotherNode() throws Exception {
        loader.load(all(Product.class), run);
        loader.load(all(Category.class), run);
        loader.load(all(Country.class), run);

        assertThat(run.stored()).isEqualTo(3 + 3 + 2);
        assertThat(sql(
                        other,
                        () -> other.inTransaction(session -> {
                            Book book = (Book) session.find(Product.class, 1L);
                            assertThat(book.getIsbn()).isEqualTo("9780000000001");
                            assertThat(book.getPrice()).isEqualTo(new BigDecimal("19.90"));
                            assertThat(book.getCategory().getParent().getName()).isEqualTo("Everything");
                            assertThat(session.find(Country.class, "FR").getName())
                                    .isEqualTo("France");
                        })))
                .isZero();
    }

    @Test
    void aRestrictionAndALimitBoundWhatIsLoaded() throws Exception {
        loader.load(where(Gauge.class, "e.range.low >= :low or e.unit = 'unit 0'", Map.of("low", 7)), run);
        assertThat(run.stored()).isEqualTo(4);

        RecordedRun limited = new RecordedRun();
        loader.load(new Entities(Gauge.class, null, Map.of(), List.of(), 6, Set.of(), false), limited);
        assertThat(limited.stored() + limited.skipped()).isEqualTo(6);
        assertThat(loader.estimate(new Entities(Gauge.class, null, Map.of(), List.of(), 6, Set.of(), false)))
                .isEqualTo(6);
        assertThat(loader.estimate(where(Gauge.class, "e.range.low >= :low", Map.of("low", 7))))
                .isEqualTo(3);
    }

    @Test
    void aSecondWarmUpReadsNoRowsAndStoresNothing() throws Exception {
        loader.load(all(Gauge.class), run);
        RecordedRun second = new RecordedRun();

        long statements = sql(warmer, () -> loader.load(all(Gauge.class), second));

        assertThat(statements).isEqualTo(3);
        assertThat(second.read()).isZero();
        assertThat(second.stored()).isZero();
        assertThat(second.skipped()).isEqualTo(10);
    }

    @Test
    void whatIsMoreThanHalfWayToItsExpiryIsRenewed() throws Exception {
        loader.load(all(Gauge.class), run);
        try (RedisConnection connection = redis.connect()) {
            List<String> keys = connection.keys("*Gauge*}:*");
            assertThat(keys).hasSize(10);
            keys.forEach(key -> connection.call("PEXPIRE", key, "60000"));
            RecordedRun second = new RecordedRun();

            loader.load(all(Gauge.class), second);

            assertThat(second.stored()).isEqualTo(10);
            assertThat(keys)
                    .allSatisfy(key ->
                            assertThat((Long) connection.call("PTTL", key)).isGreaterThan(60_000));
        }
        RecordedRun third = new RecordedRun();
        loader.load(all(Gauge.class), third);
        assertThat(third.stored()).as("nothing is renewed too early").isZero();
        assertThat(third.read()).isZero();
    }

    @Test
    void onlyWhatIsMissingIsRead() throws Exception {
        loader.load(all(Gauge.class), run);
        warmer.sessionFactory().getCache().evict(Gauge.class, GAUGES.get(5));
        RecordedRun second = new RecordedRun();

        loader.load(all(Gauge.class), second);

        assertThat(second.read()).isPositive().isLessThanOrEqualTo(3);
        assertThat(second.stored()).isOne();
        assertServed(Gauge.class, GAUGES.get(5));
    }

    /** One statement for a page in place of two, and no question to Redis. */
    @Test
    void behindAPageOfWhichNothingWasThereRowsAreReadWithoutTheirIds() throws Exception {
        long statements = sql(warmer, () -> loader.load(all(Gauge.class), run));

        assertThat(run.pages).hasSize(3);
        assertThat(statements).isEqualTo(2 + 1 + 1);
        assertThat(run.stored()).isEqualTo(10);
    }

    @Test
    void rowsAreNotReadAtOnceAnyMoreWhereRedisHasOneOfThem() throws Exception {
        loader.load(all(Gauge.class), run);
        // Past the protocol, whose fences would have the first page read twice.
        try (RedisConnection connection = redis.connect()) {
            List<String> first =
                    GAUGES.subList(0, 4).stream().map(UUID::toString).toList();
            connection.keys("*Gauge*}:*").stream()
                    .filter(key -> first.stream().anyMatch(key::endsWith))
                    .forEach(key -> connection.call("DEL", key));
        }
        RecordedRun second = new RecordedRun();

        loader.load(all(Gauge.class), second);

        assertThat(second.stored()).isEqualTo(4);
        assertThat(second.read()).as("of the first page, and of the second").isEqualTo(8);
    }

    @Test
    void aRunGoesOnFromItsCheckpoint() throws Exception {
        RecordedRun ended = new RecordedRun(null, page -> {
            if (page == 2) {
                throw new RunEndedException("cancelled");
            }
        });
        assertThatExceptionOfType(RunEndedException.class).isThrownBy(() -> loader.load(all(Gauge.class), ended));
        assertThat(ended.stored()).isEqualTo(8);

        RecordedRun next = new RecordedRun(ended.reached(), page -> {});
        loader.load(all(Gauge.class), next);

        assertThat(next.pages).hasSize(1);
        assertThat(next.read()).isEqualTo(2);
    }

    @Test
    void aGivenOrderIsKept() throws Exception {
        loader.load(new Entities(Gauge.class, null, Map.of(), List.of("range.low desc"), 2, Set.of(), false), run);

        assertThat(run.stored()).isEqualTo(2);
        assertServed(Gauge.class, GAUGES.get(9));
        assertServed(Gauge.class, GAUGES.get(8));
        assertThat(run.reached()).isNull();
    }

    @Test
    void entitiesWithEmbeddedIdsAreLoaded() throws Exception {
        loader.load(all(OrderLine.class), run);

        assertThat(run.stored()).isEqualTo(2);
        assertServed(OrderLine.class, new OrderLineId(1, 2));
    }

    // Along with entities

    @Test
    void collectionsAndNaturalIdsComeAlong() throws Exception {
        loader.load(along(Customer.class, "orders"), run);
        loader.load(along(Category.class, "children"), run);

        assertThat(sql(
                        other,
                        () -> other.inTransaction(session -> {
                            Customer ada =
                                    session.bySimpleNaturalId(Customer.class).load("ada@example.org");
                            assertThat(ada.getOrders().get(0).getId()).isOne();
                            assertThat(session.find(Customer.class, 2L).getOrders())
                                    .isEmpty();
                            assertThat(session.find(Category.class, 1).getChildren())
                                    .extracting(Category::getName)
                                    .containsExactlyInAnyOrder("Books", "Toys");
                        })))
                .isZero();

        RecordedRun second = new RecordedRun();
        loader.load(along(Customer.class, "orders"), second);
        assertThat(second.read()).isZero();
        assertThat(second.skipped()).isEqualTo(4);
    }

    @Test
    void aCollectionThatIsMissingIsReadWhereItsOwnerIsNot() throws Exception {
        loader.load(all(Customer.class), run);

        loader.load(along(Customer.class, "orders"), run);

        assertThat(sql(
                        other,
                        () -> other.inTransaction(session -> assertThat(
                                        session.find(Customer.class, 1L).getOrders())
                                .hasSize(1))))
                .isZero();
    }

    @Test
    void whatTheMappingHasNotIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader.load(along(Customer.class, "ordres"), run))
                .withMessage("Customer has no collection 'ordres'; it has [orders]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader.load(where(Customer.class, "e.nmae = 'Ada'", Map.of()), run))
                .withMessageContaining("Customer cannot be warmed")
                .withMessageContaining("nmae");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader.load(new Results("Gauge.uncached", List.of(Map.of())), run))
                .withMessageContaining("'Gauge.uncached' cannot be warmed: it is not cacheable");
    }

    // Beside writers

    @Test
    void whatIsCommittedBetweenReadAndPutStays() throws Exception {
        UUID id = GAUGES.get(6);
        Gauge.whenRead = () -> rename(id, "newer");
        loader.load(where(Gauge.class, "e.id = :id", Map.of("id", id)), run);

        other.inTransaction(
                session -> assertThat(session.find(Gauge.class, id).unit).isEqualTo("newer"));
        warmer.inTransaction(
                session -> assertThat(session.find(Gauge.class, id).unit).isEqualTo("newer"));
        assertThat(run.pages.get(0).stored() + run.pages.get(0).skipped()).isOne();
        rename(id, "unit 6");
    }

    private static void rename(UUID id, String unit) {
        Thread writer = new Thread(() -> other.inTransaction(session -> session.find(Gauge.class, id).unit = unit));
        writer.start();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Query results

    @Test
    void resultsAreServedToAnotherNodeAndLeftWhereTheyAreValid() throws Exception {
        Results target = new Results("Gauge.above", List.of(Map.of("low", 8), Map.of("low", 9), Map.of("low", 7)));
        loader.load(target, new RecordedRun("1", page -> {}));
        loader.load(target, run);

        assertThat(run.pages)
                .containsExactly(
                        new RecordedRun.Page(2, 1, 0, "1"),
                        new RecordedRun.Page(0, 0, 1, "2"),
                        new RecordedRun.Page(0, 0, 1, "3"));
        assertThat(loader.estimate(target)).isEqualTo(3);
        assertThat(sql(
                        other,
                        () -> other.inTransaction(
                                session -> assertThat(session.createNamedQuery("Gauge.above", String.class)
                                                .setParameter("low", 8)
                                                .getResultList())
                                        .containsExactly("unit 8", "unit 9"))))
                .isZero();
    }

    // Without Redis

    @Test
    void aRunGoesOnWhenRedisIsBack() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.endpoint());
                Nodes behindProxy = behind(proxy)) {
            NodeFixture node = behindProxy.get(0);
            RecordedRun waiting = new RecordedRun(null, page -> {
                if (page == 1) {
                    proxy.cut();
                } else if (page > 1) {
                    proxy.heal();
                    Eventually.holds("Redis is back", () -> BulkLoad.isAvailable(node.sessionFactory()));
                }
            });

            new DatabaseLoader(node.sessionFactory(), 4, 1).load(all(Gauge.class), waiting);

            assertThat(waiting.stored()).isEqualTo(10);
        }
        for (UUID id : GAUGES) {
            assertServed(Gauge.class, id);
        }
    }

    @Test
    void aRunThatDoesNotWaitForRedisFailsAndItsCheckpointStays() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.endpoint());
                Nodes behindProxy = behind(proxy)) {
            NodeFixture node = behindProxy.get(0);
            RecordedRun impatient = new RecordedRun(null, page -> {
                if (page == 1) {
                    proxy.cut();
                }
            });

            assertThatExceptionOfType(CacheUnavailableException.class)
                    .isThrownBy(
                            () -> new DatabaseLoader(node.sessionFactory(), 4, 1).load(all(Gauge.class), impatient));

            assertThat(impatient.stored()).isEqualTo(4);
            assertThat(impatient.pages).hasSize(1);
        }
    }

    private static Nodes behind(FaultProxy proxy) {
        return builder()
                .keepSchema()
                .setting(Nodes.REDIS_URL, proxy.url())
                .setting("hibernate.cache.hearth.redis.command-timeout", "1s")
                .start(1);
    }
}
