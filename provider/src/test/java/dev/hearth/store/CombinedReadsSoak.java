package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RBatch;
import org.redisson.api.RBuckets;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What it gains that reads travel together, and what it costs a lone reader: {@code mvn -B -pl provider -am -Psoak verify
 * -Dit.test=CombinedReadsSoak -Dhearth.soak.duration=60s}. Reads of existing entries in several ways take turns in slices,
 * so that what else the machine does meets all of them; the figures are medians of the slices.
 */
final class CombinedReadsSoak {
    private static final Logger log = LoggerFactory.getLogger(CombinedReadsSoak.class);
    private static final List<Integer> READERS = List.of(1, 2, 4, 32);
    private static final int ENTRIES = 200;
    private static final int VALUE_BYTES = 400;
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Map<String, Function<EntryAddress, Object>> ways = new LinkedHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private RedisServerFixture server;
    private RemoteTier node;
    private RegionStore store;
    private List<EntryAddress> entries;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        HearthSettings settings = HearthSettings.read(Map.of("hibernate.cache.hearth.redis.url", server.url()));
        RedisConnection connection = RedisConnection.open(settings.redis());
        node = new RemoteTier("node", settings, connection, System::nanoTime);
        node.start();
        store = node.region(RegionKind.ENTITY, "Things");
        Eventually.holds("the region is open", () -> store.address("1").known());
        entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(store.address("" + i));
        }
        Eventually.holds("the entries are there", () -> entries.stream().allMatch(this::published));
        addWays(connection.client());
    }

    private void addWays(RedissonClient client) {
        RBuckets buckets = client.getBuckets(ByteArrayCodec.INSTANCE);
        client.getBucket("plain", ByteArrayCodec.INSTANCE).set(new byte[VALUE_BYTES]);
        ReadCombiner.Sender<String, Map<String, byte[]>> direct = keys -> mget(buckets, keys);
        ways.put(
                "plain GET",
                at -> client.<byte[]>getBucket("plain", ByteArrayCodec.INSTANCE).get());
        ways.put("each alone", at -> get(at, direct::send));
        ways.put("together", store::get);
        Circuit circuit = new Circuit("soak", () -> {});
        circuit.close();
        Commands commands = new Commands(
                client,
                false,
                circuit,
                Duration.ofSeconds(1),
                UnaryOperator.identity(),
                micros -> {},
                System::nanoTime,
                reads -> {});
        String tables = node.tables().key();
        List<String> fields = TableStates.wanted(List.of("a", "b"));
        ways.put("questions alone", at -> store.await(pipeline(client, at, tables, fields)));
        ways.put("questions together", at -> store.await(commands.entryAndFields(at, tables, fields)));
    }

    /** As each read was sent before reads travelled together. */
    private CompletableFuture<Map<String, byte[]>> mget(RBuckets buckets, Collection<String> keys) {
        sent.incrementAndGet();
        return buckets.<byte[]>getAsync(keys.toArray(String[]::new))
                .toCompletableFuture()
                .whenComplete((values, failure) -> sent.decrementAndGet());
    }

    /** As each question for a query result was sent. */
    private static CompletableFuture<Object> pipeline(
            RedissonClient client, EntryAddress at, String hash, List<String> fields) {
        RBatch batch = client.createBatch();
        var unused = batch.getBucket(at.entry(), ByteArrayCodec.INSTANCE).getAsync();
        unused = batch.getBucket(at.record(), ByteArrayCodec.INSTANCE).getAsync();
        var stamps = batch.getMap(hash, new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE))
                .getAllAsync(Set.copyOf(fields));
        return batch.executeAsync()
                .toCompletableFuture()
                .thenApply(done -> stamps.toCompletableFuture().join());
    }

    private Found get(EntryAddress at, Function<Collection<String>, CompletableFuture<Map<String, byte[]>>> read) {
        assertThat(store.unusable(at)).isNull();
        return store.judged(at, store.await(read.apply(List.of(at.entry(), at.record()))));
    }

    private boolean published(EntryAddress at) {
        var unused = store.await(store.put(at, node.now(), new byte[VALUE_BYTES], PutMode.LOAD));
        return store.get(at) instanceof Found.Value;
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    @Test
    void readersThatTravelTogetherAndEachAlone() throws Exception {
        for (int readers : READERS) {
            Map<String, List<Slice>> slices = new LinkedHashMap<>();
            long rounds = Math.max(3, duration().toNanos() / SLICE.toNanos() / ways.size() / READERS.size());
            for (int round = -2; round < rounds; round++) {
                for (Map.Entry<String, Function<EntryAddress, Object>> way : ways.entrySet()) {
                    Slice slice = slice(readers, way.getValue());
                    if (round >= 0) {
                        slices.computeIfAbsent(way.getKey(), w -> new ArrayList<>())
                                .add(slice);
                    }
                }
            }
            slices.forEach((way, measured) -> report(readers, way, measured, slices.get("plain GET")));
        }
    }

    private record Slice(double operationsPerSecond, long p50Nanos, long p99Nanos) {}

    private Slice slice(int readers, Function<EntryAddress, Object> way) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + SLICE.toNanos();
        List<Reader> threads = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            threads.add(new Reader(way, end));
        }
        threads.forEach(Thread::start);
        for (Reader thread : threads) {
            thread.join();
        }
        long nanos = System.nanoTime() - start;
        long[] latencies = threads.stream()
                .flatMapToLong(thread -> Arrays.stream(thread.latencies, 0, thread.count))
                .sorted()
                .toArray();
        assertThat(latencies).isNotEmpty();
        return new Slice(
                latencies.length * 1e9 / nanos,
                latencies[latencies.length / 2],
                latencies[latencies.length * 99 / 100]);
    }

    private final class Reader extends Thread {
        private final Function<EntryAddress, Object> way;
        private final long end;
        private long[] latencies = new long[1 << 14];
        private int count;

        Reader(Function<EntryAddress, Object> way, long end) {
            this.way = way;
            this.end = end;
        }

        @Override
        public void run() {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long now = System.nanoTime();
            do {
                Object found = way.apply(entries.get(random.nextInt(ENTRIES)));
                if (found instanceof Found.Nothing) {
                    throw new IllegalStateException("not a hit: " + found);
                }
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * count);
                }
                long then = System.nanoTime();
                latencies[count++] = then - now;
                now = then;
            } while (now < end);
        }
    }

    private static void report(int readers, String way, List<Slice> slices, List<Slice> plain) {
        log.info(String.format(
                Locale.ROOT,
                "%2d readers, %-18s: %6.0f reads a second (%.2f of plain), p50 %4.0f us, p99 %5.0f us",
                readers,
                way,
                median(slices, Slice::operationsPerSecond),
                ratioToPlain(slices, plain),
                median(slices, slice -> slice.p50Nanos / 1e3),
                median(slices, slice -> slice.p99Nanos / 1e3)));
    }

    /** The median of the ratios within each round, as the machine's other load comes and goes. */
    private static double ratioToPlain(List<Slice> slices, List<Slice> plain) {
        return IntStream.range(0, slices.size())
                .mapToDouble(i -> slices.get(i).operationsPerSecond / plain.get(i).operationsPerSecond)
                .sorted()
                .toArray()[slices.size() / 2];
    }

    private static double median(List<Slice> slices, Function<Slice, Double> figure) {
        List<Double> sorted = slices.stream().map(figure).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static Duration duration() {
        return Duration.parse(
                "PT" + System.getProperty("hearth.soak.duration", "60s").toUpperCase(Locale.ROOT));
    }
}
