package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/** By which client messages are heard; none of these ever reaches a server. */
final class ListeningClientTest {
    private static final String NOWHERE = "redis://127.0.0.1:1";

    private static Config single() {
        Config config = new Config().setLazyInitialization(true).setPassword("sesame");
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

    private static RedisConnection open(String setting, Object value) {
        return RedisConnection.open(HearthSettings.read(Map.of("hibernate.cache.hearth.redis." + setting, value))
                .redis());
    }

    /** Whether another client than the application's listens. */
    private static boolean another(Config config) {
        RedissonClient client = Redisson.create(config);
        try (RedisConnection connection = open("client", client)) {
            return connection.listening() != connection;
        } finally {
            client.shutdown();
        }
    }

    @Test
    void theApplicationsClientListensWhereWhatItLosesIsNoticed() {
        assertThat(another(single())).isFalse();
        assertThat(another(cluster(0))).isFalse();
    }

    @Test
    void oneOfOursListensWhereMessagesMayComeInAnyOrder() {
        assertThat(another(single().setKeepPubSubOrder(false))).isTrue();
    }

    @Test
    void oneOfOursListensWherePingsMayCostMessagesThatNobodyMisses() {
        assertThat(another(cluster(30_000))).isTrue();
    }

    @Test
    void aClientOfOursListensForItself() {
        try (RedisConnection connection = open("url", "redis+cluster://127.0.0.1:1")) {
            assertThat(connection.listening()).isSameAs(connection);
        }
    }

    @Test
    void itHasTheApplicationsServersAndOurOrderAndLeavesTheApplicationsAsTheyAre() {
        RedissonClient client = Redisson.create(single().setKeepPubSubOrder(false));
        RedisConnection connection = open("client", client);
        try {
            RedisConnection listening = connection.listening();
            Config config = listening.client().getConfig();

            assertThat(config.useSingleServer().getAddress()).isEqualTo(NOWHERE);
            assertThat(config.getPassword()).isEqualTo("sesame");
            assertThat(config.isKeepPubSubOrder()).isTrue();
            assertThat(config.getNettyHook().getClass().getEnclosingClass()).isEqualTo(WholeMessages.class);
            assertThat(client.getConfig().isKeepPubSubOrder()).isFalse();
            assertThat(client.getConfig().getNettyHook().getClass().getEnclosingClass())
                    .isNotEqualTo(WholeMessages.class);
            assertThat(connection.listening()).isSameAs(listening);
        } finally {
            connection.close();
            client.shutdown();
        }
    }

    @Test
    void itIsClosedWithTheConnectionAndNotOpenedAfterwards() {
        RedissonClient client = Redisson.create(cluster(30_000));
        try {
            RedisConnection connection = open("client", client);
            RedisConnection never = open("client", client);
            RedisConnection listening = connection.listening();

            connection.close();
            never.close();

            assertThat(listening.client().isShutdown()).isTrue();
            assertThat(client.isShutdown()).isFalse();
            assertThat(never.listening()).isSameAs(never);
        } finally {
            client.shutdown();
        }
    }
}
