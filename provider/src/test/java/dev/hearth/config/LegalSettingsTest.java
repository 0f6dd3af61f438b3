package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are legal, and how they may be written. */
final class LegalSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "1000ms, PT1S",
        "30s, PT30S",
        "30S, PT30S",
        "' 5 m ', PT5M",
        "24h, P1D",
        "7d, P7D",
        "PT1M30S, PT1M30S",
        "pt2h, PT2H",
        "P1D, P1D"
    })
    void aDurationMayHaveAUnitOrBeIso(String text, Duration meant) {
        assertThat(region("time-to-live", text).timeToLive()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"65536, 65536", "65536B, 65536", "64KB, 64000", "64KiB, 65536", "1mib, 1048576", "2 MB, 2000000"})
    void aSizeIsInBytesOrHasAUnit(String text, int bytes) {
        assertThat(region("maximum-entry-size", text).maximumEntrySize()).isEqualTo(bytes);
    }

    @Test
    void anObjectOfTheTypeDoesAsWellAsText() {
        assertThat(region("time-to-live", Duration.ofMinutes(3)).timeToLive()).isEqualTo(Duration.ofMinutes(3));
        assertThat(region("buckets", 8L).buckets()).isEqualTo(8);
        assertThat(region("buckets", BigInteger.TEN).buckets()).isEqualTo(10);
        assertThat(region("maximum-entry-size", 4096).maximumEntrySize()).isEqualTo(4096);
        assertThat(region("on-unavailable", OnUnavailable.FAIL).onUnavailable()).isEqualTo(OnUnavailable.FAIL);
        assertThat(read("drift-margin", 0.01f).node().driftMargin()).isEqualTo(0.01f);
        assertThat(read("encoding.allowed-types", List.of(String.class, "com.acme.Money"))
                        .encoding()
                        .allowedTypes())
                .containsExactlyInAnyOrder("java.lang.String", "com.acme.Money");
        assertThat(read("encoding.allowed-types", new Class<?>[] {String.class})
                        .encoding()
                        .allowedTypes())
                .containsExactly("java.lang.String");
    }

    @Test
    void aWordMayBeWrittenAsTheConstantIs() {
        assertThat(read("joined-transactions", "READ_COMMITTED").node().joinedTransactions())
                .isEqualTo(JoinedTransactions.READ_COMMITTED);
        assertThat(read("joined-transactions", "read-committed").node().joinedTransactions())
                .isEqualTo(JoinedTransactions.READ_COMMITTED);
        assertThat(region("puts", "wait").putsWait()).isTrue();
    }

    @Test
    void bucketsFollowTheTopologyUnlessTheyAreSet() {
        assertThat(RegionSettings.defaults().buckets(false)).isEqualTo(1);
        assertThat(RegionSettings.defaults().buckets(true)).isEqualTo(64);
        assertThat(region("buckets", "auto").buckets(true)).isEqualTo(64);
        assertThat(region("buckets", "8").buckets(true)).isEqualTo(8);
        assertThat(region("buckets", "8").buckets(false)).isEqualTo(8);
    }

    @Test
    void compressionIsOffUnlessAThresholdIsSet() {
        assertThat(RegionSettings.defaults().compressionThreshold()).isEqualTo(-1);
        assertThat(region("compression-threshold", "OFF").compressionThreshold())
                .isEqualTo(-1);
        assertThat(region("compression-threshold", "4KiB").compressionThreshold())
                .isEqualTo(4096);
    }

    @Test
    void theRegionPrefixIsAppendedToTheKeyspace() {
        assertThat(HearthSettings.read(Map.of("hibernate.cache.region_prefix", "shop"))
                        .keyspace())
                .isEqualTo("hearth.shop");
        assertThat(HearthSettings.read(Map.of(
                                "hibernate.cache.region_prefix", "shop", "hibernate.cache.hearth.keyspace", "eu-1"))
                        .keyspace())
                .isEqualTo("eu-1.shop");
        assertThat(HearthSettings.read(Map.of("hibernate.cache.region_prefix", ""))
                        .keyspace())
                .isEqualTo("hearth");
    }

    @Test
    void otherSettingsOfHibernateAreNoneOfOurs() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("hibernate.cache.region.factory_class", "hearth");
        given.put("hibernate.cache.hearthstone", "x");
        given.put("hibernate.cache.hearth.redis.password", null);

        assertThat(HearthSettings.read(given).keyspace()).isEqualTo("hearth");
    }

    @Test
    void anyDurationAndSizeReadsAsItWasWritten() {
        SplittableRandom random = new SplittableRandom(7);
        SettingType<Duration> durations = Durations.from("1ms", "365d", "1s");
        SettingType<Integer> sizes = Numbers.size("1B", "64MiB", "1B");
        for (int i = 0; i < 10_000; i++) {
            long bound = 1L << random.nextInt(1, 34);
            Duration duration = Duration.ofMillis(1 + random.nextLong(bound)).plusNanos(random.nextInt(2));
            assertThat(durations.read(durations.write(duration))).isEqualTo(duration);
            int size = 1 + random.nextInt(1 << random.nextInt(1, 26));
            assertThat(sizes.read(sizes.write(size))).isEqualTo(size);
        }
    }

    private static RegionSettings region(String name, Object value) {
        return read(name, value).region(RegionKind.ENTITY, "any");
    }

    private static HearthSettings read(String name, Object value) {
        return HearthSettings.read(Map.of("hibernate.cache.hearth." + name, value));
    }
}
