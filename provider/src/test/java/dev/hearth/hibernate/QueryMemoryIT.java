package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.RedisConnection;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What query results take in Redis is bounded, however fast their table changes and whatever is asked of it. */
final class QueryMemoryIT {
    private static final int SHAPES = 50;
    private static final int MAXIMUM_RESULTS = 100;
    private static final int BYTES_PER_RESULT = 1_024;
    private static final Duration LASTING = Duration.ofSeconds(6);

    /* Sweeps are a second apart, and one may take a while on a busy machine. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(3);

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.setting("hibernate.cache.hearth.query-regions", "few")
                    .setting("hibernate.cache.hearth.region.few.maximum-results", MAXIMUM_RESULTS));

    /* Of a fixed size, whatever the region holds. */
    private static final String FENCES = "#";

    /** How many results had been put, and how many there were, at a time. */
    private record Sample(long nanoTime, long put, long stored, long bytes) {}

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private RedisConnection redis;
    private long asked;

    @BeforeEach
    void fill() {
        redis = nodes.redis().connect();
        writer.inTransaction(session -> session.merge(new Product(1, "Kite", BigDecimal.ONE, null)));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void resultsOverATableThatChangesAllTheTimeAreNoMoreThanWhatIsPutBetweenTwoSweeps() {
        List<Sample> samples = new ArrayList<>();
        AtomicBoolean goOn = new AtomicBoolean(true);
        CompletableFuture<Integer> changes = CompletableFuture.supplyAsync(() -> changeAsFastAsPossible(goOn));
        try {
            long until = System.nanoTime() + LASTING.toNanos();
            while (System.nanoTime() < until) {
                for (int shape = 0; shape < SHAPES; shape++) {
                    ask("default-query-results-region", shape);
                }
                samples.add(sample("default-query-results-region"));
            }
        } finally {
            goOn.set(false);
        }

        assertThat(changes.join()).isGreaterThan(SHAPES);
        assertThat(samples).allSatisfy(sample -> {
            long bound = sample.put() - putBefore(samples, sample.nanoTime() - BETWEEN_SWEEPS.toNanos());
            assertThat(sample.stored()).isLessThanOrEqualTo(bound);
            assertThat(sample.bytes()).isLessThan((bound + SHAPES) * BYTES_PER_RESULT);
        });
        writer.inTransaction(session -> rename(session, "last"));
        Waiting.until(
                "no result is left",
                () -> sample("default-query-results-region").stored() == 0);
    }

    private int changeAsFastAsPossible(AtomicBoolean goOn) {
        int changes = 0;
        while (goOn.get()) {
            String name = "Kite " + changes++;
            writer.fixture().inTransaction(session -> rename(session, name));
        }
        return changes;
    }

    private static void rename(Session session, String name) {
        session.find(Product.class, 1L).setName(name);
    }

    private static long putBefore(List<Sample> samples, long nanoTime) {
        return samples.stream()
                .filter(sample -> sample.nanoTime() < nanoTime)
                .mapToLong(Sample::put)
                .max()
                .orElse(0);
    }

    @Test
    void aRegionKeepsItsMaximumOfResultsThoughNothingChanges() {
        for (int i = 0; i < 5 * MAXIMUM_RESULTS; i++) {
            ask("few", i % SHAPES);
        }
        reader.settle();

        Sample sample = sample("few");
        assertThat(sample.put()).isGreaterThan(4 * MAXIMUM_RESULTS);
        assertThat(sample.stored()).isEqualTo(MAXIMUM_RESULTS);
        assertThat(sample.bytes()).isLessThan((MAXIMUM_RESULTS + SHAPES) * (long) BYTES_PER_RESULT);
    }

    /** A query of one of the shapes with a value that was never asked for. */
    private void ask(String region, int shape) {
        String hql = "select name, " + shape + " from Product where id = 1 and price < :price";
        BigDecimal price = BigDecimal.valueOf(1_000 + asked++);
        Object[] row = reader.fixture()
                .fromTransaction(session -> session.createQuery(hql, Object[].class)
                        .setParameter("price", price)
                        .setCacheable(true)
                        .setCacheRegion(region)
                        .uniqueResult());
        assertThat(row[1]).isEqualTo(shape);
    }

    private Sample sample(String region) {
        QueryRegion queries = (QueryRegion) reader.cache().getRegion(region);
        String record = queries.store().address("any").record();
        List<String> keys = redis.keys(record.replace("{", "\\{").replace("}", "\\}") + "*");
        List<Object[]> questions = keys.stream()
                .filter(key -> !key.endsWith(FENCES))
                .map(key -> new Object[] {"MEMORY", "USAGE", key})
                .toList();
        long bytes = redis.callAll(questions).stream()
                .mapToLong(answer -> answer instanceof Long size ? size : 0)
                .sum();
        long stored = keys.stream().filter(key -> key.startsWith(record + ":")).count();
        return new Sample(System.nanoTime(), queries.store().statistics().puts(), stored, bytes);
    }
}
