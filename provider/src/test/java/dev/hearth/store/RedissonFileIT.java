package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.HearthSettings;
import dev.hearth.store.RedisConnection.Topology;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients made from Redisson's own configuration files. */
final class RedissonFileIT {
    @TempDir
    Path directory;

    @Test
    void aFileMakesAClientThatIsOurs() throws IOException {
        try (RedisServerFixture server = RedisServers.start();
                RedisConnection connection = open("singleServerConfig: {address: \"" + server.url() + "\"}")) {
            assertThat(connection.whenReady().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));

            assertThat(connection.owned()).isTrue();
            assertThat(connection.topology()).isEqualTo(Topology.SINGLE);
            assertThat(connection.masters()).hasSize(1);
        }
    }

    @Test
    void aFileThatReadsFromReplicasReadsFromTheMasterInstead() throws IOException {
        try (RedisServerFixture server = RedisServers.start();
                RedisConnection connection = open("masterSlaveServersConfig:\n  masterAddress: \"" + server.url()
                        + "\"\n  slaveAddresses: [\"" + server.url() + "\"]\n  readMode: SLAVE\n")) {
            assertThat(connection.whenReady().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));

            assertThat(connection.topology()).isEqualTo(Topology.MASTER_SLAVE);
            assertThat(connection.client().getConfig().useMasterSlaveServers().getReadMode())
                    .hasToString("MASTER");
        }
    }

    @Test
    void aResourceOfTheClassPathIsFound() {
        try (RedisConnection connection = openAt("classpath:dev/hearth/store/redisson-without-redis.yaml")) {
            assertThat(connection.owned()).isTrue();
            assertThat(connection.ready()).isFalse();
        }
    }

    @Test
    void aFileThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> openAt("no-such-file.yaml"))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining(
                        "hibernate.cache.hearth.redis.config is 'no-such-file.yaml', which does not exist");
        assertThatThrownBy(() -> openAt("classpath:no-such-resource.yaml"))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("it must name a resource on the class path");
    }

    @Test
    void aMalformedFileIsRefusedWithTheLineAndWithoutItsSecrets() {
        assertThatThrownBy(() -> open("password: hunter2\nsingleServerConfig: {address: ]\n"))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("is not a Redisson configuration (near line")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void aFileWithoutServersIsRefused() {
        assertThatThrownBy(() -> open("threads: 2\n"))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("which names no servers");
    }

    private RedisConnection open(String yaml) throws IOException {
        return openAt(
                Files.writeString(directory.resolve("redisson.yaml"), yaml).toString());
    }

    private static RedisConnection openAt(String location) {
        return RedisConnection.open(HearthSettings.read(Map.of("hibernate.cache.hearth.redis.config", location))
                .redis());
    }
}
