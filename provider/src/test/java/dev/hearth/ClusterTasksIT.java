package dev.hearth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.ClusterTasks.Claim;
import dev.hearth.ClusterTasks.Done;
import dev.hearth.ClusterTasks.Granted;
import dev.hearth.ClusterTasks.Held;
import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks that two nodes want to run, and one of them may. */
final class ClusterTasksIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String TASK = "products";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension extension = new RedisExtension();

    private static Nodes nodes;
    private static ClusterTasks one;
    private static ClusterTasks two;

    private RedisConnection redis;
    private String key;

    @BeforeAll
    static void start() {
        nodes = Nodes.on(postgres.database(), extension.endpoint())
                .setting("hibernate.cache.region_prefix", extension.keyspace())
                .start(2);
        one = tasks(nodes.get(0));
        two = tasks(nodes.get(1));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static ClusterTasks tasks(NodeFixture node) {
        return factory(node).clusterTasks();
    }

    private static HearthRegionFactory factory(NodeFixture node) {
        return (HearthRegionFactory) node.implementor().getCache().getRegionFactory();
    }

    @BeforeEach
    void open() {
        redis = extension.connect();
        key = "hearth." + extension.keyspace() + ":{tasks}" + TASK;
        redis.call("DEL", key);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private static Claim acquire(ClusterTasks node) {
        return acquire(node, "d", Duration.ZERO);
    }

    private static Claim acquire(ClusterTasks node, String definition, Duration successCounts) {
        return node.acquire(TASK, MINUTE, definition, successCounts, MINUTE);
    }

    private static Granted granted(ClusterTasks node) {
        return (Granted) acquire(node);
    }

    private static ClusterTasks.Task seenBy(ClusterTasks node) {
        return node.tasks(List.of(TASK)).get(0);
    }

    /** As if the runner had been stalled for longer than its lease. */
    private void lapse() {
        write("expiry", ago(1));
    }

    private void write(String field, String value) {
        redis.call("HSET", key, field, value);
    }

    /** Redis's time so many seconds ago, as a stamp. */
    private String ago(long seconds) {
        List<?> time = (List<?>) Objects.requireNonNull(redis.call("TIME"));
        long now = Long.parseLong(new String((byte[]) time.get(0), UTF_8));
        return String.format("%016d", (now - seconds) * 1_000_000);
    }

    @Test
    void oneOfManyWhoAskAtOnceGetsTheTask() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 50; round++) {
                redis.call("DEL", key);
                List<Future<Claim>> claims = new ArrayList<>();
                List.of(one, two).forEach(node -> claims.add(pool.submit(() -> acquire(node))));
                List<Claim> got = List.of(claims.get(0).get(), claims.get(1).get());
                assertThat(got).hasAtLeastOneElementOfType(Granted.class).hasAtLeastOneElementOfType(Held.class);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void othersSeeWhoRunsTheTaskAndHowFarItIs() {
        Granted lease = granted(one);
        assertThat(one.checkpoint(lease, MINUTE, "10 of 30", "id:10")).isTrue();

        ClusterTasks.Task seen = seenBy(two);

        assertThat(seen.runner()).isEqualTo(one.node());
        assertThat(seen.progress()).isEqualTo("10 of 30");
        assertThat(seen.checkpoint()).isEqualTo("id:10");
        assertThat(seen.begun()).isNotNull();
        assertThat(seen.succeeded()).isNull();
    }

    @Test
    void aRunnerThatStalledPastItsLeaseCanDoNothing() {
        Granted lease = granted(one);
        lapse();

        assertThat(one.renew(lease, MINUTE)).isFalse();
        assertThat(one.checkpoint(lease, MINUTE, "far", "id:99")).isFalse();
        assertThat(one.finish(lease, true, "done")).isFalse();

        ClusterTasks.Task seen = seenBy(two);
        assertThat(seen.runner()).isNull();
        assertThat(seen.checkpoint()).isNull();
        assertThat(seen.succeeded()).isNull();
        assertThat(seen.history()).isEmpty();
    }

    @Test
    void whoTakesOverGoesOnFromTheCheckpointAndTheOldRunnerIsRefused() {
        Granted old = granted(one);
        one.checkpoint(old, MINUTE, "", "id:10");
        lapse();

        Granted taken = granted(two);

        assertThat(taken.checkpoint()).isEqualTo("id:10");
        assertThat(taken.token()).isGreaterThan(old.token());
        assertThat(one.renew(old, MINUTE)).isFalse();
        assertThat(one.checkpoint(old, MINUTE, "", "id:11")).isFalse();
        assertThat(one.finish(old, true, "")).isFalse();
        assertThat(two.checkpoint(taken, MINUTE, "", "id:20")).isTrue();
        assertThat(seenBy(one).checkpoint()).isEqualTo("id:20");
        assertThat(seenBy(one).runner()).isEqualTo(two.node());
    }

    @Test
    void aLeaseLapsesByItselfAndRenewalPutsThatOff() {
        Granted lease = (Granted) one.acquire(TASK, Duration.ofSeconds(1), "d", Duration.ZERO, MINUTE);
        assertThat(one.renew(lease, MINUTE)).isTrue();
        assertThat(one.renew(lease, Duration.ofSeconds(1))).isTrue();

        Eventually.holds("the lease has lapsed", () -> acquire(two) instanceof Granted);
    }

    @Test
    void aTaskGivenBackIsFreeAtOnceWithItsCheckpoint() {
        Granted lease = granted(one);
        one.checkpoint(lease, MINUTE, "", "id:10");

        assertThat(one.finish(lease, false, "failed")).isTrue();

        assertThat(granted(two).checkpoint()).isEqualTo("id:10");
    }

    @Test
    void successCountsForAsLongAsItIsToldAndLeavesNoCheckpoint() {
        Granted lease = granted(one);
        one.checkpoint(lease, MINUTE, "", "id:10");
        one.finish(lease, true, "succeeded");

        assertThat(acquire(two, "d", MINUTE)).isInstanceOf(Done.class);
        write("done", ago(30));
        assertThat(acquire(two, "d", MINUTE)).isInstanceOf(Done.class);
        write("done", ago(90));
        assertThat(acquire(two, "d", MINUTE))
                .isInstanceOfSatisfying(
                        Granted.class, again -> assertThat(again.checkpoint()).isNull());
    }

    @Test
    void anotherDefinitionBeginsAtTheBeginning() {
        Granted lease = granted(one);
        one.finish(lease, true, "");
        Granted unfinished = granted(one);
        one.checkpoint(unfinished, MINUTE, "", "id:10");
        one.finish(unfinished, false, "");

        Granted other = (Granted) acquire(two, "other", MINUTE);

        assertThat(other.checkpoint()).isNull();
        assertThat(seenBy(two).succeeded()).isNull();
    }

    @Test
    void anOldCheckpointCountsNoMore() {
        Granted lease = granted(one);
        one.checkpoint(lease, MINUTE, "", "id:10");
        one.finish(lease, false, "");
        write("saved", ago(90));

        assertThat(granted(two).checkpoint()).isNull();
    }

    @Test
    void theHistoryHasTheLatestRunsFirst() {
        IntStream.range(0, 25).forEach(run -> one.finish(granted(one), true, "run " + run));

        assertThat(seenBy(two).history())
                .hasSize(20)
                .startsWith("run 24", "run 23")
                .endsWith("run 5");
    }

    @Test
    void theRunnerOfALeaseThatRedisHasLostIsRefused() {
        Granted old = granted(one);
        redis.call("DEL", key);

        assertThat(one.renew(old, MINUTE)).isFalse();
        Granted fresh = granted(two);
        assertThat(fresh.token()).isGreaterThan(old.token());
        assertThat(one.checkpoint(old, MINUTE, "", "id:10")).isFalse();
    }

    @Test
    void garbageIsNoTask() {
        redis.call("SET", key, "garbage");
        assertThat(granted(one).checkpoint()).isNull();
        for (String field : List.of("expiry", "token", "saved", "done")) {
            write(field, "9999999999999999");
            lapseUnless(field);
            assertThat(acquire(two, "d", MINUTE)).as(field).isInstanceOf(Granted.class);
            redis.call("DEL", key);
            granted(one);
        }
    }

    private void lapseUnless(String field) {
        if (!field.equals("expiry")) {
            lapse();
        }
    }

    @Test
    void namesThatCouldLeaveTheirSlotAreRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> one.acquire("a}b", MINUTE, "d", MINUTE, MINUTE))
                .withMessageContaining("'a}b'");
    }

    @Test
    void aRegionsGenerationChangesWhenItIsCleared() {
        String region = "dev.hearth.test.shop.Product";
        String before = factory(nodes.get(0)).generation(region).orElseThrow();
        assertThat(factory(nodes.get(1)).generation(region)).contains(before);

        nodes.get(1).sessionFactory().getCache().evictRegion(region);

        Eventually.holds(
                "the generation changes",
                () -> !factory(nodes.get(0)).generation(region).orElseThrow().equals(before));
        assertThat(factory(nodes.get(0)).generation("nothing")).isEmpty();
    }

    @Test
    void anOrderReachesAllNodesAndIsFulfilledByARunThatBeganAfterIt() {
        Granted before = (Granted) one.acquire(TASK, MINUTE, "d", Duration.ZERO, MINUTE);
        one.finish(before, true, "");

        long number = two.order(TASK, "run");

        assertThat(one.tasks(List.of(TASK)).get(0).order()).isEqualTo(new ClusterTasks.Order(number, "run"));
        Claim after = one.acquire(TASK, MINUTE, "d", Duration.ZERO, MINUTE, number);
        assertThat(after).as("the run before the order does not count").isInstanceOf(Granted.class);
        assertThat(two.acquire(TASK, MINUTE, "d", Duration.ZERO, MINUTE, number))
                .isInstanceOf(Held.class);
        one.finish((Granted) after, true, "");
        assertThat(two.acquire(TASK, MINUTE, "d", Duration.ZERO, MINUTE, number))
                .isInstanceOf(Done.class);
        long next = one.order(TASK, "wait");
        assertThat(next).isGreaterThan(number);
        assertThat(two.acquire(TASK, MINUTE, "d", Duration.ZERO, MINUTE, next)).isInstanceOf(Granted.class);
    }

    @Test
    void anOrderThatIsPutBackDoesNotReplaceALaterOne() {
        long first = one.order(TASK, "pause");
        ClusterTasks.Order lost = new ClusterTasks.Order(first, "pause");
        redis.call("DEL", key);

        two.restore(TASK, lost);
        assertThat(one.tasks(List.of(TASK)).get(0).order()).isEqualTo(lost);
        long later = one.order(TASK, "resume");
        two.restore(TASK, lost);

        assertThat(later).isGreaterThan(first);
        assertThat(one.tasks(List.of(TASK)).get(0).order()).isEqualTo(new ClusterTasks.Order(later, "resume"));
    }
}
