package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/** On which clients a near tier is kept at all; none of these ever reaches a server. */
final class MessageReliabilityTest {
    private static final String NOWHERE = "redis://127.0.0.1:1";

    private static Config single() {
        Config config = new Config().setLazyInitialization(true);
        config.useSingleServer().setAddress(NOWHERE);
        return config;
    }

    private static Config cluster(int pingInterval) {
        Config config = new Config().setLazyInitialization(true);
        config.useClusterServers()
                .addNodeAddress(NOWHERE)
                .setReadMode(ReadMode.MASTER)
                .setPingConnectionInterval(pingInterval);
        return config;
    }

    /** Of the application's client of that configuration. */
    private static @Nullable String unreliability(Config config) {
        RedissonClient client = Redisson.create(config);
        try (RedisConnection connection = open("client", client)) {
            return RedissonChannel.unreliability(connection);
        } finally {
            client.shutdown();
        }
    }

    private static RedisConnection open(String setting, Object value) {
        return RedisConnection.open(HearthSettings.read(Map.of("hibernate.cache.hearth.redis." + setting, value))
                .redis());
    }

    @Test
    void messagesThatComeInAnyOrderAreOfNoUse() {
        assertThat(unreliability(single())).isNull();
        assertThat(unreliability(single().setKeepPubSubOrder(false))).contains("keepPubSubOrder is false");
    }

    @Test
    void onAClusterPingsOfTheApplicationsClientMayCostMessagesThatNobodyMisses() {
        assertThat(unreliability(cluster(0))).isNull();
        assertThat(unreliability(cluster(30_000))).contains("pingConnectionInterval is not 0");
    }

    @Test
    void aClientOfOursLosesNone() {
        try (RedisConnection connection = open("url", "redis+cluster://127.0.0.1:1")) {
            assertThat(RedissonChannel.unreliability(connection)).isNull();
        }
    }
}
