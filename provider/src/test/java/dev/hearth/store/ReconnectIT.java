package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that restarts while nobody asks it anything, long before the next poll. */
final class ReconnectIT {
    private static final byte[] BODY = "12345678 a value".getBytes(StandardCharsets.UTF_8);

    private RedisServerFixture server;
    private RemoteTier node;
    private RegionStore region;
    private EntryAddress at;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url", server.url(),
                "hibernate.cache.hearth.redis.command-timeout", "10s",
                "hibernate.cache.hearth.stamp-validity", "5m",
                "hibernate.cache.hearth.poll-interval", "1m"));
        node = new RemoteTier("node", settings, RedisConnection.open(settings.redis()), System::nanoTime);
        region = node.region(RegionKind.ENTITY, "Things");
        node.start();
        Eventually.holds("the region is open", () -> {
            at = region.address("1");
            return node.available() && at.known();
        });
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
    }

    @Test
    void isFoundOutFromTheNewConnectionAndItsSnapshotIsNotServed() {
        Eventually.holds("the value is published", () -> {
            region.put(at, node.now(), BODY, PutMode.LOAD).join();
            return region.get(at) instanceof Found.Value;
        });
        server.saveSnapshot();

        try (LogLines lines = LogLines.of(ServerClock.class.getName())) {
            server.kill();
            server.restoreSnapshot();
            server.start();

            Eventually.holds(
                    "the node has noticed", () -> !lines.with("another server").isEmpty());
        }
        assertThat(region.get(at)).isInstanceOf(Found.Nothing.class);
    }
}
