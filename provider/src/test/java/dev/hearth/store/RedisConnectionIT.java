package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.HearthSettings;
import dev.hearth.config.RedisSettings;
import dev.hearth.store.RedisConnection.Topology;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;
import org.redisson.config.ReadMode;

/** How the connection comes to its client, on real servers. */
final class RedisConnectionIT {
    private static final String PREFIX = "hibernate.cache.hearth.redis.";

    @Test
    void connectsByUrlAndKnowsTheMaster() {
        try (RedisServerFixture server = RedisServers.start();
                RedisConnection connection = RedisConnection.open(RedisSettings.at(server.url()))) {
            awaitReady(connection);

            assertThat(connection.owned()).isTrue();
            assertThat(connection.topology()).isEqualTo(Topology.SINGLE);
            assertThat(connection.masters())
                    .singleElement()
                    .satisfies(master -> assertThat(master.ping()).isTrue());
            assertThat(roundTrip(connection.client())).isEqualTo("value");
        }
    }

    @Test
    void startsWithoutRedisAndConnectsOnceItAppears() {
        try (RedisServerFixture server = RedisServers.start()) {
            server.stop();
            try (RedisConnection connection = RedisConnection.open(RedisSettings.at(server.url()))) {
                assertThat(connection.ready()).isFalse();
                assertThat(connection.masters()).isEmpty();

                server.start();

                awaitReady(connection);
                assertThat(roundTrip(connection.client())).isEqualTo("value");
            }
        }
    }

    @Test
    void connectsAgainByItselfWhenRedisWasGone() {
        try (RedisServerFixture server = RedisServers.start();
                RedisConnection connection = RedisConnection.open(RedisSettings.at(server.url()))) {
            awaitReady(connection);
            server.kill();
            assertThatThrownBy(() -> roundTrip(connection.client())).isInstanceOf(RuntimeException.class);

            server.start();

            assertThat(roundTrip(connection.client())).isEqualTo("value");
            assertThat(connection.ready()).isTrue();
        }
    }

