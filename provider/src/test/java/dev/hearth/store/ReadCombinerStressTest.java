package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads at once, on a server that answers and fails at random: nobody hangs, and nobody reads the past. */
final class ReadCombinerStressTest {
    private static final int READERS = 16;
    private static final int KEYS = 5;
    private static final Duration DURATION = Duration.ofSeconds(1);

    private final ScheduledExecutorService network = Executors.newScheduledThreadPool(3);
    private int longestMicros = 400;
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong ofThePast = new AtomicLong();

    @AfterEach
    void stop() {
        network.shutdownNow();
    }

    @Test
    void everyAnswerWasReadAfterItsReadBegan() throws Exception {
        ReadCombiner<String, Map<String, byte[]>> combiner = new ReadCombiner<>(this::send, System::nanoTime);

        run(READERS, combiner::read);

        assertThat(ofThePast).hasValue(0);
        assertThat(commands.get()).isLessThan(reads.get());
    }

    /**
     * Where no answer is ever overdue, a place that is lost, or a departure that is missed, stops everybody: sooner with
     * few readers, and answers that come at once, since nobody else comes by who could help.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, READERS})
    void nobodyDependsOnAnswersBeingOverdue(int readers) throws Exception {
        longestMicros = 1;
        ReadCombiner<String, Map<String, byte[]>> combiner = new ReadCombiner<>(this::send, () -> 0);

        run(readers, combiner::read);

        assertThat(ofThePast).hasValue(0);
    }

    /** So that the tests above are known to see it. */
    @Test
    void whoJoinsACommandThatWasSentReadsThePast() throws Exception {
        Map<Collection<String>, CompletableFuture<Map<String, byte[]>>> underWay = new ConcurrentHashMap<>();
        ReadCombiner<String, Map<String, byte[]>> combiner = new ReadCombiner<>(this::send, System::nanoTime);

        run(READERS, keys -> {
            CompletableFuture<Map<String, byte[]>> sent = underWay.get(keys);
            if (sent != null && !sent.isDone()) {
                return sent;
            }
            CompletableFuture<Map<String, byte[]>> mine = combiner.read(keys);
            underWay.put(keys, mine);
            return mine;
        });

        assertThat(ofThePast.get()).isPositive();
    }

    private void run(int readers, Function<Collection<String>, CompletableFuture<Map<String, byte[]>>> read)
            throws Exception {
        long end = System.nanoTime() + DURATION.toNanos();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            threads.add(ended);
            new Thread(() -> {
                        try {
                            while (System.nanoTime() < end) {
                                read(read);
                            }
                            ended.complete(null);
                        } catch (Throwable e) {
                            ended.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        for (CompletableFuture<Void> thread : threads) {
            thread.get(30, TimeUnit.SECONDS);
        }
    }

    private void read(Function<Collection<String>, CompletableFuture<Map<String, byte[]>>> read) throws Exception {
        String key = "" + ThreadLocalRandom.current().nextInt(KEYS);
        long before = version.incrementAndGet();
        CompletableFuture<Map<String, byte[]>> answer = read.apply(List.of(key, "record"));
        // Failures are the sender's; a reader that nobody tells of one would end the test here.
        Map<String, byte[]> values = answer.exceptionally(e -> Map.of()).get(20, TimeUnit.SECONDS);
        reads.incrementAndGet();
        byte[] value = values.get(key);
        if (value != null && ByteBuffer.wrap(value).getLong() < before) {
            ofThePast.incrementAndGet();
        }
    }

    private CompletableFuture<Map<String, byte[]>> send(Collection<String> keys) {
        commands.incrementAndGet();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        CompletableFuture<Map<String, byte[]>> answer = new CompletableFuture<>();
        switch (random.nextInt(20)) {
            case 0 -> throw new IllegalStateException("refused");
            case 1 -> answer.completeExceptionally(new IllegalStateException("failed at once"));
            case 2 -> answer.complete(look(keys));
            case 3 -> later(() -> answer.completeExceptionally(new IllegalStateException("failed")));
            default -> {
                if (random.nextBoolean()) {
                    Map<String, byte[]> values = look(keys);
                    later(() -> answer.complete(values));
                } else {
                    later(() -> answer.complete(look(keys)));
                }
            }
        }
        return answer;
    }

    private void later(Runnable step) {
        network.schedule(step, ThreadLocalRandom.current().nextInt(longestMicros), TimeUnit.MICROSECONDS);
    }

    private Map<String, byte[]> look(Collection<String> keys) {
        byte[] now = ByteBuffer.allocate(Long.BYTES).putLong(version.get()).array();
        Map<String, byte[]> values = new HashMap<>();
        keys.forEach(key -> values.put(key, now));
        return values;
    }
}
