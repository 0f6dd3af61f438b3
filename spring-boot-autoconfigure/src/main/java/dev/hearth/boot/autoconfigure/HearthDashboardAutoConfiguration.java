package dev.hearth.boot.autoconfigure;

import dev.hearth.boot.HearthUnits;
import dev.hearth.boot.dashboard.HearthDashboardEndpoint;
import dev.hearth.boot.dashboard.Operators;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The dashboard, where it is asked for and exposed like any other endpoint. */
@AutoConfiguration(after = HearthEndpointAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean({HearthUnits.class, EntityManagerFactory.class})
@ConditionalOnBooleanProperty("hearth.dashboard.enabled")
public final class HearthDashboardAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    HearthDashboardEndpoint hearthDashboardEndpoint(EndpointAccessResolver access, HearthProperties properties) {
        return new HearthDashboardEndpoint(
                new Operators(access, properties.dashboard().operatorRole()));
    }
}
