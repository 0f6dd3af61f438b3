package dev.hearth.boot;

import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** The shop seen by two session factories, as Spring Boot's documentation has several made. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SecurityExample.class)
class TwoUnits {
    @Bean
    @Primary
    LocalContainerEntityManagerFactoryBean catalogEntityManagerFactory(
            EntityManagerFactoryBuilder builder, DataSource source) {
        return unit(builder, source, "catalog");
    }

    @Bean
    LocalContainerEntityManagerFactoryBean ordersEntityManagerFactory(
            EntityManagerFactoryBuilder builder, DataSource source) {
        return unit(builder, source, "orders");
    }

    private static LocalContainerEntityManagerFactoryBean unit(
            EntityManagerFactoryBuilder builder, DataSource source, String name) {
        return builder.dataSource(source)
                .packages(Product.class)
                .persistenceUnit(name)
                .properties(Map.of("hibernate.cache.region_prefix", name))
                .build();
    }

    @Bean
    SmartInitializingSingleton shop(@Qualifier("catalogEntityManagerFactory") EntityManagerFactory factory) {
        return () -> {
            factory.getSchemaManager().create(false);
            factory.runInTransaction(Shop::fill);
        };
    }
}
