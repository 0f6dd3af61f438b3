package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.HearthSettings;
import dev.hearth.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

final class EnvironmentSettingsTest {
    @Test
    void everySettingOfTheProviderAndOfWarmingHasAProperty() {
        Map<String, Object> given = new HashMap<>();
        PropertyNames.all().forEach(name -> given.put(name.property(), "x"));

        Map<String, Object> settings = read(given);

        assertThat(settings.keySet())
                .containsExactlyInAnyOrderElementsOf(PropertyNames.all().stream()
                        .map(PropertyNames.Named::hibernate)
                        .distinct()
                        .toList())
                .contains(
                        "hibernate.cache.hearth.near",
                        "hibernate.cache.hearth.natural-id.near.time-to-live",
                        "hibernate.cache.hearth.redis.url",
                        "hibernate.hearth.warming.rows-per-second");
    }

    @Test
    void namesMayBeWrittenInEachOfBootsWays() {
        assertThat(read(Map.of("hearth.timeToLive", "5m"))).containsEntry("hibernate.cache.hearth.time-to-live", "5m");
        assertThat(readEnvironment(Map.of("HEARTH_NEAR_MAXIMUMENTRIES", "50", "HEARTH_PORT", "tcp://10.0.0.1:80")))
                .containsExactly(Map.entry("hibernate.cache.hearth.near.maximum-entries", "50"));
    }

    @Test
    void regionsAndTasksKeepTheirNames() {
        assertThat(read(Map.of(
                        "hearth.regions[com.acme.Customer].time-to-live", "5m",
                        "hearth.regions[com.acme.Customer.orders].near.maximum-entries", "7",
                        "hearth.regions[com.acme.Shop].near.mode", "off",
                        "hearth.regions.com.acme.Order.lockTimeout", "10s",
                        "hearth.warming.task.Customer.orderBy", "name",
                        "hearth.warming.task.Customer.collections[0]", "orders",
                        "hearth.warming.task.Customer.collections[1]", "friends")))
                .containsOnly(
                        Map.entry("hibernate.cache.hearth.region.com.acme.Customer.time-to-live", "5m"),
                        Map.entry("hibernate.cache.hearth.region.com.acme.Customer.orders.near.maximum-entries", "7"),
                        Map.entry("hibernate.cache.hearth.region.com.acme.Shop.near", "off"),
                        Map.entry("hibernate.cache.hearth.region.com.acme.Order.lock-timeout", "10s"),
                        Map.entry("hibernate.hearth.warming.task.Customer.order-by", "name"),
                        Map.entry("hibernate.hearth.warming.task.Customer.collections", "orders,friends"));
    }

    @Test
    void yamlNestsEverythingAndItsOffIsOurs() throws IOException {
        Map<String, Object> settings = readYaml("""
                hearth:
                  time-to-live: 30m
                  statistics:
                    enabled: false
                    queries: 20
                  near:
                    mode: off
                    maximum-entries: 100
                  query-regions: [reports, search]
                  regions:
                    "[com.acme.Customer]":
                      time-to-live: 5m
                      near:
                        mode: strict
                  warming:
                    rows-per-second: 100
                """);

        assertThat(settings)
                .containsOnly(
                        Map.entry("hibernate.cache.hearth.time-to-live", "30m"),
                        Map.entry("hibernate.cache.hearth.statistics", "false"),
                        Map.entry("hibernate.cache.hearth.statistics.queries", "20"),
                        Map.entry("hibernate.cache.hearth.near", "off"),
                        Map.entry("hibernate.cache.hearth.near.maximum-entries", "100"),
                        Map.entry("hibernate.cache.hearth.query-regions", "reports,search"),
                        Map.entry("hibernate.cache.hearth.region.com.acme.Customer.time-to-live", "5m"),
                        Map.entry("hibernate.cache.hearth.region.com.acme.Customer.near", "strict"),
                        Map.entry("hibernate.hearth.warming.rows-per-second", "100"));
        assertThat(HearthSettings.read(settings).queryRegions()).containsExactly("reports", "search");
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> read(Map.of(
                        "hearth.near.maximum-entry", "5",
                        "hearth.regions[com.acme.Customer].ttl", "5m",
                        "hearth.warming.task.Customer.order", "name",
                        "hearth.admin.show-key", "true")))
                .isInstanceOf(HearthConfigurationException.class)
                .hasMessageContaining("hearth.near.maximum-entry is not a setting of Hearth")
                .hasMessageContaining("the nearest is hearth.near.maximum-entries")
                .hasMessageContaining("hearth.regions[com.acme.Customer].ttl is not a setting")
                .hasMessageContaining("the nearest is hearth.warming.task.Customer.order-by")
                .hasMessageContaining("the nearest is hearth.admin.show-keys");
    }

    @Test
    void theClientIsNoProperty() {
        assertThatThrownBy(() -> read(Map.of("hearth.redis.client", "x")))
                .isInstanceOf(HearthConfigurationException.class);
    }

    @Test
    void namesOfHibernateAreToldAsProperties() {
        assertThat(PropertyNames.property(Setting.PREFIX + "region.com.acme.Customer.near.time-to-live"))
                .isEqualTo("hearth.regions[com.acme.Customer].near.time-to-live");
        assertThat(PropertyNames.property(Setting.PREFIX + "near.lease")).isEqualTo("hearth.near.lease");
        assertThat(PropertyNames.property("hibernate.hearth.warming.lease")).isEqualTo("hearth.warming.lease");
    }

    private static Map<String, Object> read(Map<String, Object> given) {
        return read(new MapPropertySource("test", given));
    }

    private static Map<String, Object> readEnvironment(Map<String, Object> given) {
        return read(new SystemEnvironmentPropertySource("test-systemEnvironment", given));
    }

    private static Map<String, Object> readYaml(String yaml) throws IOException {
        return read(new YamlPropertySourceLoader()
                .load("test", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .get(0));
    }

    private static Map<String, Object> read(PropertySource<?> source) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(source);
        return EnvironmentSettings.read(environment);
    }
}
