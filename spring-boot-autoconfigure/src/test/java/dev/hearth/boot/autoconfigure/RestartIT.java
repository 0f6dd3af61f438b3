package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Country;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A restart as Spring Boot's development tools make it: the libraries stay, the application's classes are loaded once more, and
 * Redis has what the classes before have stored.
 */
final class RestartIT {
    private static final String QUERY = "from Country where code = 'DE'";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HearthAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class))
            .withUserConfiguration(Entities.class)
            .withPropertyValues(
                    "spring.datasource.url=jdbc:h2:mem:restart;DB_CLOSE_DELAY=-1",
                    "hearth.near.mode=off",
                    "hearth.jmx=false");

    @Test
    void whatWasStoredBeforeIsReadAsTheNewClasses() throws IOException {
        try (RedisServerFixture redis = RedisServers.start();
                Restarted before = new Restarted();
                Restarted after = new Restarted()) {
            ApplicationContextRunner application = runner.withPropertyValues("hearth.redis.url=" + redis.url());
            application
                    .withClassLoader(before)
                    .withPropertyValues("spring.jpa.hibernate.ddl-auto=create")
                    .run(context -> {
                        SessionFactory sessions = sessions(context);
                        Class<?> country = before.loadClass(Country.class.getName());
                        assertThat(sessions.getMetamodel().entity(country)).isNotNull();
                        sessions.inTransaction(session -> session.persist(make(country)));
                        Eventually.holds("entity and result are cached", () -> {
                            read(sessions, country);
                            return hits(sessions, Country.class.getName()) > 0
                                    && hits(sessions, "default-query-results-region") > 0;
                        });
                    });
            application.withClassLoader(after).run(context -> {
                SessionFactory sessions = sessions(context);
                Class<?> country = after.loadClass(Country.class.getName());
                assertThat(country).isNotEqualTo(before.loadClass(Country.class.getName()));

                Eventually.holds(
                        "Redis is there", () -> HearthRegionFactory.of(sessions).isAvailable());
                read(sessions, country);

                assertThat(hits(sessions, Country.class.getName())).isPositive();
                assertThat(hits(sessions, "default-query-results-region")).isPositive();
            });
        }
    }

    private static Object make(Class<?> country) {
        try {
            return country.getConstructor(String.class, String.class).newInstance("DE", "Germany");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(SessionFactory sessions, Class<?> country) {
        sessions.inTransaction(session -> {
            assertThat(session.find(country, "DE")).isInstanceOf(country);
            session.clear();
            List<?> result = session.createSelectionQuery(QUERY, country)
                    .setCacheable(true)
                    .getResultList();
            assertThat(result).singleElement().isInstanceOf(country);
        });
    }

    private static long hits(SessionFactory sessions, String region) {
        return HearthRegionFactory.of(sessions).statistics(region).orElseThrow().total(RegionEvent.REMOTE_HIT);
    }

    private static SessionFactory sessions(ApplicationContext context) {
        return context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
    }

    /** Loads the entities itself, and leaves everything else to the class loader behind it. */
    private static final class Restarted extends URLClassLoader {
        Restarted() {
            super(
                    new URL[] {
                        Country.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    Country.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Country.class.getPackageName())) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Country.class)
    static class Entities {}
}
