package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.boot.actuate.HearthEndpoint;
import dev.hearth.boot.actuate.HearthInfoContributor;
import dev.hearth.boot.actuate.HearthWarmingEndpoint;
import dev.hearth.boot.actuate.HearthWarmingEndpointWebExtension;
import dev.hearth.boot.dashboard.HearthDashboardEndpoint;
import dev.hearth.test.shop.Country;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

final class HearthEndpointAutoConfigurationTest {
    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HearthAutoConfiguration.class,
                    HearthWarmingAutoConfiguration.class,
                    HearthEndpointAutoConfiguration.class,
                    HearthDashboardAutoConfiguration.class,
                    HearthHealthContributorAutoConfiguration.class,
                    HearthMetricsAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class,
                    EndpointAutoConfiguration.class,
                    WebEndpointAutoConfiguration.class))
            .withUserConfiguration(Entities.class)
            .withPropertyValues(
                    "spring.datasource.url=jdbc:h2:mem:endpoints;DB_CLOSE_DELAY=0",
                    "spring.jpa.hibernate.ddl-auto=none",
                    "spring.jmx.enabled=false",
                    "hearth.redis.url=redis://localhost:1",
                    "hearth.jmx=false");

    @Test
    void nothingIsExposedWithoutBeingAskedFor() {
        runner.run(context -> assertThat(methods(context)).isEmpty());
    }

    @Test
    void whatIsExposedOnlyReads() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=*").run(context -> {
            assertThat(context).hasNotFailed().hasBean("hearthHealthContributor");
            assertThat(methods(context).keySet())
                    .containsExactlyInAnyOrder("hearth", "hearthqueries", "hearthwarming", "hearthdoctor");
            assertThat(methods(context).values()).containsOnly(Set.of(WebEndpointHttpMethod.GET));
        });
    }

    @Test
    void withAccessTheyChangeThings() {
        runner.withPropertyValues(
                        "management.endpoints.web.exposure.include=hearth,hearthperformance",
                        "management.endpoint.hearth.access=UNRESTRICTED",
                        "management.endpoint.hearthperformance.access=UNRESTRICTED",
                        "hearth.warming.enabled=false")
                .run(context -> assertThat(methods(context))
                        .containsOnly(
                                Map.entry("hearth", Set.of(WebEndpointHttpMethod.values())),
                                Map.entry("hearthperformance", Set.of(WebEndpointHttpMethod.POST))));
    }

    @Test
    void theDashboardIsServedWhereItIsAskedForAndExposed() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context).doesNotHaveBean(HearthDashboardEndpoint.class));
        runner.withPropertyValues("hearth.dashboard.enabled=true")
                .run(context -> assertThat(context).doesNotHaveBean(HearthDashboardEndpoint.class));
        runner.withPropertyValues(
                        "hearth.dashboard.enabled=true",
                        "hearth.dashboard.operator-role=ADMIN",
                        "management.endpoints.web.exposure.include=hearthdashboard")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HearthDashboardEndpoint.class));
    }

    @Test
    void whatIsSwitchedOffIsNotThere() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "management.health.hearth.enabled=false",
                        "hearth.warming.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("hearthMeterBinder")
                        .doesNotHaveBean("hearthHealthContributor")
                        .doesNotHaveBean(HearthWarmingEndpoint.class)
                        .doesNotHaveBean(HearthWarmingEndpointWebExtension.class)
                        .doesNotHaveBean(WarmingMeters.class));
        runner.withPropertyValues("management.endpoints.web.exposure.include=*", "hearth.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(HearthEndpoint.class)
                        .doesNotHaveBean("hearthHealthContributor"));
    }

    @Test
    void whatTheApplicationBringsItselfStands() {
        MeterBinder own = registry -> {};
        HealthIndicator health = () -> Health.up().build();
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("hearthMeterBinder", MeterBinder.class, () -> own)
                .withBean("hearthHealthIndicator", HealthIndicator.class, () -> health)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("hearthHealthContributor");
                    assertThat(context.getBean("hearthMeterBinder")).isSameAs(own);
                });
    }

    @Test
    void withoutARegistryThereAreNoMeters() {
        runner.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean("hearthMeterBinder")
                .doesNotHaveBean(WarmingMeters.class));
    }

    @Test
    void metersOfWarmingAreThereWhileItIsUnderWay() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        runner.withBean(MeterRegistry.class, () -> registry)
                .withPropertyValues("hearth.warming.task.countries.entity=" + Country.class.getName())
                .run(context -> {
                    assertThat(statesOfCountries(registry)).isEqualTo(1);

                    context.stop();
                    assertThat(registry.find("hearth.warming.state").meters()).isEmpty();

                    context.start();
                    assertThat(statesOfCountries(registry))
                            .as("the meters of the warming that has begun anew")
                            .isEqualTo(1);
                });
        assertThat(registry.find("hearth.warming.state").meters()).isEmpty();
    }

    /* A task is in one state. */
    private static double statesOfCountries(MeterRegistry registry) {
        return registry
                .get("hearth.warming.state")
                .tags("task", "countries", "entityManagerFactory", "entityManagerFactory")
                .gauges()
                .stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    @Test
    void theCacheWorksWithoutActuatorHealthAndMicrometer() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HearthAutoConfiguration.class,
                        HearthEndpointAutoConfiguration.class,
                        HearthHealthContributorAutoConfiguration.class,
                        HearthMetricsAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        HibernateJpaAutoConfiguration.class))
                .withUserConfiguration(Entities.class)
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:bare;DB_CLOSE_DELAY=0",
                        "spring.jpa.hibernate.ddl-auto=none",
                        "hearth.redis.url=redis://localhost:1",
                        "hearth.jmx=false")
                .withClassLoader(new FilteredClassLoader(Endpoint.class, HealthIndicator.class, MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(HearthHibernatePropertiesCustomizer.class)
                        .doesNotHaveBean(HearthEndpoint.class)
                        .doesNotHaveBean(HearthInfoContributor.class)
                        .doesNotHaveBean("hearthHealthContributor")
                        .doesNotHaveBean("hearthMeterBinder"));
    }

    private static Map<String, Set<WebEndpointHttpMethod>> methods(ApplicationContext context) {
        return context.getBean(WebEndpointsSupplier.class).getEndpoints().stream()
                .collect(Collectors.toMap(
                        endpoint -> endpoint.getEndpointId().toString(),
                        endpoint -> endpoint.getOperations().stream()
                                .map(operation ->
                                        operation.getRequestPredicate().getHttpMethod())
                                .collect(Collectors.toSet())));
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Country.class)
    static class Entities {}
}
