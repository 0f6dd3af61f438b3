package dev.hearth.boot.autoconfigure;

import org.hibernate.cache.internal.NoCachingRegionFactory;
import org.hibernate.cfg.CacheSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;

/** Keeps Hibernate from taking Hearth, which it would do by itself where no other cache is on the class path. */
@AutoConfiguration(before = HibernateJpaAutoConfiguration.class)
@ConditionalOnClass({NoCachingRegionFactory.class, HibernatePropertiesCustomizer.class})
@ConditionalOnBooleanProperty(name = "hearth.enabled", havingValue = false)
public final class HearthDisabledAutoConfiguration {
    @Bean
    HibernatePropertiesCustomizer hearthDisablingHibernatePropertiesCustomizer() {
        return settings -> settings.putIfAbsent(CacheSettings.CACHE_REGION_FACTORY, NoCachingRegionFactory.INSTANCE);
    }
}
