package dev.hearth.boot.autoconfigure;

import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.HearthUnits;
import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.boot.health.HearthHealthIndicator;
import jakarta.persistence.EntityManagerFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Tells how the cache does among the health of the application. Off by {@code management.health.hearth.enabled=false}. */
@AutoConfiguration(after = {HearthWarmingAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({HearthUnits.class, EntityManagerFactory.class})
@ConditionalOnEnabledHealthIndicator("hearth")
public final class HearthHealthContributorAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = {"hearthHealthIndicator", "hearthHealthContributor"})
    HealthContributor hearthHealthContributor(HearthUnits units, ObjectProvider<WarmingLifecycle> warming) {
        List<HearthUnit> all = units.all();
        if (all.size() == 1) return new HearthHealthIndicator(all.get(0), warming.getIfAvailable());
        Map<String, HealthContributor> each = new LinkedHashMap<>();
        all.forEach(unit -> each.put(unit.name(), new HearthHealthIndicator(unit, warming.getIfAvailable())));
        return CompositeHealthContributor.fromMap(each);
    }
}
