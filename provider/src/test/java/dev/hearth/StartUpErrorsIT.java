package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hearth.test.Eventually;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/** Every mistake that keeps a session factory from being built, as the user reads it. */
final class StartUpErrorsIT {
    private static final String PREFIX = "hibernate.cache.hearth.";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    @ParameterizedTest
    @MethodSource("mistakes")
    void theMessageNamesTheSettingTheValueWhatIsLegalAndTheNearestName(
            String setting, Object value, List<String> message) {
        Throwable failure = failure(Map.of(PREFIX + setting, value), Thing.class);

        assertThat(failure).isInstanceOf(HibernateException.class);
        assertThat(failure.getMessage()).contains(PREFIX + setting).contains(message);
    }

    static Stream<Arguments> mistakes() {
        String region = Thing.class.getName();
        return Stream.of(
                mistake(
                        "time-to-liv",
                        "30m",
                        "is not a setting of Hearth",
                        "the nearest is " + PREFIX + "time-to-live"),
                mistake(
                        "region." + region + ".timeout",
                        "30m",
                        "is not a setting of Hearth",
                        "the nearest is " + PREFIX + "region." + region + "."),
                mistake("lock-timeout", "half a minute", "'half a minute'", "a duration from 1s to 1h", "1m"),
                mistake("region." + region + ".time-to-live", "30", "'30'", "a duration from 1s to 365d", "30m"),
                mistake("maximum-entry-size", "1 megabyte", "'1 megabyte'", "a size from 1KiB to 64MiB", "512KiB"),
                mistake("entity.fence-stripes", "many", "'many'", "a whole number from 16 to 65536", "4096"),
                mistake("drift-margin", "1%", "'1%'", "a number from 0 to 0.1", "0.002"),
                mistake("on-unavailable", "ignore", "'ignore'", "one of degrade, fail"),
                mistake("redis.tls.verify-hostname", "yes", "'yes'", "true or false"),
                mistake("time-to-live", "400d", "'400d'", "too much", "a duration from 1s to 365d"),
                mistake("buckets", "1025", "'1025'", "too much", "a whole number from 1 to 1024, or auto"),
                mistake("keyspace", "my shop", "'my shop'", "letters, digits, dots"),
                mistake(
                        "redis.command-timeout",
                        "30s",
                        PREFIX + "lock-timeout is 30s",
                        "it must be longer than " + PREFIX),
                mistake("encoding.allowed-types", "com.acme.Missing", "com.acme.Missing", "com.acme.Order$Status"));
    }

    private static Arguments mistake(String setting, Object value, String... message) {
        return Arguments.of(setting, value, List.of(message));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aWayToRedisThatCannotBeUsedIsRefusedByItsSetting(String setting, String value, List<String> message) {
        Throwable failure = failureWithoutUrl(Map.of(PREFIX + setting, value), Thing.class);

        assertThat(failure).isInstanceOf(HibernateException.class);
        assertThat(failure.getMessage()).contains(PREFIX + setting, value).contains(message);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                mistake("redis.url", "http://localhost:6379", "redis://host:port", "redis+sentinel://"),
                mistake("redis.url", "redis://localhost:port", "redis://host:port"),
                mistake("redis.config", "/no/such/redisson.yaml", "/no/such/redisson.yaml"),
                mistake("redis.config", "classpath:no-such.yaml", "classpath:"),
                mistake("redis.config", "classpath:logback-test.xml", "Redisson configuration", "singleServerConfig"),
                mistake("redis.client", "redis://localhost:6379", "an instance of org.redisson.api.RedissonClient"));
    }

    @Test
    void aRegionThatDoesNotExistIsRefusedWithTheNearest() {
        assertThat(failure(Map.of(PREFIX + "region.dev.hearth.Thin.time-to-live", "30m"), Thing.class))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining(PREFIX + "region.dev.hearth.Thin is set")
                .hasMessageContaining("there is no region 'dev.hearth.Thin'")
                .hasMessageContaining("the nearest is '" + Thing.class.getName() + "'")
                .hasMessageContaining(PREFIX + "query-regions");
    }

    @Test
    void anAddressIsRefusedWithoutItsPassword() {
        assertThat(failureWithoutUrl(Map.of(PREFIX + "redis.url", "redis://app:secret@localhost:port"), Thing.class))
                .hasMessageContaining(PREFIX + "redis.url")
                .hasMessageNotContaining("secret");
    }

