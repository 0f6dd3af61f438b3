package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results that were published before Redis's clock stepped back, as a node sees it whose own clock jumps ahead. */
final class SteppedBackIT {
    private static final byte[] BODY = "12345678 a result".getBytes(StandardCharsets.UTF_8);
    private static final Set<String> TABLES = Set.of("thing");

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final AtomicLong ahead = new AtomicLong();
    private RemoteTier node;
    private ResultStore results;
    private EntryAddress at;

    @BeforeEach
    void start() {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url",
                redis.endpoint().url(),
                "hibernate.cache.hearth.keyspace",
                redis.keyspace(),
                "hibernate.cache.hearth.redis.command-timeout",
                "10s",
                "hibernate.cache.hearth.poll-interval",
                "100ms"));
        node = new RemoteTier(
                "node", settings, RedisConnection.open(settings.redis()), () -> System.nanoTime() + ahead.get());
        results = node.results("queries");
        node.start();
        Eventually.holds("the region is open", () -> {
            at = results.address("key");
            return node.available() && at.known();
        });
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void areServedByNobodyOnceItHasBeenNoticed() {
        Eventually.holds("the result is a hit", () -> {
            results.put(at, TABLES, node.now(), BODY).join();
            return isHit();
        });

        ahead.addAndGet(Duration.ofSeconds(2).toNanos());

        Eventually.holds("the result is gone", () -> !isHit());
        Eventually.holds("the debt is paid", () -> node.regionsInDebt().isEmpty());
        assertThat(isHit()).isFalse();
    }

    private boolean isHit() {
        return results.get(at, TABLES, node.now(), () -> {}) instanceof Found.Value;
    }
}