    @Test
    void closingEndsTheWaitForARedisThatNeverCame() {
        RedisConnection connection;
        try (RedisServerFixture server = RedisServers.start()) {
            connection = RedisConnection.open(RedisSettings.at(server.url().replace("redis://", "rediss://")));
        }

        connection.close();

        assertThat(connection.client().isShutdown()).isTrue();
        assertThat(connection.ready()).isFalse();
        assertThat(connection.whenReady().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void logsInAsTheUserOfTheSettings() {
        try (RedisServerFixture server = RedisServers.start("--user", "app", "on", ">se@cret", "~*", "&*", "+@all");
                RedisConnection connection = RedisConnection.open(HearthSettings.read(Map.of(
                                PREFIX + "url", server.url(), PREFIX + "user", "app", PREFIX + "password", "se@cret"))
                        .redis())) {
            awaitReady(connection);

            assertThat(clientsOf(server)).contains("name=hearth", "user=app");
        }
    }

    @Test
    void logsInAsTheUserOfTheAddress() {
        try (RedisServerFixture server = RedisServers.start("--user", "app", "on", ">se@cret", "~*", "&*", "+@all");
                RedisConnection connection = RedisConnection.open(
                        RedisSettings.at("redis://app:se%40cret@127.0.0.1:" + server.port() + "/3"))) {
            awaitReady(connection);

            assertThat(clientsOf(server)).contains("name=hearth", "user=app");
            roundTrip(connection.client());
            try (var direct = server.connect()) {
                direct.call("SELECT", "3");
                assertThat(direct.text("GET", "key")).isEqualTo("value");
            }
        }
    }

    @Test
    void aClientHandedInStaysOpen() {
        Config config = new Config();
        try (RedisServerFixture server = RedisServers.start()) {
            config.useSingleServer().setAddress(server.url()).setConnectionMinimumIdleSize(1);
            RedissonClient client = Redisson.create(config);
            try {
                RedisConnection connection = RedisConnection.open(
                        HearthSettings.read(Map.of(PREFIX + "client", client)).redis());
                assertThat(connection.ready()).isTrue();
                assertThat(connection.firstAttempt().toCompletableFuture()).isCompletedWithValue(true);
                assertThat(connection.owned()).isFalse();
                assertThat(connection.masters()).hasSize(1);

                connection.close();

                assertThat(roundTrip(client)).isEqualTo("value");
            } finally {
                client.shutdown();
            }
        }
    }

    @Test
    void aClientThatReadsFromReplicasIsRefused() {
        Config config = new Config();
        config.setLazyInitialization(true);
        config.useClusterServers().addNodeAddress("redis://127.0.0.1:6379").setReadMode(ReadMode.MASTER_SLAVE);
        RedissonClient client = Redisson.create(config);
        RedisSettings settings =
                HearthSettings.read(Map.of(PREFIX + "client", client)).redis();
        try {
            assertThatThrownBy(() -> RedisConnection.open(settings))
                    .isInstanceOf(HearthConfigurationException.class)
                    .hasMessageContaining("hibernate.cache.hearth.redis.client")
                    .hasMessageContaining("readMode MASTER_SLAVE")
                    .hasMessageContaining("setReadMode(ReadMode.MASTER)");
        } finally {
            client.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s:v1", "{shop}:%s", "a}%s", "short"})
    void aClientThatMapsNamesOtherwiseThanByAPrefixIsRefused(String mapping) {
        assertThatThrownBy(() -> openWithNames(mapping))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("hibernate.cache.hearth.redis.client")
                .hasMessageContaining(String.format(mapping, "hearth:{region.0}:key"))
                .hasMessageContaining("a prefix without braces");
    }

    @Test
    void aClientThatPutsAPrefixBeforeNamesIsAccepted() {
        assertThat(openWithNames("shop:%s")).isEqualTo("shop:");
        assertThat(openWithNames("%s")).isEmpty();
    }

    private static String openWithNames(String mapping) {
        Config config = new Config();
        config.setLazyInitialization(true);
        // The older place of the two; MappedNamesIT has the other.
        config.useSingleServer().setAddress("redis://127.0.0.1:6379").setNameMapper(new Format(mapping));
        RedissonClient client = Redisson.create(config);
        try (RedisConnection connection = RedisConnection.open(
                HearthSettings.read(Map.of(PREFIX + "client", client)).redis())) {
            return connection.namePrefix();
        } finally {
            client.shutdown();
        }
    }

    @Test
    void connectsToACluster() {
        try (RedisServerFixture server = RedisServers.startForCluster()) {
            formCluster(server);
            RedisSettings settings = RedisSettings.at("redis+cluster://127.0.0.1:" + server.port());
            try (RedisConnection connection = RedisConnection.open(settings)) {
                awaitReady(connection);

                assertThat(connection.topology()).isEqualTo(Topology.CLUSTER);
                assertThat(connection.masters()).hasSize(1);
                assertThat(roundTrip(connection.client())).isEqualTo("value");
            }
        }
    }

    @Test
    void aRedisThatAcceptsAndNeverAnswersHoldsNobodyUp() {
        try (RedisServerFixture server = RedisServers.start();
                FaultProxy proxy = FaultProxy.to(server.endpoint())) {
            proxy.hold();
            try (RedisConnection connection = RedisConnection.open(RedisSettings.at(proxy.url()))) {
                assertThat(connection.ready()).isFalse();
                assertThat(connection.masters()).isEmpty();

                proxy.heal();

                awaitReady(connection);
                assertThat(roundTrip(connection.client())).isEqualTo("value");
            }
        }
    }

    private static void formCluster(RedisServerFixture server) {
        try (var direct = server.connect()) {
            Object[] command = Stream.concat(
                            Stream.of("CLUSTER", "ADDSLOTS"),
                            IntStream.range(0, 16_384).mapToObj(String::valueOf))
                    .toArray();
            direct.call(command);
            Instant end = Instant.now().plusSeconds(20);
            while (!String.valueOf(direct.text("CLUSTER", "INFO")).contains("cluster_state:ok")) {
                assertThat(Instant.now()).as("the cluster is still forming at").isBefore(end);
            }
        }
    }

    private static String clientsOf(RedisServerFixture server) {
        try (var direct = server.connect()) {
            return String.valueOf(direct.text("CLIENT", "LIST"));
        }
    }

    private static String roundTrip(RedissonClient client) {
        client.<String>getBucket("key", StringCodec.INSTANCE).set("value");
        return client.<String>getBucket("key", StringCodec.INSTANCE).get();
    }

    private static void awaitReady(RedisConnection connection) {
        assertThat(connection.whenReady().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
    }

    private record Format(String format) implements NameMapper {
        @Override
        public String map(String name) {
            return String.format(format, name);
        }

        @Override
        public String unmap(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
