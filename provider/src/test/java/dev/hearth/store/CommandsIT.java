package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What counts as under way. */
final class CommandsIT {
    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final FaultProxy proxy = FaultProxy.to(redis.endpoint());
    private RemoteTier node;
    private RegionStore region;

    @BeforeEach
    void start() {
        HearthSettings settings = HearthSettings.read(Map.of("hibernate.cache.hearth.redis.url", proxy.url()));
        node = new RemoteTier("node", settings, RedisConnection.open(settings.redis()), System::nanoTime);
        node.start();
        region = node.region(RegionKind.ENTITY, redis.keyspace());
        region.ready().join();
        Eventually.holds("nothing is under way", () -> node.inFlight() == 0);
    }

    @AfterEach
    void stop() {
        node.close();
        proxy.close();
    }

    /** A node that closes waits for what is under way, and an answer may lead to another command. */
    @Test
    void anAnswerIsUnderWayUntilWhatItLeadsToHasBegun() {
        AtomicInteger meanwhile = new AtomicInteger();
        proxy.delay(Duration.ZERO, Duration.ofMillis(50));

        var followed = region.evict(region.address("1")).thenAccept(evicted -> meanwhile.set(node.inFlight()));

        assertThat(node.inFlight()).isPositive();
        assertThat(followed).succeedsWithin(Duration.ofSeconds(10));
        assertThat(meanwhile).hasPositiveValue();
        Eventually.holds("nothing is under way any more", () -> node.inFlight() == 0);
    }
}
