package dev.hearth.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisEndpoint;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Country;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Every way in which Spring Boot describes a Redis, on servers of that kind. */
final class ConnectionDetailsIT {
    private static final Duration FAILOVER = Duration.ofMinutes(1);

    private final List<RedisServerFixture> servers = new ArrayList<>();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HearthAutoConfiguration.class,
                    DataRedisAutoConfiguration.class,
                    SslAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class))
            .withUserConfiguration(Entities.class)
            .withPropertyValues(
                    "spring.datasource.url=jdbc:h2:mem:connections;DB_CLOSE_DELAY=0",
                    "spring.jpa.hibernate.ddl-auto=create-drop",
                    "hearth.near.mode=off",
                    "hearth.jmx=false");

    @AfterEach
    void stopServers() {
        servers.forEach(RedisServerFixture::close);
    }

    private RedisServerFixture started(RedisServerFixture server) {
        servers.add(0, server);
        return server;
    }

    @Test
    void oneServerWithAUserAndADatabase() {
        RedisServerFixture redis = started(RedisServers.start(
                "--user default on >never-given ~* +@all --user shop on >s3cret ~* &* +@all".split(" ")));

        runner.withPropertyValues(
                        "spring.data.redis.port=" + redis.port(),
                        "spring.data.redis.username=shop",
                        "spring.data.redis.password=s3cret",
                        "spring.data.redis.database=3")
                .run(context -> {
                    becomesCached(context);
                    assertThat(keys(new RedisEndpoint("redis://shop:s3cret@127.0.0.1:" + redis.port()), 3))
                            .isNotEmpty();
                });
        runner.withPropertyValues("spring.data.redis.url=redis://shop:s3cret@127.0.0.1:" + redis.port() + "/5")
                .run(context -> {
                    becomesCached(context);
                    assertThat(keys(new RedisEndpoint("redis://shop:s3cret@127.0.0.1:" + redis.port()), 5))
                            .isNotEmpty();
                });
    }

    @Test
    void sentinelsThatWantAPasswordAndTheirFailover() {
        RedisServerFixture master = started(RedisServers.start());
        RedisServerFixture replica = started(RedisServers.startReplica(master));
        RedisServerFixture sentinel = started(RedisServers.startSentinel(master, "shop", "requirepass s3cret"));

        runner.withPropertyValues(
                        "spring.data.redis.sentinel.master=shop",
                        "spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel.port(),
                        "spring.data.redis.sentinel.password=s3cret",
                        "spring.data.redis.database=2")
                .run(context -> {
                    becomesCached(context);
                    assertThat(keys(master.endpoint(), 2)).isNotEmpty();
                    knowsReplica(sentinel, "s3cret");

                    master.kill();

                    Eventually.holds("the promoted replica is used", FAILOVER, () -> isCached(context));
                    assertThat(keys(replica.endpoint(), 2)).isNotEmpty();
                });
    }

    private static void knowsReplica(RedisServerFixture sentinel, String password) {
        try (RedisConnection connection =
                new RedisEndpoint("redis://default:" + password + "@127.0.0.1:" + sentinel.port()).connect()) {
            Eventually.holds(
                    "the Sentinel knows the replica",
                    () -> String.valueOf(connection.text("INFO", "sentinel")).contains("slaves=1"));
        }
    }

    @Test
    void aCluster() {
        List<RedisServerFixture> masters = new ArrayList<>();
        for (int i = 0; i < 3; i++) masters.add(started(RedisServers.startForCluster()));
        RedisServers.formCluster(masters);

        runner.withPropertyValues("spring.data.redis.cluster.nodes=" + addresses(masters))
                .run(ConnectionDetailsIT::becomesCached);
    }

    @Test
    void aMasterWithReplicas() {
        RedisServerFixture master = started(RedisServers.start());
        RedisServerFixture replica = started(RedisServers.startReplica(master));

        runner.withPropertyValues("spring.data.redis.masterreplica.nodes=" + addresses(List.of(replica, master)))
                .run(context -> {
                    becomesCached(context);
                    assertThat(readsServed(replica))
                            .as("look-ups that the replica has answered")
                            .isZero();
                });
    }

    /* Scripts that its master has sent are no look-ups of clients. */
    private static long readsServed(RedisServerFixture server) {
        try (RedisConnection connection = server.connect()) {
            return String.valueOf(connection.text("INFO", "commandstats"))
                    .lines()
                    .filter(line -> line.matches("cmdstat_(eval|evalsha|eval_ro|evalsha_ro|get|hget|hmget|mget):.*"))
                    .count();
        }
    }

    @Test
    void aServerBehindTlsWhoseCertificateABundleTrusts(@TempDir Path directory) {
        Certificate served = Certificate.make(directory, "served");
        Certificate other = Certificate.make(directory, "other");
        RedisServerFixture redis;
        try {
            redis = started(RedisServers.startWithTls(served.certificate(), served.key()));
        } catch (IllegalStateException e) {
            Assumptions.abort("There is no redis-server that speaks TLS: " + e.getMessage());
            return;
        }
        ApplicationContextRunner encrypted = runner.withPropertyValues(
                "spring.data.redis.port=" + redis.port(), "spring.data.redis.ssl.bundle=cache");

        encrypted
                .withPropertyValues("spring.ssl.bundle.pem.cache.truststore.certificate=file:" + served.certificate())
                .run(ConnectionDetailsIT::becomesCached);
        encrypted
                .withPropertyValues("spring.ssl.bundle.pem.cache.truststore.certificate=file:" + other.certificate())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(isCached(context)).isFalse();
                    assertThat(HearthRegionFactory.of(sessions(context)).isAvailable())
                            .as("a certificate that nobody trusts")
                            .isFalse();
                });
    }

    private static String addresses(List<RedisServerFixture> servers) {
        return servers.stream().map(server -> "127.0.0.1:" + server.port()).collect(Collectors.joining(","));
    }

    private static void becomesCached(ApplicationContext context) {
        sessions(context).inTransaction(session -> session.persist(new Country("DE", "Germany")));
        Eventually.holds("what is read is cached", () -> isCached(context));
        assertThat(HearthRegionFactory.of(sessions(context)).isAvailable()).isTrue();
    }

    private static boolean isCached(ApplicationContext context) {
        sessions(context).inTransaction(session -> session.find(Country.class, "DE"));
        return sessions(context).getCache().containsEntity(Country.class, "DE");
    }

    private static SessionFactory sessions(ApplicationContext context) {
        return context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
    }

    private static List<String> keys(RedisEndpoint server, int database) {
        try (RedisConnection connection = server.connect()) {
            connection.call("SELECT", Integer.toString(database));
            return connection.keys("hearth:*");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Country.class)
    static class Entities {}
}
