package dev.hearth.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.BulkLoad;
import dev.hearth.CacheUnavailableException;
import dev.hearth.HearthFactoryFixture;
import dev.hearth.statistics.PutCounts;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.RegionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every node loads all there is into the cache, again and again, while random work changes it. */
final class BulkLoadHistoriesIT {
    private static final Logger log = LoggerFactory.getLogger(BulkLoadHistoriesIT.class);

    /** System property: how long, as {@code PT1H}, in place of some seconds. */
    private static final String LENGTH = "hearth.soak.duration";

    private static final List<Class<?>> ENTITIES = List.of(Account.class, Folder.class, Leaf.class, Note.class);

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final long seed = Long.getLong("hearth.histories.seed", System.nanoTime());
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    @Test
    void noReadIsOlderForIt() {
        List<RegionFactory> factories = WrongClock.onThreeNodes().stream()
                .<RegionFactory>map(HearthFactoryFixture::withClock)
                .toList();
        ExecutorService loaders = Executors.newCachedThreadPool();
        try (LocalHistory history = new LocalHistory(redis.endpoint(), redis.keyspace(), factories)) {
            List<? extends Future<?>> loading = history.sessionFactories().stream()
                    .map(factory -> loaders.submit(() -> load(factory)))
                    .toList();
            Round round = history.round(seed, Duration.parse(System.getProperty(LENGTH, "PT12S")));
            over.set(true);
            for (Future<?> loader : loading) {
                assertThat(loader).succeedsWithin(Duration.ofMinutes(1));
            }

            log.info("seed {}: {}; loads stored {} and were refused {}", seed, round, stored, refused);
            assertThat(round.problems()).as("-Dhearth.histories.seed=%d", seed).isEmpty();
            assertThat(stored).as("stored, or nothing was tested").hasValueGreaterThan(10);
            assertThat(refused).as("refused, or nothing was tested").hasValueGreaterThan(100);
        } finally {
            over.set(true);
            loaders.shutdownNow();
        }
    }

    private void load(SessionFactory factory) {
        while (!over.get()) {
            for (Class<?> entity : ENTITIES) {
                try (BulkLoad load = BulkLoad.begin(factory, true)) {
                    load.session().beginTransaction();
                    load.session()
                            .createSelectionQuery("from " + entity.getSimpleName(), entity)
                            .getResultList();
                    load.session().getTransaction().commit();
                    PutCounts counts = load.flush();
                    stored.addAndGet(counts.stored());
                    refused.addAndGet(counts.refusals());
                } catch (CacheUnavailableException e) {
                    log.debug("not loaded", e);
                }
            }
        }
    }
}
