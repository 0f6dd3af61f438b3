package dev.hearth.sample.infra;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds or starts the servers before anything connects to them, and tells Spring and Hibernate where they are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShopProperties.class)
class ServersConfiguration {
    @Bean
    ShopServers servers(ShopProperties properties) {
        ServerAddresses given = properties.given();
        if (given != null) {
            return ShopServers.given(given);
        }
        try {
            return properties.join() ? ShopServers.shared(Jar.directory()) : ShopServers.own();
        } catch (IOException e) {
            throw new NoServersException(e);
        }
    }

    @Bean
    JdbcConnectionDetails postgres(ShopServers servers) {
        return new JdbcConnectionDetails() {
            @Override
            public @Nullable String getUsername() {
                return null; // in the URL
            }

            @Override
            public @Nullable String getPassword() {
                return null; // in the URL
            }

            @Override
            public String getJdbcUrl() {
                return servers.addresses().postgresUrl();
            }
        };
    }

    @Bean
    HibernatePropertiesCustomizer redis(ShopServers servers) {
        return properties -> properties.put(
                "hibernate.cache.hearth.redis.url", servers.addresses().redisUrl());
    }
}