    @Test
    void twoWaysToRedisAreRefusedByTheirNames() {
        assertThat(failure(Map.of(PREFIX + "redis.config", "classpath:redisson.yaml"), Thing.class))
                .hasMessageContaining(PREFIX + "redis.config")
                .hasMessageContaining(PREFIX + "redis.url");
    }

    @Test
    void aFileThatIsNoConfigurationIsRefusedWithoutItsContents(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("redisson.yaml");
        Files.writeString(file, "singleServerConfig:\n  adress: x\n  password: secret\n");

        assertThat(failureWithoutUrl(Map.of(PREFIX + "redis.config", file.toString()), Thing.class))
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("secret");
    }

    @Test
    void aClientThatReadsFromReplicasIsRefusedAndStaysOpen() {
        Config config = new Config();
        config.setLazyInitialization(true);
        config.useMasterSlaveServers()
                .setMasterAddress(redis.url())
                .addSlaveAddress(redis.url())
                .setReadMode(ReadMode.SLAVE);
        RedissonClient client = Redisson.create(config);
        try {
            assertThat(failureWithoutUrl(Map.of(PREFIX + "redis.client", client), Thing.class))
                    .isInstanceOf(HibernateException.class)
                    .hasMessageContaining(PREFIX + "redis.client")
                    .hasMessageContaining("readMode SLAVE")
                    .hasMessageContaining("setReadMode(ReadMode.MASTER)");
            assertThat(client.isShutdown()).isFalse();
        } finally {
            client.shutdown();
        }
    }

    @Test
    void anAttributeThatCannotBeEncodedIsRefusedByItsName() {
        assertThat(failure(Map.of(), Counted.class))
                .hasMessageContaining(Counted.class.getName() + ".counter")
                .hasMessageContaining(AtomicLong.class.getName())
                .hasMessageContaining(PREFIX + "encoding.allowed-types");
    }

    @Test
    void anIdWithoutCanonicalFormIsRefusedByItsName() {
        assertThat(failure(Map.of(), Keyed.class))
                .hasMessageContaining(Keyed.class.getName())
                .hasMessageContaining(SerialKey.class.getName());
    }

    @Test
    void allMistakesInSettingsAreToldAtOnceAndNoPasswordIs() {
        Throwable failure = failure(
                Map.of(PREFIX + "time-to-liv", "30m", PREFIX + "buckets", "0", PREFIX + "redis.pasword", "secret"),
                Thing.class);

        assertThat(failure)
                .hasMessageContaining("3 problems")
                .hasMessageContaining(PREFIX + "time-to-liv ")
                .hasMessageContaining(PREFIX + "buckets ")
                .hasMessageContaining(PREFIX + "redis.pasword ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aStartThatFailedLeavesNoThreadBehind() {
        long before = threads();

        assertThat(failure(Map.of(PREFIX + "region.Unknown.buckets", "1"), Thing.class))
                .hasMessageContaining("Unknown");
        assertThat(failure(Map.of(), Counted.class)).hasMessageContaining("counter");

        Eventually.holds("the threads of the failed starts have ended", () -> threads() <= before);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hearth-")
                        || thread.getName().startsWith("redisson"))
                .count();
    }

    private static Throwable failure(Map<String, ?> settings, Class<?>... entities) {
        return started(Nodes.on(postgres.database(), redis.endpoint()).settings(settings), entities);
    }

    private static Throwable failureWithoutUrl(Map<String, ?> settings, Class<?>... entities) {
        return started(Nodes.on(postgres.database()).settings(settings), entities);
    }

    private static Throwable started(Nodes.Builder builder, Class<?>... entities) {
        Throwable failure = catchThrowable(
                () -> builder.entities(entities).keepSchema().start(1).close());
        assertThat(failure).as("the start fails").isNotNull();
        return failure;
    }

    @Entity
    @Cacheable
    static class Thing {
        @Id
        long id;
    }

    @Entity
    @Cacheable
    static class Counted {
        @Id
        long id;

        AtomicLong counter;
    }

    record SerialKey(String name) implements Serializable {}

    @Entity
    @Cacheable
    static class Keyed {
        @Id
        SerialKey key;
    }
}
