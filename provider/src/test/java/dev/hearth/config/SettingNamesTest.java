package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.Setting.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of settings and regions: what they mean, and what is suggested where they mean nothing. */
final class SettingNamesTest {
    @ParameterizedTest
    @CsvSource({
        "timeToLive, time-to-live",
        "time_to_live, time-to-live",
        "TIME-TO-LIVE, time-to-live",
        "redis.pasword, redis.password",
        "redis.uri, redis.url",
        "redis.tls.trust-store, redis.tls.truststore",
        "entities.time-to-live, entity.time-to-live",
        "naturalid.buckets, natural-id.buckets",
        "query.lock-timeot, query.lock-timeout",
        "poll-intervall, poll-interval",
        "com.acme.Customer.time-to-live, region.com.acme.Customer.time-to-live",
        "region.com.acme.Customer.timetolive, region.com.acme.Customer.time-to-live",
        "region.com.acme.Customer.redis.url, region.com.acme.Customer.redis.puts",
        "region.time-to-live, region.<region>.time-to-live",
        "region., region.<region>.time-to-live"
    })
    void anUnknownNameIsRefusedWithTheNearest(String given, String nearest) {
        assertThatThrownBy(() -> HearthSettings.read(Map.of("hibernate.cache.hearth." + given, "1s")))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("hibernate.cache.hearth." + given + " is not a setting of Hearth; "
                        + "the nearest is hibernate.cache.hearth." + nearest);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameWithOneCharacterWrongIsStillRecognized(String name) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int i = 0; i < 50; i++) {
            int at = random.nextInt(name.length());
            String misspelt = switch (random.nextInt(3)) {
                case 0 -> name.substring(0, at) + name.substring(at + 1);
                case 1 -> name.substring(0, at) + "x" + name.substring(at);
                default -> name.substring(0, at) + "x" + name.substring(at + 1);
            };
            if (SettingKeys.find(misspelt) == null)
                assertThat(SettingKeys.nearest(misspelt)).isEqualTo(name);
        }
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Setting<?> setting : SettingTable.all()) {
            names.add(setting.name());
            if (setting.scope() == Scope.REGION) names.add("natural-id." + setting.name());
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "com.acme.Customer, com.acme.Customer",
        "time-to-live, time-to-live",
        "entity, entity",
        "a b, a b"
    })
    void aRegionMayHaveAnyName(String region, String sameRegion) {
        HearthSettings settings =
                HearthSettings.read(Map.of("hibernate.cache.hearth.region." + region + ".buckets", "7"));

        settings.checkRegions(Set.of(sameRegion));
        assertThat(settings.region(RegionKind.COLLECTION, sameRegion).buckets()).isEqualTo(7);
        assertThat(settings.region(RegionKind.COLLECTION, "other").buckets()).isZero();
    }

    @Test
    void aSettingOfTheNodeIsNoneOfARegion() {
        assertThatThrownBy(() -> HearthSettings.read(Map.of("hibernate.cache.hearth.entity.poll-interval", "1s")))
                .hasMessageContaining("is not a setting of Hearth");
        assertThatThrownBy(() -> HearthSettings.read(Map.of("hibernate.cache.hearth.region.a.poll-interval", "1s")))
                .hasMessageContaining("is not a setting of Hearth");
    }

    @Test
    void everyUnknownRegionIsNamed() {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.region.Ordr.buckets", "7",
                "hibernate.cache.hearth.region.Custmer.buckets", "7",
                "hibernate.cache.hearth.region.Customer.buckets", "7"));

        assertThatThrownBy(() -> settings.checkRegions(Set.of("Customer", "Order")))
                .hasMessageContaining("there is no region 'Ordr'; the nearest is 'Order'")
                .hasMessageContaining("there is no region 'Custmer'; the nearest is 'Customer'")
                .hasMessageContaining("2 problems");
        assertThatThrownBy(() -> settings.checkRegions(Set.of())).hasMessageContaining("there are no regions at all");
    }

    @Test
    void aRegionThatOnlyQueriesNameIsKnownOnceItIsListed() {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.query-regions", "reports, search",
                "hibernate.cache.hearth.region.reports.time-to-live", "1m"));

        settings.checkRegions(Set.of("Customer"));
        assertThat(settings.region(RegionKind.QUERY, "reports").timeToLive()).hasMinutes(1);
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "kitten, sitting, 3", "flaw, lawn, 2", "same, same, 0", "ab, ba, 2"})
    void theDistanceCountsInsertionsDeletionsAndReplacements(String left, String right, int distance) {
        assertThat(NearestName.distance(left, right)).isEqualTo(distance);
        assertThat(NearestName.distance(right, left)).isEqualTo(distance);
    }
}
