package dev.hearth.boot.autoconfigure;

import dev.hearth.boot.HearthUnits;
import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.warming.WarmTask;
import dev.hearth.warming.Warming;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Warms what is declared, once the context is there. Off by {@code hearth.warming.enabled=false}. */
@AutoConfiguration(after = {HearthAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
@ConditionalOnClass(Warming.class)
@ConditionalOnBean({HearthUnits.class, EntityManagerFactory.class})
@ConditionalOnBooleanProperty(name = "hearth.warming.enabled", matchIfMissing = true)
public final class HearthWarmingAutoConfiguration {
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    WarmingLifecycle hearthWarmingLifecycle(HearthUnits units, ObjectProvider<WarmTask> tasks) {
        return new WarmingLifecycle(units, tasks.orderedStream().toList());
    }

    /** Runs last, so that the application's own runners do not wait: readiness comes after the last. */
    @Bean
    @Lazy(false)
    @Order(Ordered.LOWEST_PRECEDENCE)
    ApplicationRunner hearthCriticalWarmUp(WarmingLifecycle warming, HearthProperties properties) {
        return arguments -> {
            if (!properties.readiness().awaitCritical().isZero()) {
                var unused = warming.awaitCritical(properties.readiness().awaitCritical());
            }
        };
    }
}
