package dev.hearth.warming;

import static dev.hearth.warming.WarmingFixture.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.ClusterTasks;
import dev.hearth.HearthRegionFactory;
import dev.hearth.test.ChildJvm;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows of a real database warmed once, whatever happens to the nodes and to the database. */
final class WarmingFaultsIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static int used;

    private final List<AutoCloseable> closed = new ArrayList<>();
    private final String keyspace = redis.keyspace() + "-" + used++;
    private FaultProxy database;
    private Nodes nodes;

    @BeforeEach
    void start() {
        database = FaultProxy.to(postgres.database());
        nodes = Gauges.nodes(postgres.database().through(database), redis.endpoint(), keyspace)
                .connectionTimeout(Duration.ofSeconds(3))
                .start(3);
        Gauges.fill(nodes.get(0));
    }

    @AfterEach
    void stop() throws Exception {
        database.heal();
        for (AutoCloseable each : closed) {
            each.close();
        }
        nodes.close();
        database.close();
    }

    private Warming warm(int node) {
        Warming warming = Gauges.warm(nodes.get(node));
        closed.add(warming);
        return warming;
    }

    /* It looks on. */
    private Warming warmPaused(int node) {
        Warming warming = warm(node);
        awaitState(warming, Gauges.TASK, TaskState.WAITING);
        assertThat(warming.pause(Gauges.TASK)).isTrue();
        return warming;
    }

    private static TaskProgress progress(Warming warming) {
        return warming.clusterStatus().get(0).progress();
    }

    @Test
    void eachRowIsLoadedOnceByNodesThatStartAtOnce() throws Exception {
        List<CompletableFuture<Warming>> starting = Stream.of(0, 1, 2)
                .map(node -> CompletableFuture.supplyAsync(() -> warm(node)))
                .toList();
        List<Warming> all = starting.stream().map(CompletableFuture::join).toList();
        for (Warming warming : all) {
            assertThat(warming.awaitCritical(Duration.ofMinutes(1))).isTrue();
        }

        assertThat(all.stream()
                        .mapToLong(warming ->
                                warming.status(Gauges.TASK).progress().read())
                        .sum())
                .isEqualTo(Gauges.COUNT);
        assertThat(all.stream()
                        .mapToLong(warming ->
                                warming.status(Gauges.TASK).progress().stored())
                        .sum())
                .isEqualTo(Gauges.COUNT);
        assertThat(all)
                .extracting(warming -> warming.status(Gauges.TASK).state())
                .containsExactlyInAnyOrder(TaskState.SUCCEEDED, TaskState.SKIPPED, TaskState.SKIPPED);
        assertThat(Gauges.statementsToFindAll(nodes.get(0))).isZero();
    }

    @Test
    void anotherNodeFinishesFromTheCheckpointOfARunnerThatWasKilled() {
        ChildJvm runner = ChildJvm.start(
                WarmingProcess.class, List.of(postgres.url(), redis.endpoint().url(), keyspace));
        closed.add(runner);
        ClusterTasks tasks =
                HearthRegionFactory.of(nodes.get(1).sessionFactory()).clusterTasks();
        Eventually.holds(
                "the process runs it",
                Duration.ofMinutes(2),
                () -> tasks.tasks(List.of(Gauges.TASK)).get(0).runner() != null);
        Warming watching = warmPaused(1);
        Eventually.holds("it is in the middle", () -> progress(watching).read() >= 10 * Gauges.PAGE);
        String killed = watching.clusterStatus().get(0).runner();
        runner.kill();
        List<TaskProgress> seen = new CopyOnWriteArrayList<>();
        watching.addListener(new WarmingListener() {
            @Override
            public void progressed(String task, TaskProgress progress) {
                seen.add(progress);
            }
        });

        watching.resume(Gauges.TASK);
        awaitState(watching, Gauges.TASK, TaskState.SUCCEEDED);

        assertThat(seen.get(0).stored())
                .as("what the killed runner has stored counts")
                .isGreaterThanOrEqualTo(10 * Gauges.PAGE);
        TaskProgress whole = watching.status(Gauges.TASK).progress();
        assertThat(whole.stored() + whole.skipped()).isEqualTo(Gauges.COUNT);
        assertThat(killed)
                .isNotEqualTo(watching.status(Gauges.TASK).history().get(0).node());
        assertThat(Gauges.statementsToFindAll(nodes.get(2))).isZero();
    }

    @Test
    void aDatabaseThatStopsForAWhileIsTriedAgainAndTheStatusSaysSo() {
        Warming warming = warm(0);
        awaitState(warming, Gauges.TASK, TaskState.RUNNING);
        Warming other = warmPaused(1);
        List<TaskStatus> states = new CopyOnWriteArrayList<>();
        warming.addListener(new WarmingListener() {
            @Override
            public void stateChanged(TaskState before, TaskStatus now) {
                states.add(now);
            }
        });
        Eventually.holds("it is in the middle", () -> progress(warming).read() >= 10 * Gauges.PAGE);
        long read = progress(warming).read();

        database.cut();
        Eventually.holds(
                "it was tried again and again",
                () -> warming.status(Gauges.TASK).attempt() >= 3);
        assertThat(warming.status(Gauges.TASK).state()).isIn(TaskState.WAITING, TaskState.RUNNING);
        assertThat(warming.status(Gauges.TASK).reason()).isNotEmpty();
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.DEGRADED);
        assertThat(warming.health().reasons()).singleElement().asString().contains("attempt");
        assertThat(warming.status(Gauges.TASK).history())
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.outcome()).isEqualTo(TaskState.FAILED));
        assertThat(other.clusterStatus().get(0).history())
                .as("as another node sees it")
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.outcome()).isEqualTo(TaskState.FAILED));
        assertThat(other.clusterStatus().get(0).succeeded()).isNull();

        database.heal();
        awaitState(warming, Gauges.TASK, TaskState.SUCCEEDED);

        assertThat(states)
                .extracting(TaskStatus::state)
                .contains(TaskState.WAITING)
                .endsWith(TaskState.SUCCEEDED);
        TaskProgress whole = warming.status(Gauges.TASK).progress();
        assertThat(whole.stored() + whole.skipped()).isEqualTo(Gauges.COUNT);
        assertThat(whole.stored()).as("nothing was begun anew").isGreaterThanOrEqualTo(read);
        assertThat(warming.health().status()).isEqualTo(WarmingHealth.Status.HEALTHY);
        assertThat(other.clusterStatus().get(0).history().get(0).outcome()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(Gauges.statementsToFindAll(nodes.get(1))).isZero();
    }
}
