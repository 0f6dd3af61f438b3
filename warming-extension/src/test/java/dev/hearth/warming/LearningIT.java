package dev.hearth.warming;

import static dev.hearth.warming.WarmingFixture.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.HearthRegionFactory;
import dev.hearth.config.HearthConfigurationException;
import dev.hearth.statistics.RoundTrips;
import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Shop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was hot before is warmed at the next start. */
final class LearningIT {
    private static final Map<String, String> LEARN = Map.of("learn", "true", "learn-interval", "1h");
    private static final List<UUID> GAUGES =
            IntStream.range(0, 10).mapToObj(i -> new UUID(7, i)).toList();
    private static final String LEARNED = TaskCatalog.LEARNED;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static Nodes nodes;

    private final List<AutoCloseable> started = new ArrayList<>();

    @BeforeAll
    static void start() {
        nodes = builder().start(2);
        nodes.get(0).inTransaction(session -> {
            Shop.fill(session);
            GAUGES.forEach(id ->
                    session.persist(new Gauge(id, "unit", new Gauge.Range(0, (int) id.getLeastSignificantBits()))));
        });
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Nodes.Builder builder() {
        return Nodes.on(postgres.database(), redis.endpoint())
                .entities(Stream.concat(Shop.ENTITIES.stream(), Stream.of(Gauge.class))
                        .toList())
                .setting(Nodes.NEAR, "strict")
                .setting("hibernate.cache.hearth.near.lease", "2s")
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s");
    }

    @BeforeEach
    void forget() {
        nodes.get(0).sessionFactory().getCache().evictAllRegions();
        try (RedisConnection connection = redis.connect()) {
            for (String kept : List.of("{tasks}*", "{records}*", "{hot}*")) {
                connection.keys(redis.keyspace() + ":" + kept).forEach(key -> connection.call("DEL", key));
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
    }

    private Warming learning(NodeFixture node, WarmTask... tasks) {
        Warming warming = WarmingFixture.start(node, new DatabaseLoader(node.sessionFactory(), 4, 1), LEARN, tasks);
        started.add(warming);
        return warming;
    }

    /** A node that starts now, as after a deployment. */
    private NodeFixture joining() {
        Nodes joined = builder().keepSchema().start(1);
        started.add(joined);
        return joined.get(0);
    }

    private static void use(NodeFixture node, int times, Consumer<Session> work) {
        HearthRegionFactory cache = HearthRegionFactory.of(node.sessionFactory());
        Eventually.holds("it is kept near", () -> {
            long before = RoundTrips.onThisThread();
            node.inTransaction(work);
            return RoundTrips.onThisThread() == before && cache.isAvailable();
        });
        IntStream.range(0, times).forEach(i -> node.inTransaction(work));
    }

    private static Consumer<Session> gauges(int from, int to) {
        return session -> GAUGES.subList(from, to).forEach(id -> session.find(Gauge.class, id));
    }

    private static void units(Session session) {
        session.createNamedSelectionQuery("Gauge.units", String.class).getResultList();
    }

    private static void above(Session session) {
        session.createNamedSelectionQuery("Gauge.above", String.class)
                .setParameter("low", 417_233)
                .getResultList();
    }

    private static LearnedRecord record(NodeFixture node) {
        return LearnedRecord.read(HearthRegionFactory.of(node.sessionFactory())
                .sharedRecords()
                .read("learned-1")
                .orElseThrow()
                .body());
    }

    private static long sql(NodeFixture node, Consumer<Session> work) {
        long before = node.sql().ofThisThread();
        node.inTransaction(work);
        return node.sql().ofThisThread() - before;
    }

    @Test
    void whatWasHotIsWarmedAtTheNextStart() {
        Warming before = learning(nodes.get(0));
        awaitState(before, LEARNED, TaskState.SUCCEEDED);
        use(nodes.get(0), 100, gauges(0, 5));
        use(nodes.get(0), 100, LearningIT::units);
        before.close();
        assertThat(before.learning().saves()).isEqualTo(1);
        // All that was cached is gone, and what was remembered is not.
        nodes.get(0).sessionFactory().getCache().evictAllRegions();

        NodeFixture node = joining();
        Warming after = learning(node);
        awaitState(after, LEARNED, TaskState.SUCCEEDED);

        assertThat(after.status(LEARNED).progress().read()).isEqualTo(6);
        assertThat(after.learning().keys()).isEqualTo(5);
        assertThat(sql(nodes.get(1), gauges(0, 5))).isZero();
        assertThat(sql(nodes.get(1), LearningIT::units)).isZero();
        assertThat(sql(nodes.get(1), gauges(5, 6))).as("was not hot").isEqualTo(1);
    }

    @Test
    void whatIsStillThereIsNotReadAgain() {
        Warming before = learning(nodes.get(0));
        use(nodes.get(0), 100, gauges(0, 5));
        before.close();
        nodes.get(0).sessionFactory().getCache().evictEntityData(Gauge.class, GAUGES.get(3));

        Warming after = learning(joining());
        awaitState(after, LEARNED, TaskState.SUCCEEDED);

        assertThat(after.status(LEARNED).progress().read()).isEqualTo(1);
        assertThat(after.status(LEARNED).progress().skipped()).isEqualTo(4);
    }

    @Test
    void severalNodesRememberTogether() {
        Warming one = learning(nodes.get(0));
        Warming two = learning(nodes.get(1));
        use(nodes.get(0), 10, gauges(0, 5));
        use(nodes.get(1), 1, gauges(8, 9));

        one.close();
        two.close();

        assertThat(record(nodes.get(0)).region(Gauge.class.getName()).keys())
                .containsKeys(
                        GAUGES.get(0).toString(),
                        GAUGES.get(4).toString(),
                        GAUGES.get(8).toString());
    }

    @Test
    void aQueryThatNothingWarmsIsToldOfAndItsParametersAreKeptNowhere() throws Exception {
        Warming warming = learning(nodes.get(0));
        use(nodes.get(0), 100, LearningIT::above);
        use(nodes.get(0), 100, LearningIT::units);
        warming.close();

        assertThat(warming.learning().unwarmed())
                .singleElement()
                .satisfies(query -> assertThat(query.sql()).contains(">="));
        try (RedisConnection connection = redis.connect()) {
            byte[] stored = (byte[]) connection.call("GET", redis.keyspace() + ":{records}learned-1");
            assertThat(new String(stored, StandardCharsets.UTF_8))
                    .contains("\nq ")
                    .doesNotContain("417233")
                    .doesNotContain("select");
        }
    }

    @Test
    void aDeclaredQueryThatWasHotIsWarmedEarlyWithItsParameters() {
        WarmTask declared = WarmTask.results("above", "Gauge.above")
                .priority(Priority.LOW)
                .parameters(List.of(Map.of("low", 417_233)))
                .build();
        Warming before = learning(nodes.get(0), declared);
        use(nodes.get(0), 100, LearningIT::above);
        before.close();
        assertThat(before.learning().unwarmed()).isEmpty();
        nodes.get(0).sessionFactory().getCache().evictAllRegions();

        NodeFixture node = joining();
        Warming after = learning(node, declared);
        awaitState(after, LEARNED, TaskState.SUCCEEDED);

        assertThat(after.status(LEARNED).progress().stored()).isEqualTo(1);
        assertThat(sql(nodes.get(1), LearningIT::above)).isZero();
    }

    @Test
    void aRecordThatCannotBeReadIsIgnoredCountedAndWrittenAnew() {
        HearthRegionFactory.of(nodes.get(0).sessionFactory())
                .sharedRecords()
                .replace("learned-1", 0, new byte[] {1, 2, 3}, Duration.ofDays(1));

        Warming warming = learning(nodes.get(0));
        awaitState(warming, LEARNED, TaskState.SUCCEEDED);
        assertThat(warming.learning().unreadable()).isEqualTo(1);
        use(nodes.get(0), 10, gauges(0, 1));
        warming.close();

        assertThat(warming.learning().unreadable()).as("once").isEqualTo(1);
        assertThat(record(nodes.get(0)).keys()).isEqualTo(1);
    }

    @Test
    void nothingIsRememberedUnlessAskedFor() {
        try (Warming warming = WarmingFixture.start(
                nodes.get(0), new DatabaseLoader(nodes.get(0).sessionFactory()), Map.of())) {
            use(nodes.get(0), 10, gauges(0, 1));
            assertThat(warming.status()).isEmpty();
            assertThat(warming.learning()).isEqualTo(LearningStatus.OFF);
        }
        assertThat(HearthRegionFactory.of(nodes.get(0).sessionFactory())
                        .sharedRecords()
                        .read("learned-1"))
                .isEmpty();
    }

    @Test
    void whatIsHotIsSavedEveryNowAndThen() {
        Warming warming = WarmingFixture.start(
                nodes.get(0),
                new DatabaseLoader(nodes.get(0).sessionFactory()),
                Map.of("learn", "true", "learn-interval", "1s"));
        started.add(warming);
        use(nodes.get(0), 10, gauges(0, 1));

        Eventually.holds(
                "it was saved twice while the node runs",
                () -> warming.learning().saves() >= 2);
    }

    @Test
    void noOtherTaskMayHaveItsName() {
        WarmTask same = WarmTask.entities(LEARNED, Gauge.class).build();

        assertThatExceptionOfType(HearthConfigurationException.class)
                .isThrownBy(() -> learning(nodes.get(0), same))
                .withMessageContaining("'learned'")
                .withMessageContaining("hibernate.hearth.warming.learn");
    }
}
