package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.doctor.Finding;
import dev.hearth.near.NearTier;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.SubscriptionFaults;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** What a node serves whose client loses a message on a subscription that lives on, as Redisson does now and then. */
final class LostMessagesIT {
    // So long that no heartbeat comes while the test holds messages back.
    private static final Duration LEASE = Duration.ofSeconds(59);
    private static final int PING_INTERVAL_MILLIS = 5_000;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, LostMessagesIT::settings);

    private final FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
    private final SubscriptionFaults faults = proxy.subscriptions();
    private RedissonClient client;
    private Nodes behindProxy;
    private CachingNode writer;
    private CachingNode keeper;

    private static Nodes.Builder settings(Nodes.Builder builder) {
        // Kept fast, so that who changes something does not wait for the node that hears nothing.
        return builder.setting(Nodes.NEAR, "fast")
                .setting("hibernate.cache.hearth.near.lease", LEASE.toSeconds() + "s");
    }

    @BeforeEach
    void start() {
        Config config = new Config();
        config.useSingleServer().setAddress(proxy.url()).setPingConnectionInterval(PING_INTERVAL_MILLIS);
        client = Redisson.create(config);
        behindProxy = settings(nodes.builder())
                .keepSchema()
                .setting(Nodes.REDIS_URL, Nodes.UNSET)
                .setting("hibernate.cache.hearth.redis.client", client)
                .start(1);
        writer = nodes.get(0);
        keeper = nodes.caching(behindProxy.get(0));
        Waiting.until(
                "the keeper serves what it keeps",
                () -> NearNodes.of(keeper, Product.class).isServing());
    }

    @AfterEach
    void stop() {
        behindProxy.close();
        client.shutdown();
        proxy.close();
    }

    @Test
    void whatAMissingMessageWasAboutIsNotServed() {
        for (long id = 1; id <= 3; id++) {
            Product product = new Product(id, "Kite", BigDecimal.ONE, null);
            writer.fixture().inTransaction(session -> session.persist(product));
            keep(id);
        }
        NearTier near = NearNodes.tier(keeper);

        faults.tear();
        faults.holdMessages();
        long before = faults.bytes();
        Waiting.until("Redis has answered to a ping", () -> faults.bytes() > before);
        change(1);
        change(2);
        faults.flow();
        Waiting.until("the first change is heard", () -> !isNear(1));
        assertThat(near.statistics().gaps()).isZero();
        assertThat(findings()).doesNotContain("messages-lost");
        assertThat(isNear(2)).as("the client has lost the second change").isTrue();

        change(3);
        Waiting.until("the next message is heard", () -> near.statistics().gaps() == 1);

        assertThat(isNear(2)).isFalse();
        assertThat(keeper.fixture().fromTransaction(name(2))).isEqualTo("Box kite");
        assertThat(findings()).contains("messages-lost");
    }

    private List<String> findings() {
        return HearthRegionFactory.of(keeper.fixture().sessionFactory()).doctor().examine().stream()
                .map(Finding::code)
                .toList();
    }

    /* Channels are of all databases of a server, and the same keyspace in another one is another application. */
    @Test
    void whatIsToldInAnotherDatabaseIsNotMissed() {
        writer.fixture().inTransaction(session -> session.persist(new Product(4, "Kite", BigDecimal.ONE, null)));
        keep(4);
        long messages = NearNodes.tier(keeper).statistics().messages();

        try (Nodes elsewhere = settings(nodes.builder())
                .keepSchema()
                .setting("hibernate.cache.hearth.redis.database", 1)
                .start(1)) {
            Waiting.until(
                    "the other application's messages are heard",
                    () -> NearNodes.tier(keeper).statistics().messages() > messages);
        }
        change(4);
        Waiting.until("the change is heard", () -> !isNear(4));

        assertThat(NearNodes.tier(keeper).statistics().gaps()).isZero();
        keep(4);
    }

    /** It may have been a change; but it was heard. */
    @Test
    void aMessageThatMakesNoSenseCostsWhatIsKeptAndIsNoGap() {
        writer.fixture().inTransaction(session -> session.persist(new Product(5, "Kite", BigDecimal.ONE, null)));
        keep(5);
        long messages = NearNodes.tier(keeper).statistics().messages();

        publish("Z - what a newer version may say");
        Waiting.until("it is heard", () -> !isNear(5));
        keep(5);

        assertThat(NearNodes.tier(keeper).statistics().messages()).isGreaterThan(messages + 1);
        assertThat(NearNodes.tier(keeper).statistics().gaps()).isZero();
    }

    /** As the scripts do. */
    private static void publish(String message) {
        String keyspace = nodes.redis().keyspace();
        try (RedisConnection redis = nodes.redis().endpoint().connect()) {
            redis.call("EVAL", """
                    local number = redis.call('HINCRBY', KEYS[1], 'last', 1)
                    redis.call('PUBLISH', ARGV[1], redis.call('HGET', KEYS[1], 'name') .. '.' .. number .. ' ' .. ARGV[2])
                    """, 1, keyspace + ":{nodes}!", keyspace + ":near", message);
        }
    }

    private void keep(long id) {
        Waiting.until("product " + id + " is kept near", () -> {
            keeper.fixture().fromTransaction(name(id));
            return isNear(id);
        });
    }

    private boolean isNear(long id) {
        return !NearPair.ifNear(keeper, name(id)).equals("from afar");
    }

    /** Waits until the message has left Redis. */
    private void change(long id) {
        long before = faults.bytes();
        writer.fixture()
                .inTransaction(session -> session.find(Product.class, id).setName("Box kite"));
        Waiting.until("the change is told", () -> faults.bytes() > before);
    }

    private static Function<Session, String> name(long id) {
        return session -> session.find(Product.class, id).getName();
    }
}
