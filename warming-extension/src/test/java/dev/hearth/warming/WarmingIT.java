package dev.hearth.warming;

import static dev.hearth.warming.WarmingFixture.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Category;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Warming on one node, with a loader that does as the test says. */
final class WarmingIT {
    private static final List<Integer> ALL =
            IntStream.range(0, FakeLoader.ROWS).boxed().toList();
    private static final Map<String, String> ONE_AT_A_TIME = Map.of("workers", "1");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static Nodes nodes;
    private static NodeFixture node;

    private Warming warming;

    @BeforeAll
    static void start() {
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.region_prefix", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                .start(1);
        node = nodes.get(0);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void forgetTasks() {
        try (RedisConnection connection = redis.connect()) {
            connection.keys("hearth." + redis.keyspace() + ":{tasks}*").forEach(key -> connection.call("DEL", key));
        }
    }

    @AfterEach
    void close() {
        warming.close();
    }

    private static WarmTask task(String name, Class<?> entity, Priority priority) {
        return WarmTask.entities(name, entity).priority(priority).build();
    }

    private static WarmTask products() {
        return task("products", Product.class, Priority.NORMAL);
    }

    private static WarmTask productsOn(Trigger... triggers) {
        return WarmTask.entities("products", Product.class)
                .on(EnumSet.copyOf(List.of(triggers)))
                .build();
    }

    private static RuntimeException databaseIsDown() {
        return new IllegalStateException("the database is down");
    }

    @Test
    void tasksRunInOrderOfTheirClassesAndTheCriticalOnesOpenTheGate() throws Exception {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(
                node,
                loader,
                ONE_AT_A_TIME,
                task("a", Customer.class, Priority.LOW),
                task("b", Category.class, Priority.CRITICAL),
                task("c", Product.class, Priority.HIGH));

        assertThat(warming.awaitCritical(Duration.ofMillis(100))).isFalse();
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.DEGRADED);
        loader.allow(FakeLoader.ROWS / FakeLoader.PAGE);
        assertThat(warming.awaitCritical(Duration.ofSeconds(30))).isTrue();
        assertThat(warming.status("a").state()).isEqualTo(TaskState.WAITING);
        loader.allow(1000);
        awaitState(warming, "a", TaskState.SUCCEEDED);

        assertThat(loader.order()).containsExactly("Category", "Product", "Customer");
        assertThat(warming.health()).isEqualTo(new WarmingHealth(WarmingHealth.Status.HEALTHY, List.of()));
        assertThat(warming.plan())
                .extracting(PlannedTask::name, PlannedTask::estimatedRows)
                .containsExactly(tuple("b", 100L), tuple("c", 100L), tuple("a", 100L));
    }

