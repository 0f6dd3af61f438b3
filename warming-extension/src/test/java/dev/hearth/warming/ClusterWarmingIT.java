package dev.hearth.warming;

import static dev.hearth.warming.WarmingFixture.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Warming on several nodes: each task is run by one of them. */
final class ClusterWarmingIT {
    private static final int NODES = 3;
    private static final int PAGES = FakeLoader.ROWS / FakeLoader.PAGE;
    private static final List<Integer> ALL =
            IntStream.range(0, FakeLoader.ROWS).boxed().toList();
    private static final Map<String, String> SHORT_LEASE = Map.of("lease", "1s");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static FaultProxy proxy;
    private static Nodes nodes;

    private final List<Warming> started = new ArrayList<>();

    @BeforeAll
    static void start() {
        proxy = FaultProxy.to(redis.endpoint());
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.region_prefix", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                .settingOf(0, Nodes.REDIS_URL, proxy.url())
                .start(NODES);
    }

    @AfterAll
    static void stop() {
        nodes.close();
        proxy.close();
    }

    @BeforeEach
    void forgetTasks() {
        try (RedisConnection connection = redis.connect()) {
            connection.keys("hearth." + redis.keyspace() + ":{tasks}*").forEach(key -> connection.call("DEL", key));
        }
    }

    @AfterEach
    void close() {
        proxy.heal();
        started.forEach(Warming::close);
    }

    private Warming warming(int node, Loader loader, Map<String, String> settings) {
        Warming warming = WarmingFixture.start(
                nodes.get(node),
                loader,
                settings,
                WarmTask.entities("products", Product.class)
                        .priority(Priority.CRITICAL)
                        .build());
        started.add(warming);
        return warming;
    }

    @Test
    void nodesThatStartTogetherWarmOnce() throws Exception {
        FakeLoader loader = new FakeLoader();
        List<Warming> all = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            all.add(warming(node, loader, Map.of()));
        }
        Eventually.holds(
                "two nodes wait for the third",
                () -> all.stream()
                                .filter(warming ->
                                        warming.status("products").reason().equals("another node runs it"))
                                .count()
                        == NODES - 1);
        loader.allow(2);
        Eventually.holds(
                "every node sees how far it is",
                () -> all.stream()
                        .allMatch(warming -> warming.clusterStatus().get(0).runner() != null
                                && warming.clusterStatus().get(0).progress().read() > 0));
        loader.allow(100);
        for (Warming warming : all) {
            assertThat(warming.awaitCritical(Duration.ofSeconds(30))).isTrue();
        }

