package dev.hearth.sample.web;

import org.hibernate.cfg.JdbcSettings;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CostConfiguration {
    @Bean
    HibernatePropertiesCustomizer sqlStatementsAreCounted() {
        return properties -> properties.put(JdbcSettings.STATEMENT_INSPECTOR, new SqlStatements());
    }
}
