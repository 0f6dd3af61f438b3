package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are not legal, and what the user is told. */
final class MalformedSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "10", "10x", "-5m", "1.5h", "5 minutes", "PT", "999999999999999999999s", "ms", "5mm"})
    void aDurationNeedsAWholeNumberAndAUnit(String value) {
        assertThat(problem("time-to-live", value).toString())
                .isEqualTo("hibernate.cache.hearth.time-to-live is '" + value + "', which is not a duration; "
                        + "it must be a duration from 1s to 365d, for example 30m");
    }

    @ParameterizedTest
    @CsvSource({"999ms, too little", "0s, too little", "PT0.5S, too little", "366d, too much", "999999999999d, too much"
    })
    void aDurationStaysWithinItsRange(String value, String reason) {
        assertThat(problem("time-to-live", value).description()).isEqualTo("is '" + value + "', which is " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5MiB", "-1", "1XB", "MiB", "3GiB", "99999999999999999999"})
    void aSizeIsAWholeNumberOfAKnownUnitThatFitsInMemory(String value) {
        assertThat(problem("maximum-entry-size", value).toString())
                .contains("is '" + value + "'", "it must be a size from 1KiB to 64MiB, for example 512KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "1.5", "0", "1025", "0x10", "99999999999"})
    void aCountIsAWholeNumberWithinItsRange(String value) {
        assertThat(problem("buckets", value).toString())
                .contains("is '" + value + "'", "it must be a whole number from 1 to 1024, or auto, for example 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "-0.001", "0.11", "NaN", "1e9"})
    void aFractionStaysWithinItsRange(String value) {
        assertThat(problem("drift-margin", value).toString())
                .contains("is '" + value + "'", "it must be a number from 0 to 0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fails", "degrade,fail"})
    void aWordIsOneOfThoseThatThereAre(String value) {
        assertThat(problem("on-unavailable", value).toString())
                .contains("is '" + value + "'", "it must be one of degrade, fail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1"})
    void aFlagIsTrueOrFalse(String value) {
        assertThat(problem("redis.tls.verify-hostname", value).toString())
                .contains("is '" + value + "'", "it must be true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "{a}", "hearth{"})
    void aKeyspaceHasNoCharactersThatKeysGiveAMeaning(String value) {
        assertThat(problem("keyspace", value).toString()).contains("is '" + value + "'", "letters, digits, dots");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com.acme.", "com.acme.Money,", "com acme", "1com.Money", "com.acme.*"})
    void anAllowedTypeIsTheNameOfAClass(String value) {
        assertThat(problem("encoding.allowed-types", value).toString()).contains("is not legal", "names of classes");
    }

    @ParameterizedTest
    @MethodSource("wrongObjects")
    void anObjectOfTheWrongTypeIsRefused(String name, Object value) {
        assertThat(problem(name, value).toString()).contains("hibernate.cache.hearth." + name, "it must be");
    }

    static List<Object[]> wrongObjects() {
        return List.of(
                new Object[] {"time-to-live", 30},
                new Object[] {"time-to-live", Duration.ofDays(400)},
                new Object[] {"buckets", 1.5},
                new Object[] {"buckets", Long.MAX_VALUE},
                new Object[] {"buckets", Double.NaN},
                new Object[] {"drift-margin", Double.POSITIVE_INFINITY},
                new Object[] {"maximum-entry-size", Duration.ofSeconds(1)},
                new Object[] {"on-unavailable", RegionKind.ENTITY},
                new Object[] {"redis.tls.verify-hostname", 1},
                new Object[] {"redis.client", "redis://localhost:6379"},
                new Object[] {"redis.url", 6379},
                new Object[] {"redis.password", new char[] {'x'}},
                new Object[] {"keyspace", new Object()});
    }

    @ParameterizedTest
    @MethodSource("dev.hearth.config.SettingTableTest#settings")
    void randomTextIsReadOrRefusedWithKeyAndRemedyAndNeverFailsOtherwise(Setting<?> setting) {
        SplittableRandom random = new SplittableRandom(setting.name().hashCode());
        String alphabet = "0123456789.-+:/@,%[]{}\"' smhdkKMiBPTauto\u00e9\u0000";
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(12), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .collect(Collectors.joining());
            try {
                assertThat(setting.read(setting.key(), text)).isNotNull();
            } catch (HearthConfigurationException e) {
                assertThat(e).hasMessageContaining(setting.key()).hasMessageContaining("it must be");
            }
        }
    }

    @Test
    void theExceptionIsHibernatesSoThatItReachesTheUserAsItIs() {
        assertThat(new HearthConfigurationException(new SettingProblem("key", "is wrong", "it must be right")))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("key is wrong; it must be right");
    }

    @Test
    void aPasswordNeverStandsInAMessage() {
        Map<String, Object> given = Map.of(
                "hibernate.cache.hearth.redis.pasword",
                "hunter2",
                "hibernate.cache.hearth.redis.password",
                "",
                "hibernate.cache.hearth.redis.url",
                "http://app:hunter2@localhost:6379",
                "hibernate.cache.hearth.redis.tls.truststore-password",
                List.of("hunter2"));

        HearthConfigurationException refused = refusal(given);

        assertThat(refused.problems()).hasSize(4);
        assertThat(refused).hasMessageContaining("'http://***@localhost:6379'");
        assertThat(refused.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void aPasswordNeverStandsInTheSettingsAsText() {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url", "rediss://app:hunter2@localhost:6379",
                "hibernate.cache.hearth.redis.tls.truststore", "trust.p12",
                "hibernate.cache.hearth.redis.tls.truststore-password", "hunter2"));

        assertThat(settings.redis().password()).isEqualTo("hunter2");
        assertThat(settings.toString()
                        + settings.redis()
                        + settings.redis().tls()
                        + settings.redis().url())
                .contains("localhost")
                .doesNotContain("hunter2");
    }

    private static SettingProblem problem(String name, Object value) {
        List<SettingProblem> problems =
                refusal(Map.of("hibernate.cache.hearth." + name, value)).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static HearthConfigurationException refusal(Map<String, ?> given) {
        HearthConfigurationException refused =
                catchThrowableOfType(HearthConfigurationException.class, () -> HearthSettings.read(given));
        assertThat(refused).as("refusal of %s", given.keySet()).isNotNull();
        return refused;
    }
}
