package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are legal by themselves, but not together. */
final class SettingRulesTest {
    @Test
    void redisIsReachedInOneWayOnly() {
        assertRefused(
                Map.of("redis.url", "redis://localhost:6379", "redis.config", "redisson.yaml"),
                "is one of 2 ways to reach Redis that are given; give exactly one of "
                        + "hibernate.cache.hearth.redis.client, hibernate.cache.hearth.redis.config and "
                        + "hibernate.cache.hearth.redis.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis.user", "redis.password", "redis.tls.truststore", "redis.tls.keystore-password"})
    void whatBelongsIntoTheFileIsNotTakenBesideIt(String name) {
        assertRefused(
                Map.of("redis.config", "redisson.yaml", name, "x"),
                "hibernate.cache.hearth." + name + " has no effect together with hibernate.cache.hearth.redis.config; "
                        + "write it into that file");
    }

    @Test
    void theCommandTimeoutHoldsWhoeverMadeTheClient() {
        HearthSettings settings = read(Map.of("redis.config", "redisson.yaml", "redis.command-timeout", "100ms"));

        assertThat(settings.redis().commandTimeout()).hasMillis(100);
    }

    @Test
    void certificatesWithoutEncryptionAreRefused() {
        assertRefused(
                Map.of("redis.url", "redis://localhost:6379", "redis.tls.truststore", "trust.p12"),
                "is redis://localhost:6379 and not encrypted; begin the address with rediss://");
        assertRefused(Map.of("redis.tls.verify-hostname", "true"), "not encrypted");
    }

    @Test
    void thePasswordOfAStoreNeedsTheStore() {
        assertRefused(
                Map.of("redis.url", "rediss://localhost:6379", "redis.tls.keystore-password", "x"),
                "hibernate.cache.hearth.redis.tls.keystore-password has no effect without "
                        + "hibernate.cache.hearth.redis.tls.keystore");
    }

    @Test
    void aLoginStandsInOnePlaceOnly() {
        assertRefused(
                Map.of("redis.url", "redis://app:secret@localhost:6379/2", "redis.user", "app", "redis.database", 2),
                "hibernate.cache.hearth.redis.user is also part of hibernate.cache.hearth.redis.url",
                "hibernate.cache.hearth.redis.database is also part of");
    }

    @Test
    void aUserNeedsAPassword() {
        assertRefused(Map.of("redis.user", "app"), "hibernate.cache.hearth.redis.user has no password");
    }

    @Test
    void aLockOutlivesACommand() {
        assertRefused(
                Map.of("redis.command-timeout", "5s", "entity.lock-timeout", "5s"),
                "is 5s, but a command may take 5s; it must be longer than hibernate.cache.hearth.redis.command-timeout");
    }

    @Test
    void stampsOutliveThePauseBetweenTwoPolls() {
        assertRefused(
                Map.of("poll-interval", "10s"),
                "hibernate.cache.hearth.stamp-validity is 5s, but Redis is asked for its time every 10s");
    }

    @Test
    void theRegionPrefixIsLegalInKeys() {
        assertThatThrownBy(() -> HearthSettings.read(Map.of("hibernate.cache.region_prefix", "a:b")))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("hibernate.cache.region_prefix is 'a:b'")
                .hasMessageContaining("for example hearth.orders");
    }

    @Test
    void aMalformedSettingDoesNotSetOffTheRulesThatItIsPartOf() {
        assertOnlyProblem(Map.of("redis.url", "rediss//localhost", "redis.tls.truststore", "trust.p12"), "redis.url");
        assertOnlyProblem(Map.of("stamp-validity", "20", "poll-interval", "10s"), "stamp-validity");
        assertOnlyProblem(Map.of("poll-interval", "1", "stamp-validity", "500ms"), "poll-interval");
        assertOnlyProblem(Map.of("redis.command-timeout", "1", "lock-timeout", "1s"), "redis.command-timeout");
        assertOnlyProblem(Map.of("redis.user", "app", "redis.password", ""), "redis.password");
        assertOnlyProblem(Map.of("redis.config", "", "redis.user", "app"), "redis.config");
    }

    @Test
    void aRecordMadeByHandIsHeldToTheSameRules() {
        RegionSettings legal = RegionSettings.defaults();
        assertThatThrownBy(() -> new RegionSettings(
                        Duration.ZERO,
                        legal.lockTimeout(),
                        legal.fenceHorizon(),
                        1,
                        1024,
                        -1,
                        1024,
                        10_000,
                        false,
                        OnUnavailable.FAIL,
                        legal.near()))
                .hasMessageContaining("hibernate.cache.hearth.time-to-live is '0ms', which is too little");
        assertThatThrownBy(() -> new NodeSettings(
                        Duration.ofSeconds(5),
                        0,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        1,
                        JoinedTransactions.NEVER,
                        NativeStatements.WARN))
                .hasMessageContaining("hibernate.cache.hearth.stamp-validity is 5s");
    }

    private static void assertOnlyProblem(Map<String, ?> given, String name) {
        assertThatThrownBy(() -> read(given))
                .isInstanceOfSatisfying(
                        HearthConfigurationException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(SettingProblem::key)
                                .containsExactly("hibernate.cache.hearth." + name));
    }

    private static void assertRefused(Map<String, ?> given, String... messages) {
        assertThatThrownBy(() -> read(given))
                .isInstanceOf(HearthConfigurationException.class)
                .message()
                .contains(messages);
    }

    private static HearthSettings read(Map<String, ?> given) {
        Map<String, Object> settings = new HashMap<>();
        given.forEach((name, value) -> settings.put("hibernate.cache.hearth." + name, value));
        return HearthSettings.read(settings);
    }
}
