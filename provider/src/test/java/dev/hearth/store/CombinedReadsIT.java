package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.RoundTrips;
import dev.hearth.test.SentCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of many threads, counted at a real Redis. */
final class CombinedReadsIT {
    private static final int READERS = 32;
    private static final int READS = 20;
    private static final int ENTRIES = 50;
    private static final Duration ROUND_TRIP = Duration.ofMillis(4);
    /* Enough for a machine that is busy with something else. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);
    private static final Duration QUIET = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);
    private RedisServerFixture server;
    private FaultProxy proxy;
    private RoundTrips wire;
    private RemoteTier node;
    private RegionStore store;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        proxy = FaultProxy.to(server.endpoint());
        wire = RoundTrips.on(proxy);
        node = node(proxy.url());
        store = open(node, "Things");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        node.close();
        proxy.close();
        server.close();
    }

    @Test
    void manyReadersOfEntriesSendFewCommands() throws Exception {
        publish(node, store);
        proxy.delayRoundTrip(ROUND_TRIP);

        List<String> sent = wire.during(() -> everybody(reader -> {
                    for (int i = 0; i < READS; i++) {
                        assertThat(store.get(at(store, (reader + i) % ENTRIES))).isInstanceOf(Found.Value.class);
                    }
                }))
                .names();

        assertThat(sent).containsOnly("MGET");
        assertThat(sent.size()).isLessThan(READERS * READS / 2);
    }

    @Test
    void everyReaderIsAnsweredWithItsOwn() throws Exception {
        publish(node, store);

        everybody(reader -> {
            for (int i = 0; i < 10 * READS; i++) {
                int id = (7 * reader + i) % ENTRIES;
                assertThat(body(store.get(at(store, id)))).isEqualTo(body(id));
            }
        });
    }

    @Test
    void manyReadersOfResultsSendFewCommands() throws Exception {
        ResultStore results = node.results("queries");
        Eventually.holds(
                "the region is open", () -> opened(node) && results.address("q").known());
        proxy.delayRoundTrip(ROUND_TRIP);

        List<String> sent = wire.during(() -> everybody(reader -> {
                    for (int i = 0; i < READS; i++) {
                        results.get(results.address("q" + i), List.of("things"), node.now(), () -> {});
                    }
                }))
                .names();

        // Who is alone sends a pipeline of GETs instead; either has one HMGET.
        assertThat(sent).contains("MGET");
        assertThat(sent.stream().filter("HMGET"::equals).count()).isLessThan(READERS * READS / 2);
    }

    @Test
    void aLoneReaderSendsACommandForEachRead() throws Exception {
        publish(node, store);
        wire.awaitQuiet(QUIET);

        List<SentCommand> sent = wire.during(() -> {
                    for (int i = 0; i < READS; i++) {
                        assertThat(store.get(at(store, i))).isInstanceOf(Found.Value.class);
                    }
                })
                .commands();

        assertThat(sent)
                .hasSize(READS)
                .allSatisfy(command -> assertThat(command.arguments()).hasSize(2));
    }

    @Test
    void whenRedisFallsSilentNobodyWaitsForMoreThanACommandTimeout() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        RemoteTier impatient = node(proxy.url(), timeout);
        try {
            RegionStore region = open(impatient, "Things");
            publish(impatient, region);
            proxy.holdAnswers();
            long started = System.nanoTime();

            everybody(reader -> {
                for (int i = 0; i < READS; i++) {
                    assertThat(region.get(at(region, i))).isInstanceOf(Found.Nothing.class);
                }
            });

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(timeout.multipliedBy(2));
            proxy.heal();
            Eventually.holds("it is read again", () -> region.get(at(region, 1)) instanceof Found.Value);
            Eventually.holds("nothing is left", () -> impatient.inFlight() == 0);
        } finally {
            impatient.close();
        }
    }

    @Test
    void onAClusterEveryReaderIsAnsweredWithItsOwnFromManySlots() throws Exception {
        try (RedisServerFixture cluster = RedisServers.startForCluster()) {
            form(cluster);
            RemoteTier there = node("redis+cluster://127.0.0.1:" + cluster.port());
            try {
                RegionStore spread = open(there, "Things");
                publish(there, spread);

                everybody(reader -> {
                    List<WantedEntry> wanted = new ArrayList<>();
                    for (int i = 0; i < READS; i++) {
                        int id = (7 * reader + i) % ENTRIES;
                        assertThat(body(spread.get(at(spread, id)))).isEqualTo(body(id));
                        wanted.add(new WantedEntry(at(spread, id), spread));
                    }
                    EntriesRead read = there.read(wanted);
                    for (int i = 0; i < READS; i++) {
                        assertThat(read.found(i)).isInstanceOf(Found.Value.class);
                    }
                });
            } finally {
                there.close();
            }
        }
    }

    private interface Reading {
        void of(int reader) throws Exception;
    }

    private void everybody(Reading reading) throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            int reader = i;
            CompletableFuture<Void> ended = new CompletableFuture<>();
            all.add(ended);
            threads.execute(() -> {
                try {
                    reading.of(reader);
                    ended.complete(null);
                } catch (Throwable e) {
                    ended.completeExceptionally(e);
                }
            });
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    }

    private static RemoteTier node(String url) {
        return node(url, PATIENCE);
    }

    private static RemoteTier node(String url, Duration timeout) {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url",
                url,
                "hibernate.cache.hearth.redis.command-timeout",
                timeout.toMillis() + "ms",
                "hibernate.cache.hearth.redis.connect-timeout",
                PATIENCE.toMillis() + "ms",
                "hibernate.cache.hearth.poll-interval",
                "100ms"));
        RemoteTier tier = new RemoteTier("node", settings, RedisConnection.open(settings.redis()), System::nanoTime);
        tier.start();
        Eventually.holds("Redis is reached", tier::available);
        return tier;
    }

    private static RegionStore open(RemoteTier tier, String name) {
        RegionStore opened = tier.region(RegionKind.ENTITY, name);
        Eventually.holds(
                "the region is open", () -> opened(tier) && at(opened, 1).known());
        return opened;
    }

    private static boolean opened(RemoteTier tier) {
        CompletableFuture<Void> opening = tier.openRegions();
        return opening.isDone() && !opening.isCompletedExceptionally();
    }

    /** Ids that lie in different buckets, where there are several. */
    private static EntryAddress at(RegionStore region, int id) {
        return region.address("" + id);
    }

    private static void publish(RemoteTier tier, RegionStore region) {
        for (int i = 0; i < ENTRIES; i++) {
            int id = i;
            Eventually.holds("the entry is there", () -> {
                var unused = region.await(region.put(
                        at(region, id), tier.now(), body(id).getBytes(StandardCharsets.UTF_8), PutMode.LOAD));
                return region.get(at(region, id)) instanceof Found.Value;
            });
        }
    }

    private static String body(int id) {
        return "12345678 value of " + id;
    }

    private static String body(Found found) {
        assertThat(found).isInstanceOf(Found.Value.class);
        Found.Value value = (Found.Value) found;
        return new String(value.bytes(), value.offset(), value.bytes().length - value.offset(), StandardCharsets.UTF_8);
    }

    private static void form(RedisServerFixture cluster) {
        try (var direct = cluster.connect()) {
            direct.call(Stream.concat(
                            Stream.of("CLUSTER", "ADDSLOTS"),
                            IntStream.range(0, 16_384).mapToObj(String::valueOf))
                    .toArray());
            Eventually.holds(
                    "the cluster is formed",
                    () -> String.valueOf(direct.text("CLUSTER", "INFO")).contains("cluster_state:ok"));
        }
    }
}
