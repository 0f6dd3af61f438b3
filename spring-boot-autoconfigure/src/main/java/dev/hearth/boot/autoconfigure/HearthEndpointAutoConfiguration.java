package dev.hearth.boot.autoconfigure;

import dev.hearth.boot.HearthUnits;
import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.boot.actuate.HearthDoctorEndpoint;
import dev.hearth.boot.actuate.HearthEndpoint;
import dev.hearth.boot.actuate.HearthInfoContributor;
import dev.hearth.boot.actuate.HearthPerformanceEndpoint;
import dev.hearth.boot.actuate.HearthQueriesEndpoint;
import dev.hearth.boot.actuate.HearthWarmingEndpoint;
import dev.hearth.boot.actuate.HearthWarmingEndpointWebExtension;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The endpoints that are exposed and accessible, by Spring Boot's own rules, and what the info endpoint says of the cache. */
@AutoConfiguration(after = {HearthWarmingAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean({HearthUnits.class, EntityManagerFactory.class})
public final class HearthEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    HearthEndpoint hearthEndpoint(HearthUnits units, HearthProperties properties) {
        return new HearthEndpoint(units, properties.admin().showKeys());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    HearthQueriesEndpoint hearthQueriesEndpoint(HearthUnits units) {
        return new HearthQueriesEndpoint(units);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(WarmingLifecycle.class)
    @ConditionalOnAvailableEndpoint
    HearthWarmingEndpoint hearthWarmingEndpoint(WarmingLifecycle warming) {
        return new HearthWarmingEndpoint(warming);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(HearthWarmingEndpoint.class)
    HearthWarmingEndpointWebExtension hearthWarmingEndpointWebExtension(HearthWarmingEndpoint endpoint) {
        return new HearthWarmingEndpointWebExtension(endpoint);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    HearthDoctorEndpoint hearthDoctorEndpoint(HearthUnits units) {
        return new HearthDoctorEndpoint(units);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    HearthPerformanceEndpoint hearthPerformanceEndpoint(HearthUnits units) {
        return new HearthPerformanceEndpoint(units);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnEnabledInfoContributor("hearth")
    HearthInfoContributor hearthInfoContributor(HearthUnits units) {
        return new HearthInfoContributor(units);
    }
}
