package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HearthSettingsTest {
    @Test
    void nothingSetMeansTheDefaults() {
        HearthSettings settings = HearthSettings.read(Map.of());

        assertThat(settings.keyspace()).isEqualTo("hearth");
        assertThat(settings.redis()).isEqualTo(RedisSettings.at("redis://localhost:6379"));
        assertThat(settings.node()).isEqualTo(NodeSettings.defaults());
        assertThat(settings.encoding().allowedTypes()).isEmpty();
        assertThat(settings.region(RegionKind.ENTITY, "any")).isEqualTo(RegionSettings.defaults());
    }

    @Test
    void aRegionWinsOverItsKindAndTheKindOverAllRegions() {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.time-to-live", "10m",
                "hibernate.cache.hearth.entity.time-to-live", "20m",
                "hibernate.cache.hearth.region.com.acme.Customer.time-to-live", "30m"));

        assertThat(settings.region(RegionKind.QUERY, "q").timeToLive()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.region(RegionKind.ENTITY, "e").timeToLive()).isEqualTo(Duration.ofMinutes(20));
        assertThat(settings.region(RegionKind.ENTITY, "com.acme.Customer").timeToLive())
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void settingsForAnUnknownRegionAreRefusedWithTheNearestName() {
        HearthSettings settings =
                HearthSettings.read(Map.of("hibernate.cache.hearth.region.com.acme.Custmer.time-to-live", "30m"));

        assertThatThrownBy(() -> settings.checkRegions(Set.of("com.acme.Customer", "com.acme.Order")))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("'com.acme.Custmer'")
                .hasMessageContaining("the nearest is 'com.acme.Customer'");
    }

    @Test
    void oneExceptionListsAllProblems() {
        Map<String, Object> given = Map.of(
                "hibernate.cache.hearth.time-to-live", "10x",
                "hibernate.cache.hearth.lock-timout", "10s",
                "hibernate.cache.hearth.buckets", 5000);

        assertThatThrownBy(() -> HearthSettings.read(given))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("hibernate.cache.hearth.time-to-live is '10x'")
                .hasMessageContaining("the nearest is hibernate.cache.hearth.lock-timeout")
                .hasMessageContaining("hibernate.cache.hearth.buckets is '5000'");
    }
}