    @Test
    void progressAndHistoryTellWhatWasDone() {
        FakeLoader loader = new FakeLoader();
        List<String> heard = new CopyOnWriteArrayList<>();
        warming = WarmingFixture.start(node, loader, Map.of(), productsOn(Trigger.START));
        warming.addListener(new WarmingListener() {
            @Override
            public void progressed(String task, TaskProgress progress) {
                heard.add(task + " " + progress.read());
            }
        });
        awaitState(warming, "products", TaskState.RUNNING);
        loader.allow(3);
        Eventually.holds(
                "three pages are done",
                () -> warming.status("products").progress().read() == 30);

        TaskProgress progress = warming.status("products").progress();
        assertThat(progress.stored()).isEqualTo(27);
        assertThat(progress.skipped()).isEqualTo(3);
        assertThat(progress.estimated()).isEqualTo(100);
        assertThat(progress.rowsPerSecond()).isPositive();
        assertThat(progress.remaining()).isPositive();

        loader.allow(7);
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(heard).endsWith("products 100");
        assertThat(warming.status("products").history()).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(run.read()).isEqualTo(100);
        });
        assertThat(warming.clusterStatus()).singleElement().satisfies(task -> {
            assertThat(task.runner()).isNull();
            assertThat(task.succeeded()).isNotNull();
            assertThat(task.history()).isEqualTo(warming.status("products").history());
        });
    }

    @Test
    void aPausedRunGoesOnWhereItWasAndLeavesItsWorkerToOthers() {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(
                node,
                loader,
                ONE_AT_A_TIME,
                task("a", Product.class, Priority.HIGH),
                task("b", Customer.class, Priority.LOW));
        loader.allow(2);
        Eventually.holds(
                "two pages are done", () -> warming.status("a").progress().read() == 20);

        assertThat(warming.pause("a")).isTrue();
        // One more, for the page that it may have begun before it was paused.
        loader.allow(11);
        awaitState(warming, "b", TaskState.SUCCEEDED);
        assertThat(warming.status("a").state()).isEqualTo(TaskState.PAUSED);
        assertThat(warming.status("a").progress().read()).isBetween(20L, 30L);
        assertThat(warming.health().reasons()).containsExactly("task 'a' is paused");

        loader.allow(10);
        assertThat(warming.resume("a")).isTrue();
        awaitState(warming, "a", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
    }

    @Test
    void aCancelledRunEndsAtItsNextPageAndTheNextOneGoesOnFromThere() {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(node, loader, Map.of(), products());
        loader.allow(2);
        Eventually.holds(
                "two pages are done",
                () -> warming.status("products").progress().read() == 20);

        assertThat(warming.cancel("products")).isTrue();
        Eventually.holds(
                "the run is over", () -> !warming.status("products").history().isEmpty());
        assertThat(warming.status("products").state()).isEqualTo(TaskState.CANCELLED);
        assertThat(warming.status("products").history().get(0).outcome()).isEqualTo(TaskState.CANCELLED);

        loader.allow(100);
        assertThat(warming.start("products")).isTrue();
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
    }

    @Test
    void aDatabaseThatComesBackIsTriedAgainFromTheCheckpoint() {
        FakeLoader loader = new FakeLoader();
        warming = WarmingFixture.start(node, loader, Map.of("attempts", "100"), products());
        loader.allow(3);
        Eventually.holds(
                "three pages are done",
                () -> warming.status("products").progress().read() == 30);

        loader.failWith(databaseIsDown());
        loader.allow(1);
        Eventually.holds(
                "it was tried three times", () -> warming.status("products").attempt() >= 3);
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.DEGRADED);
        Eventually.holds(
                "the health says why",
                () -> warming.health().reasons().toString().contains("the database is down"));
        assertThat(warming.status("products").history().get(0).outcome()).isEqualTo(TaskState.FAILED);

        loader.failWith(null);
        loader.allow(100);
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.HEALTHY);
    }

    @Test
    void aTaskThatFailsForGoodDoesNotStopTheOthers() {
        FakeLoader loader = FakeLoader.unlimited();
        loader.failWith(databaseIsDown());
        warming = WarmingFixture.start(
                node,
                loader,
                Map.of("attempts", "2", "workers", "1"),
                task("a", Product.class, Priority.CRITICAL),
                task("b", Customer.class, Priority.LOW));
        warming.addListener(new WarmingListener() {
            @Override
            public void stateChanged(TaskState before, TaskStatus now) {
                if (now.state() == TaskState.FAILED) {
                    loader.failWith(null);
                }
            }
        });

        awaitState(warming, "b", TaskState.SUCCEEDED);

        TaskStatus failed = warming.status("a");
        assertThat(failed.state()).isEqualTo(TaskState.FAILED);
        assertThat(failed.attempt()).isEqualTo(2);
        assertThat(failed.reason()).contains("the database is down");
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.FAILED);
        assertThat(warming.health().reasons())
                .singleElement()
                .asString()
                .contains("critical task 'a' failed after 2 attempts")
                .contains("the database is down");
    }

    @Test
    void tasksAreStartedByNameByRegionAndByClass() {
        FakeLoader loader = FakeLoader.unlimited();
        Set<Trigger> never = EnumSet.noneOf(Trigger.class);
        warming = WarmingFixture.start(
                node,
                loader,
                ONE_AT_A_TIME,
                WarmTask.entities("a", Product.class).on(never).build(),
                WarmTask.entities("b", Customer.class).on(never).build(),
                WarmTask.entities("c", Category.class)
                        .priority(Priority.LOW)
                        .on(never)
                        .build());
        assertThat(warming.status()).extracting(TaskStatus::state).containsOnly(TaskState.PLANNED);

        assertThat(warming.start("a")).isTrue();
        awaitState(warming, "a", TaskState.SUCCEEDED);
        assertThat(warming.startRegion(Customer.class.getName())).isEqualTo(1);
        awaitState(warming, "b", TaskState.SUCCEEDED);
        assertThat(warming.start(Priority.LOW)).isEqualTo(1);
        awaitState(warming, "c", TaskState.SUCCEEDED);

        assertThat(loader.order()).containsExactly("Product", "Customer", "Category");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> warming.start("bb"))
                .withMessage("There is no task 'bb'; the nearest is 'b'");
    }

    @Test
    void aScheduleHasItsTaskRunWheneverItsTimeHasCome() {
        FakeTime time = new FakeTime();
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(
                node,
                loader,
                time,
                Map.of("freshness", "1s"),
                WarmTask.entities("every", Product.class)
                        .schedule(new Schedule.Every(Duration.ofSeconds(1)))
                        .on(EnumSet.of(Trigger.SCHEDULE))
                        .build(),
                WarmTask.entities("nightly", Customer.class)
                        .schedule(new Schedule.At("0 3 * * *"))
                        .on(EnumSet.of(Trigger.SCHEDULE))
                        .build());
        Eventually.holds("it is planned", () -> warming.status("nightly").next() != null);
        assertThat(warming.status("nightly").next()).isEqualTo("2026-01-01T03:00:00Z");
        assertThat(loader.order()).isEmpty();

        time.pass(Duration.ofSeconds(2));
        awaitState(warming, "every", TaskState.SUCCEEDED);
        assertThat(warming.status("nightly").state()).isEqualTo(TaskState.PLANNED);

        time.pass(Duration.ofHours(3));
        awaitState(warming, "nightly", TaskState.SUCCEEDED);
        assertThat(warming.status("nightly").next()).isEqualTo("2026-01-02T03:00:00Z");
    }

    @Test
    void aRegionThatIsClearedIsFilledAgain() {
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(node, loader, Map.of(), productsOn(Trigger.START, Trigger.CLEARED));
        awaitState(warming, "products", TaskState.SUCCEEDED);
        node.sessionFactory().getCache().evictRegion(Product.class.getName());

        Eventually.holds("it is loaded again", () -> loader.loaded("Product").size() == 2 * FakeLoader.ROWS);
        awaitState(warming, "products", TaskState.SUCCEEDED);
    }

    @Test
    void aRegionThatMissesTooOftenIsFilled() {
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(
                node,
                loader,
                Map.of(),
                WarmTask.entities("products", Product.class)
                        .on(EnumSet.of(Trigger.COLD))
                        .hitRatioBelow(0.5)
                        .build());
        assertThat(warming.status("products").state()).isEqualTo(TaskState.PLANNED);

        Eventually.holds("it is loaded", () -> {
            node.inTransaction(session -> IntStream.range(0, 50).forEach(id -> session.find(Product.class, (long) id)));
            return warming.status("products").state() == TaskState.SUCCEEDED;
        });
    }

    @Test
    void rowsAreReadNoFasterThanAllowed() {
        FakeTime time = new FakeTime();
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(node, loader, time, Map.of("rows-per-second", "10"), products());
        for (int page = 1; page <= 10; page++) {
            int rows = page * FakeLoader.PAGE;
            awaitRows(loader, rows);
            assertThat(loader.loaded("Product")).hasSize(rows);
            time.pass(Duration.ofSeconds(1));
        }
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(Math.round(warming.status("products").progress().rowsPerSecond()))
                .isBetween(9L, 11L);
    }

    @Test
    void aPageThatTakesMuchLongerThanUsualIsFollowedByAPause() {
        FakeTime time = new FakeTime();
        FakeLoader loader = new FakeLoader();
        List<Long> begun = new CopyOnWriteArrayList<>();
        loader.eachPageDoes(() -> {
            begun.add(time.nanoTime());
            time.pass(begun.size() == 6 ? Duration.ofSeconds(1) : Duration.ofMillis(10));
        });
        warming = WarmingFixture.start(node, loader, time, Map.of("slow-factor", "2"), products());
        loader.allow(100);
        Eventually.holds("it is done", () -> {
            time.pass(begun.size() == 6 ? Duration.ofMillis(10) : Duration.ZERO);
            return warming.status("products").state() == TaskState.SUCCEEDED;
        });

        assertThat(begun).hasSize(10);
        assertThat(Duration.ofNanos(begun.get(6) - begun.get(5))).isGreaterThanOrEqualTo(Duration.ofMillis(1990));
        assertThat(Duration.ofNanos(begun.get(9) - begun.get(6))).isEqualTo(Duration.ofMillis(30));
    }

    private static void awaitRows(FakeLoader loader, int rows) {
        Eventually.holds(rows + " rows are read", () -> loader.loaded("Product").size() >= rows);
    }

    @Test
    void jmxShowsAndActs() throws Exception {
        FakeLoader loader = FakeLoader.unlimited();
        warming = WarmingFixture.start(node, loader, Map.of(), products());
        awaitState(warming, "products", TaskState.SUCCEEDED);
        var server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = server.queryNames(new ObjectName("dev.hearth:type=Warming,*"), null)
                .iterator()
                .next();
        WarmingMXBean bean = JMX.newMXBeanProxy(server, name, WarmingMXBean.class);

        assertThat(bean.getHealth()).isEqualTo("HEALTHY");
        assertThat(bean.getStates()).isEqualTo(Map.of("products", "SUCCEEDED"));
        assertThat(bean.getProgress().get("products")).startsWith("100 of about 100 rows (90 stored, 10 skipped)");
        assertThat(bean.history("products")).hasSize(1);
        assertThat(bean.startPriority("normal")).isEqualTo(1);
        Eventually.holds("it ran again", () -> bean.history("products").size() == 2);
        bean.setRowsPerSecond(5);
        assertThat(warming.rowsPerSecond()).isEqualTo(5);

        warming.close();
        assertThat(server.isRegistered(name)).isFalse();
    }
}
