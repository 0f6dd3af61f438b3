package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.Sample;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;

/** Clients of an application that put something of theirs before every name, as Redisson's name mappers do. */
final class MappedNamesIT {
    private static final String PREFIX = "shop:";
    private static final long ID = 1;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private RedisServerFixture server;
    private RedisConnection direct;
    private RedissonClient applications;
    private Nodes nodes;
    private CachingNode one;
    private CachingNode other;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        direct = server.connect();
        Config config = new Config().setNameMapper(new Prefix());
        config.useSingleServer().setAddress(server.url()).setConnectionMinimumIdleSize(1);
        applications = Redisson.create(config);
        nodes = NearNodes.strict(Nodes.on(postgres.database())
                        .setting("hibernate.cache.hearth.redis.client", applications)
                        .setting("hibernate.cache.hearth.statistics.sample-interval", "1s"))
                .start(2);
        one = new CachingNode(nodes.get(0), direct);
        other = new CachingNode(nodes.get(1), direct);
        NearNodes.awaitTrust(one);
        NearNodes.awaitTrust(other);
        one.fixture().inTransaction(session -> session.persist(new Product(ID, "Kite", BigDecimal.ONE, null)));
    }

    @AfterEach
    void stop() {
        nodes.close();
        applications.shutdown();
        direct.close();
        server.close();
    }

    @Test
    void aChangeIsHeardByThoseWhoKeepTheEntryNear() {
        keepNear(other, name());

        one.fixture().inTransaction(session -> session.find(Product.class, ID).setName("Dragon"));

        assertThat(other.fixture().fromTransaction(name())).isEqualTo("Dragon");
        assertThat(NearNodes.tier(other).statistics().gaps()).isZero();
    }

    @Test
    void aStatementIsHeardByThoseWhoKeepTheRegionNear() {
        keepNear(other, name());

        one.fixture()
                .inTransaction(session -> session.createMutationQuery("update Product set name = 'Box'")
                        .executeUpdate());

        assertThat(other.fixture().fromTransaction(name())).isEqualTo("Box");
    }

    @Test
    void sizesAreCounted() {
        keepNear(other, name());

        Waiting.until(
                "a sample counts the product",
                () -> one.statistics(Product.class)
                                .remoteEntries()
                                .map(Sample::value)
                                .orElse(0L)
                        == 1);
    }

    @Test
    void everyKeyHasThePrefix() {
        keepNear(other, name());

        assertThat(direct.keys("*")).isNotEmpty().allMatch(key -> key.startsWith(PREFIX));
    }

    private static void keepNear(CachingNode node, Function<Session, String> read) {
        Waiting.until("the product is kept near", () -> {
            node.fixture().fromTransaction(read);
            return CachingNode.waits(() -> node.fixture().fromTransaction(read)) == 0;
        });
    }

    private static Function<Session, String> name() {
        return session -> session.find(Product.class, ID).getName();
    }

    private record Prefix() implements NameMapper {
        @Override
        public String map(String name) {
            return PREFIX + name;
        }

        @Override
        public String unmap(String name) {
            return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        }
    }
}