        assertThat(loader.loaded("Product")).isEqualTo(ALL);
        assertThat(all)
                .extracting(warming -> warming.status("products").state())
                .containsOnlyOnce(TaskState.SUCCEEDED)
                .containsOnly(TaskState.SUCCEEDED, TaskState.SKIPPED);
        assertThat(all).allSatisfy(warming -> {
            assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.HEALTHY);
            assertThat(warming.clusterStatus().get(0).history())
                    .singleElement()
                    .satisfies(run -> assertThat(run.outcome()).isEqualTo(TaskState.SUCCEEDED));
        });
    }

    @Test
    void whatIsAskedForRunsThoughItHasRunAMomentAgo() {
        FakeLoader loader = FakeLoader.unlimited();
        Warming one = warming(1, loader, Map.of());
        awaitState(one, "products", TaskState.SUCCEEDED);
        Warming two = warming(2, loader, Map.of());
        awaitState(two, "products", TaskState.SKIPPED);

        two.start("products");

        awaitState(two, "products", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).hasSize(2 * FakeLoader.ROWS);
    }

    @Test
    void anotherNodeGoesOnFromTheCheckpointOfARunnerThatIsCutOff() {
        FakeLoader cutOff = new FakeLoader();
        Warming one = warming(0, cutOff, SHORT_LEASE);
        cutOff.allow(4);
        Eventually.holds("four pages are done", () -> cutOff.loaded("Product").size() == 40);
        FakeLoader other = new FakeLoader();
        Warming two = warming(1, other, SHORT_LEASE);
        Eventually.holds(
                "the other node waits", () -> two.status("products").reason().equals("another node runs it"));

        proxy.cut();
        Eventually.holds(
                "the other node has taken over", () -> two.status("products").state() == TaskState.RUNNING);
        other.allow(2);
        Eventually.holds("it has gone on", () -> other.loaded("Product").size() == 20);
        int first = other.loaded("Product").get(0);
        // What was read since the checkpoint was last written is read again.
        assertThat(first).isBetween(10, 40);
        proxy.heal();
        cutOff.allow(100);
        Eventually.holds(
                "the first node knows that it has lost its lease",
                () -> one.status("products").reason().equals("another node runs it"));
        assertThat(one.status("products").history().get(0).message()).isEqualTo("its lease has lapsed");
        assertThat(cutOff.loaded("Product")).as("it has read no more").hasSize(40);

        other.allow(100);
        awaitState(two, "products", TaskState.SUCCEEDED);
        awaitState(one, "products", TaskState.SKIPPED);
        assertThat(other.loaded("Product")).isEqualTo(ALL.subList(first, FakeLoader.ROWS));
        assertThat(two.status("products").progress().read()).as("of both").isEqualTo(FakeLoader.ROWS);
    }

    @Test
    void aNodeThatClosesHandsItsTaskOverAtOnce() {
        FakeLoader leaving = new FakeLoader();
        Warming one = warming(1, leaving, Map.of("lease", "10m"));
        leaving.allow(3);
        Eventually.holds(
                "three pages are done", () -> one.status("products").progress().read() == 30);

        one.close();
        assertThat(one.status("products").state()).isEqualTo(TaskState.CANCELLED);
        assertThat(one.health().status()).isEqualTo(WarmingHealth.Status.FAILED);

        FakeLoader staying = FakeLoader.unlimited();
        Warming two = warming(2, staying, Map.of("lease", "10m"));
        awaitState(two, "products", TaskState.SUCCEEDED);
        assertThat(staying.loaded("Product")).isEqualTo(ALL.subList(30, FakeLoader.ROWS));
    }

    @Test
    void aRunWaitsWhileRedisIsAwayAndGoesOn() {
        FakeLoader loader = new FakeLoader();
        Warming warming = warming(0, loader, Map.of("lease", "10m"));
        loader.allow(3);
        Eventually.holds("three pages are done", () -> loader.loaded("Product").size() == 30);

        proxy.cut();
        Eventually.holds(
                "Redis is missed", () -> warming.health().reasons().contains("Redis does not answer, so tasks wait"));
        loader.allow(PAGES);
        proxy.heal();

        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.HEALTHY);
    }

    @Test
    void anyNodeHasTheRunnerPauseGoOnAndEnd() {
        FakeLoader loader = new FakeLoader();
        Warming runner = warming(1, loader, Map.of());
        awaitState(runner, "products", TaskState.RUNNING);
        Warming other = warming(2, loader, Map.of());

        other.everywhere(TaskOrder.PAUSE, "products");
        awaitState(runner, "products", TaskState.PAUSED);
        awaitState(other, "products", TaskState.PAUSED);
        assertThat(other.clusterStatus().get(0).paused()).isTrue();
        Warming later = warming(0, loader, Map.of());
        awaitState(later, "products", TaskState.PAUSED);

        other.everywhere(TaskOrder.RESUME, "products");
        loader.allow(2);
        Eventually.holds("it has gone on", () -> loader.loaded("Product").size() == 20);
        assertThat(other.clusterStatus().get(0).paused()).isFalse();
        assertThat(runner.status("products").state()).isEqualTo(TaskState.RUNNING);

        other.everywhere(TaskOrder.CANCEL, "products");
        for (Warming warming : List.of(runner, other, later)) {
            awaitState(warming, "products", TaskState.CANCELLED);
        }
        Eventually.holds("nobody runs it", () -> other.clusterStatus().get(0).runner() == null);
        assertThat(loader.loaded("Product")).hasSize(20);
    }

    @Test
    void aPauseOfAllNodesOutlivesTheLossOfWhatRedisKnowsOfTheTask() {
        Warming one = warming(1, new FakeLoader(), Map.of());
        Warming two = warming(2, new FakeLoader(), Map.of());
        one.everywhere(TaskOrder.PAUSE, "products");
        awaitState(one, "products", TaskState.PAUSED);
        awaitState(two, "products", TaskState.PAUSED);

        forgetTasks();

        Eventually.holds(
                "it is paused for all again", () -> one.clusterStatus().get(0).paused());
        awaitState(warming(0, new FakeLoader(), Map.of()), "products", TaskState.PAUSED);
        two.everywhere(TaskOrder.RESUME, "products");
        Eventually.holds(
                "nobody is paused",
                () -> started.stream().noneMatch(each -> each.status("products").state() == TaskState.PAUSED));
        forgetTasks();
        Warming last = warming(0, new FakeLoader(), Map.of());
        Eventually.holds("it has looked", () -> last.status("products").state() != TaskState.PLANNED);
        assertThat(last.clusterStatus().get(0).paused()).isFalse();
    }

    @Test
    void whatAllNodesAreToStartIsRunByOneOfThem() {
        FakeLoader loader = FakeLoader.unlimited();
        List<Warming> all = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            all.add(warming(node, loader, Map.of()));
        }
        all.forEach(warming -> Eventually.holds(
                "it is warm", () -> warming.status("products").state().isOver()));
        assertThat(loader.loaded("Product")).isEqualTo(ALL);
        List<TaskState> outcomes = new CopyOnWriteArrayList<>();
        all.forEach(warming -> warming.addListener(new WarmingListener() {
            @Override
            public void stateChanged(TaskState before, TaskStatus now) {
                if (now.state().isOver()) {
                    outcomes.add(now.state());
                }
            }
        }));

        all.get(0).everywhere(TaskOrder.START, "products");

        Eventually.holds("all have heard of it", () -> outcomes.size() == NODES);
        assertThat(outcomes).containsExactlyInAnyOrder(TaskState.SUCCEEDED, TaskState.SKIPPED, TaskState.SKIPPED);
        assertThat(loader.loaded("Product")).hasSize(2 * FakeLoader.ROWS);
    }
}
