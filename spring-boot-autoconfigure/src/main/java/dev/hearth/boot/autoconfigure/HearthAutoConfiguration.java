package dev.hearth.boot.autoconfigure;

import dev.hearth.HearthRegionFactory;
import dev.hearth.boot.HearthUnits;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryDependsOnPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Makes Hearth the second-level cache of the session factories that Spring Boot configures, and of others whose properties are
 * customized by the same {@link HibernatePropertiesCustomizer}. Off by {@code hearth.enabled=false}.
 */
@AutoConfiguration(
        before = HibernateJpaAutoConfiguration.class,
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({
    HearthRegionFactory.class,
    RedissonClient.class,
    SessionFactory.class,
    EntityManagerFactory.class,
    LocalContainerEntityManagerFactoryBean.class,
    HibernatePropertiesCustomizer.class
})
@ConditionalOnBooleanProperty(name = "hearth.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HearthProperties.class)
public final class HearthAutoConfiguration {
    @Bean(HearthRedisClient.BEAN)
    HearthRedisClient hearthRedisClient(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<RedissonClient> clients,
            ObjectProvider<RedisAddress> address) {
        return new HearthRedisClient(beans, clients, address.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    HearthHibernatePropertiesCustomizer hearthHibernatePropertiesCustomizer(
            Environment environment, HearthRedisClient client) {
        return new HearthHibernatePropertiesCustomizer(EnvironmentSettings.read(environment), client);
    }

    @Bean
    @ConditionalOnMissingBean
    HearthUnits hearthUnits(ConfigurableListableBeanFactory beans) {
        return new HearthUnits(beans);
    }

    /** Also of session factories that do not come from Spring Boot. */
    @Bean
    static EntityManagerFactoryDependsOnPostProcessor hearthEntityManagerFactoryDependsOnPostProcessor() {
        return new EntityManagerFactoryDependsOnPostProcessor(HearthRedisClient.BEAN);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataRedisConnectionDetails.class)
    static class DataRedisConfiguration {
        @Bean
        @ConditionalOnSingleCandidate(DataRedisConnectionDetails.class)
        RedisAddress hearthRedisAddress(DataRedisConnectionDetails details) {
            return new ConnectionDetailsAddress(details);
        }
    }
}
