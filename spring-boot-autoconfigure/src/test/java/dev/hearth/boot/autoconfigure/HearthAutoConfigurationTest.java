package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.boot.HearthUnit;
import dev.hearth.boot.HearthUnits;
import dev.hearth.test.shop.Country;
import dev.hearth.warming.WarmTask;
import dev.hearth.warming.Warming;
import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.cache.internal.NoCachingRegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.redisson.config.SingleServerConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Redis is nowhere in these tests, and nothing waits for it. */
final class HearthAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HearthAutoConfiguration.class,
                    HearthDisabledAutoConfiguration.class,
                    HearthWarmingAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class))
            .withUserConfiguration(Entities.class)
            .withPropertyValues(
                    "spring.datasource.url=jdbc:h2:mem:boot;DB_CLOSE_DELAY=0",
                    "spring.jpa.hibernate.ddl-auto=none",
                    "hearth.redis.url=redis://localhost:1",
                    "hearth.jmx=false");

    @Test
    void theSessionFactoryIsCachedByHearthWithoutAWord() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            SessionFactoryImplementor factory = sessionFactory(context);
            assertThat(factory.getCache().getRegionFactory()).isInstanceOf(HearthRegionFactory.class);
            assertThat(factory.getSessionFactoryOptions().isSecondLevelCacheEnabled())
                    .isTrue();
            assertThat(factory.getSessionFactoryOptions().isQueryCacheEnabled()).isTrue();
            assertThat(context.getBean(HearthUnits.class).all())
                    .extracting(HearthUnit::name)
                    .containsExactly("entityManagerFactory");
        });
    }

    @Test
    void whatTheApplicationSaysOfTheCacheStands() {
        runner.withPropertyValues(
                        "spring.jpa.properties.hibernate.cache.use_query_cache=false",
                        "hearth.keyspace=boots",
                        "spring.jpa.properties.hibernate.cache.hearth.keyspace=hibernates")
                .run(context -> {
                    SessionFactoryImplementor factory = sessionFactory(context);
                    assertThat(factory.getSessionFactoryOptions().isQueryCacheEnabled())
                            .isFalse();
                    assertThat(HearthRegionFactory.of(factory).keyspace()).isEqualTo("hibernates");
                });
    }

    @Test
    void anotherCacheIsLeftAlone() {
        runner.withPropertyValues(
                        "spring.jpa.properties.hibernate.cache.region.factory_class="
                                + NoCachingRegionFactory.class.getName(),
                        "spring.jpa.properties.hibernate.cache.use_second_level_cache=false")
                .run(context -> {
                    assertThat(sessionFactory(context).getCache().getRegionFactory())
                            .isInstanceOf(NoCachingRegionFactory.class);
                    assertThat(context.getBean(HearthUnits.class).all()).isEmpty();
                });
    }

    @Test
    void itBacksOffWhereItIsSwitchedOff() {
        runner.withPropertyValues("hearth.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(HearthUnits.class);
            assertThat(sessionFactory(context).getCache().getRegionFactory())
                    .isInstanceOf(NoCachingRegionFactory.class);
        });
    }

    @Test
    void itBacksOffWhereItsClassesAreMissing() {
        for (Class<?> missing : List.of(
                HearthRegionFactory.class,
                RedissonClient.class,
                SessionFactory.class,
                EntityManagerFactory.class,
                HibernatePropertiesCustomizer.class)) {
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(HearthAutoConfiguration.class, HearthWarmingAutoConfiguration.class))
                    .withClassLoader(new FilteredClassLoader(missing))
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(HearthProperties.class)
                            .doesNotHaveBean("hearthWarmingLifecycle"));
        }
    }

    @Test
    void withoutDataRedisItsConnectionDetailsAreNotAskedFor() {
        runner.withClassLoader(new FilteredClassLoader(DataRedisConnectionDetails.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisAddress.class));
    }

    @Test
    void theApplicationsClientIsUsedAndOutlivesTheSessionFactory() {
        AtomicReference<Boolean> gone = new AtomicReference<>();
        withoutAddress().withUserConfiguration(OneClient.class).run(context -> {
            assertThat(context).hasNotFailed();
            RedissonClient client = context.getBean(RedissonClient.class);
            assertThat(settings(context)).containsEntry("hibernate.cache.hearth.redis.client", client);
            whenClosed(context, () -> gone.set(client.isShutdown()));
        });
        assertThat(gone.get())
                .as("the client was closed before the session factory")
                .isFalse();
    }

    @Test
    void theStartersClientIsMadeOfConnectionDetailsAndClosedAfterTheSessionFactory() {
        AtomicReference<Boolean> gone = new AtomicReference<>();
        RedissonClient[] made = new RedissonClient[1];
        withoutAddress()
                .withPropertyValues("hearth.redis.connections=3", "hearth.redis.command-timeout=200ms")
                .withBean(DataRedisConnectionDetails.class, () -> new StandaloneDetails("localhost", 1))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(RedissonClient.class);
                    made[0] = (RedissonClient) settings(context).get("hibernate.cache.hearth.redis.client");
                    SingleServerConfig server = made[0].getConfig().useSingleServer();
                    assertThat(server.getAddress()).isEqualTo("redis://localhost:1");
                    assertThat(server.getConnectionPoolSize()).isEqualTo(3);
                    assertThat(server.getTimeout()).isEqualTo(200);
                    whenClosed(context, () -> gone.set(made[0].isShutdown()));
                });
        assertThat(gone.get())
                .as("the client was closed before the session factory")
                .isFalse();
        assertThat(made[0].isShutdown()).isTrue();
    }

    @Test
    void aPrimaryClientIsTheCaches() {
        withoutAddress()
                .withUserConfiguration(TwoClients.class, PrimaryClient.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(settings(context))
                            .containsEntry("hibernate.cache.hearth.redis.client", context.getBean("chosen"));
                });
    }

    @Test
    void twoClientsWithoutAPrimaryFailWithAdvice() {
        withoutAddress().withUserConfiguration(TwoClients.class).run(context -> {
            FailureAnalysis analysis =
                    new AmbiguousRedissonClientFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription()).contains("one").contains("other");
            assertThat(analysis.getAction()).contains("@Primary").contains("hearth.redis.url");
        });
    }

    @Test
    void anAddressForTheCacheStandsBeforeClientsOfTheApplication() {
        runner.withUserConfiguration(TwoClients.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(settings(context)).doesNotContainKey("hibernate.cache.hearth.redis.client");
        });
    }

    @Test
    void aClientThatReadsFromReplicasFailsWithAdvice() {
        withoutAddress().withUserConfiguration(ReplicaClient.class).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("hearth.redis.client reads from replicas");
            assertThat(analysis.getAction()).contains("ReadMode.MASTER").contains("hearth.redis.url");
        });
    }

    @Test
    void aBadValueFailsWithWhatIsLegal() {
        runner.withPropertyValues(
                        "hearth.time-to-live=forever", "hearth.regions[com.acme.Customer].near.mode=sometimes")
                .run(context -> {
                    FailureAnalysis analysis = analysis(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .startsWith("2 settings")
                            .contains("hearth.time-to-live is 'forever'")
                            .contains("hearth.regions[com.acme.Customer].near is 'sometimes'")
                            .doesNotContain("hibernate.");
                    assertThat(analysis.getAction())
                            .contains("a duration from 1s to 365d")
                            .contains("strict");
                });
    }

    @Test
    void anUnknownNameFailsWithTheNearest() {
        runner.withPropertyValues("hearth.time-to-life=5m").run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("hearth.time-to-life is not a setting");
            assertThat(analysis.getAction()).contains("hearth.time-to-live");
        });
    }

    @Test
    void aRegionThatDoesNotExistFailsWithTheNearest() {
        runner.withPropertyValues("hearth.regions[" + Country.class.getName() + "s].time-to-live=5m")
                .run(context -> {
                    FailureAnalysis analysis = analysis(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains("hearth.regions[" + Country.class.getName() + "s]")
                            .contains("there is no region");
                    assertThat(analysis.getAction()).contains(Country.class.getName() + "'");
                });
    }

    @Test
    void aTaskThatDoesNotFitTheMappingFailsWithTheNearest() {
        runner.withPropertyValues("hearth.warming.task.countries.entity=Countri")
                .run(context -> {
                    FailureAnalysis analysis = analysis(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("hearth.warming.task.countries.entity");
                    assertThat(analysis.getAction()).contains("Country");
                });
    }

    @Test
    void aWaitThatIsTooLongFailsWithWhatIsLegal() {
        runner.withPropertyValues("hearth.readiness.await-critical=2h")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("hearth.readiness.await-critical must be from 0s to 1h"));
    }

    @Test
    void tasksThatAreBeansOfAnApplicationWithTwoSessionFactoriesFailWithAdvice() {
        runner.withUserConfiguration(TwoFactories.class)
                .withBean(
                        WarmTask.class,
                        () -> WarmTask.entities("countries", Country.class).build())
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("There are 2 session factories")
                        .hasMessageContaining("hibernate.hearth.warming.task"));
    }

    @Test
    void theCacheWorksWithoutWarming() {
        runner.withClassLoader(new FilteredClassLoader(Warming.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(HearthUnits.class)
                        .doesNotHaveBean("hearthWarmingLifecycle"));
        runner.withPropertyValues("hearth.warming.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(HearthUnits.class)
                        .doesNotHaveBean("hearthWarmingLifecycle"));
    }

    @Test
    void eachSessionFactoryThatIsCustomizedHasANodeOfItsOwn() {
        runner.withUserConfiguration(TwoFactories.class).run(context -> {
            assertThat(context).hasNotFailed();
            List<HearthUnit> units = context.getBean(HearthUnits.class).all();
            assertThat(units).extracting(HearthUnit::name).containsExactlyInAnyOrder("orders", "catalog");
            assertThat(units).extracting(unit -> unit.cache().node()).doesNotHaveDuplicates();
        });
    }

    private ApplicationContextRunner withoutAddress() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HearthAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        HibernateJpaAutoConfiguration.class))
                .withUserConfiguration(Entities.class)
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:boot;DB_CLOSE_DELAY=0",
                        "spring.jpa.hibernate.ddl-auto=none",
                        "hearth.jmx=false");
    }

    private static FailureAnalysis analysis(Throwable failure) {
        assertThat(failure).as("The context has started").isNotNull();
        FailureAnalysis analysis = new HearthConfigurationFailureAnalyzer().analyze(failure);
        assertThat(analysis).as("analysis of " + failure).isNotNull();
        return analysis;
    }

    private static SessionFactoryImplementor sessionFactory(ApplicationContext context) {
        return context.getBean(EntityManagerFactory.class).unwrap(SessionFactoryImplementor.class);
    }

    private static Map<String, Object> settings(ApplicationContext context) {
        return sessionFactory(context).getProperties();
    }

    private static void whenClosed(ApplicationContext context, Runnable action) {
        sessionFactory(context).addObserver(new SessionFactoryObserver() {
            @Override
            public void sessionFactoryClosed(SessionFactory factory) {
                action.run();
            }
        });
    }

    private static RedissonClient client() {
        Config config = new Config().setLazyInitialization(true);
        config.useSingleServer().setAddress("redis://localhost:1");
        return Redisson.create(config);
    }

    private static RedissonClient readsFromReplicas() {
        Config config = new Config().setLazyInitialization(true);
        config.useMasterSlaveServers()
                .setMasterAddress("redis://localhost:1")
                .addSlaveAddress("redis://localhost:2")
                .setReadMode(ReadMode.SLAVE);
        return Redisson.create(config);
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Country.class)
    static class Entities {}

    @Configuration(proxyBeanMethods = false)
    static class OneClient {
        @Bean(destroyMethod = "shutdown")
        RedissonClient client() {
            return HearthAutoConfigurationTest.client();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ReplicaClient {
        @Bean(destroyMethod = "shutdown")
        RedissonClient client() {
            return readsFromReplicas();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoClients {
        @Bean(destroyMethod = "shutdown")
        RedissonClient one() {
            return client();
        }

        @Bean(destroyMethod = "shutdown")
        RedissonClient other() {
            return client();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryClient {
        @Bean(destroyMethod = "shutdown")
        @Primary
        RedissonClient chosen() {
            return client();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoFactories {
        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean ordersEntityManagerFactory(
                DataSource source, ObjectProvider<HibernatePropertiesCustomizer> customizers) {
            return factory(source, customizers);
        }

        @Bean
        LocalContainerEntityManagerFactoryBean catalogEntityManagerFactory(
                DataSource source, ObjectProvider<HibernatePropertiesCustomizer> customizers) {
            return factory(source, customizers);
        }

        private static LocalContainerEntityManagerFactoryBean factory(
                DataSource source, ObjectProvider<HibernatePropertiesCustomizer> customizers) {
            Map<String, Object> properties = new HashMap<>();
            customizers.orderedStream().forEach(customizer -> customizer.customize(properties));
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(source);
            factory.setPackagesToScan(Country.class.getPackageName());
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setJpaPropertyMap(properties);
            return factory;
        }
    }

    private record StandaloneDetails(String host, int port) implements DataRedisConnectionDetails {
        @Override
        public Standalone getStandalone() {
            return Standalone.of(host, port);
        }
    }
}
