package dev.hearth.boot.autoconfigure;

import dev.hearth.boot.HearthUnits;
import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.micrometer.HearthMetrics;
import dev.hearth.warming.micrometer.WarmingMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Binds the meters of every session factory's cache, with the tag that Spring Boot gives Hibernate's own. */
@AutoConfiguration(
        after = {HearthWarmingAutoConfiguration.class, HibernateJpaAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({HearthUnits.class, EntityManagerFactory.class, MeterRegistry.class})
public final class HearthMetricsAutoConfiguration {
    static final String TAG = "entityManagerFactory";

    @Bean
    @ConditionalOnMissingBean(name = "hearthMeterBinder")
    MeterBinder hearthMeterBinder(HearthUnits units) {
        return registry -> units.all()
                .forEach(unit -> new HearthMetrics(unit.sessionFactory(), Tags.of(TAG, unit.name())).bindTo(registry));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WarmingMetrics.class)
    @ConditionalOnBean(WarmingLifecycle.class)
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    static class WarmingConfiguration {
        @Bean
        @Lazy(false)
        @ConditionalOnMissingBean
        WarmingMeters hearthWarmingMeters(WarmingLifecycle warming, MeterRegistry registry) {
            return new WarmingMeters(warming, registry);
        }
    }
}
