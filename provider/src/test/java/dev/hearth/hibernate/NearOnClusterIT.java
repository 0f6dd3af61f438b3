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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/**
 * The near tier on a Cluster of three masters, over which messages come from wherever an entry lies. The second node uses a
 * client of the application, beside which one of ours listens.
 */
final class NearOnClusterIT {
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final int PRODUCTS = 60;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final List<RedisServerFixture> masters = new ArrayList<>();
    private static RedisConnection direct;
    private static RedissonClient applications;
    private static Nodes nodes;
    private static CachingNode one;
    private static CachingNode other;

    @BeforeAll
    static void start() {
        for (int i = 0; i < MASTERS; i++) {
            masters.add(RedisServers.startForCluster());
        }
        formCluster();
        direct = masters.get(0).connect();
        Config config = new Config();
        config.useClusterServers()
                .addNodeAddress("redis://127.0.0.1:" + masters.get(0).port())
                .setClientName("shop")
                .setReadMode(ReadMode.MASTER);
        applications = Redisson.create(config);
        nodes = NearNodes.strict(Nodes.on(postgres.database())
                        .settingOf(
                                0,
                                Nodes.REDIS_URL,
                                "redis+cluster://127.0.0.1:" + masters.get(0).port())
                        .settingOf(1, "hibernate.cache.hearth.redis.client", applications)
                        .setting("hibernate.cache.hearth.redis.command-timeout", COMMAND_TIMEOUT)
                        .setting("hibernate.cache.hearth.statistics.sample-interval", "1s"))
                .start(2);
        one = new CachingNode(nodes.get(0), direct);
        other = new CachingNode(nodes.get(1), direct);
        NearNodes.awaitTrust(one);
        NearNodes.awaitTrust(other);
        one.fixture()
                .inTransaction(session -> LongStream.rangeClosed(1, PRODUCTS)
                        .forEach(id -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null))));
    }

    @AfterAll
    static void stop() {
        nodes.close();
        applications.shutdown();
        direct.close();
        masters.forEach(RedisServerFixture::close);
    }

    private static void formCluster() {
        int share = SLOTS / MASTERS + 1;
        for (int i = 0; i < MASTERS; i++) {
            try (RedisConnection master = masters.get(i).connect()) {
                IntStream slots = IntStream.range(i * share, Math.min(SLOTS, (i + 1) * share));
                master.call(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots.mapToObj(String::valueOf))
                        .toArray());
                master.call("CLUSTER", "MEET", "127.0.0.1", masters.get(0).port());
            }
        }
        for (RedisServerFixture each : masters) {
            try (RedisConnection master = each.connect()) {
                Waiting.until(
                        "the cluster has formed",
                        () -> String.valueOf(master.text("CLUSTER", "INFO")).contains("cluster_state:ok")
                                && String.valueOf(master.text("CLUSTER", "INFO"))
                                        .contains("cluster_known_nodes:" + MASTERS));
            }
        }
    }

    @Test
    void theApplicationsClientListensToNothing() {
        List<String> listening = new ArrayList<>();
        for (RedisServerFixture each : masters) {
            try (RedisConnection master = each.connect()) {
                master.text("CLIENT", "LIST", "TYPE", "PUBSUB").lines().forEach(listening::add);
            }
        }

        assertThat(listening).hasSizeGreaterThanOrEqualTo(2).allMatch(client -> client.contains(" name=hearth "));
    }

    @Test
    void changesOfEntriesOnEveryMasterAreSeenAtOnce() {
        for (long id = 1; id <= PRODUCTS; id++) {
            keepNear(other, id);
            String name = "Dragon " + id;
            long product = id;
            one.fixture()
                    .inTransaction(
                            session -> session.find(Product.class, product).setName(name));

            assertThat(other.fixture().fromTransaction(name(id))).isEqualTo(name);
        }
        // Messages come from several masters, none of which counts them.
        assertThat(NearNodes.tier(other).statistics().gaps()).isZero();
        try (RedisConnection counting = masters.get(masterOf("hearth:{nodes}")).connect()) {
            assertThat(counting.text("GET", "hearth:{nodes}!")).isNull();
        }
    }

    @Test
    void aBulkStatementIsHeardForEveryBucket() {
        LongStream.rangeClosed(1, PRODUCTS).forEach(id -> keepNear(other, id));
        one.fixture()
                .inTransaction(session -> session.createMutationQuery("update Product set name = 'Box'")
                        .executeUpdate());

        for (long id = 1; id <= PRODUCTS; id++) {
            assertThat(other.fixture().fromTransaction(name(id))).isEqualTo("Box");
        }
    }

    @Test
    void sizesAreThoseOfAllMastersTogether() {
        LongStream.rangeClosed(1, PRODUCTS).forEach(id -> keepNear(other, id));

        Waiting.until(
                "a sample counts every product",
                () -> one.statistics(Product.class)
                                .remoteEntries()
                                .map(Sample::value)
                                .orElse(0L)
                        == PRODUCTS);
        assertThat(one.nodeStatistics().redisMemory().orElseThrow().value()).isGreaterThan(MASTERS * 100_000L);
    }

    /* What it told may not have arrived, and heartbeats through the others would not show that. */
    @Test
    void aMasterThatIsSilentTakesTheTrustAway() {
        RedisServerFixture silent = masters.get(neitherOf(masterOf("hearth:{nodes}"), masterOf("hearth:near")));
        long begun = System.nanoTime();
        silent.pause();
        try {
            Waiting.until(
                    "the node serves nothing near", () -> !NearNodes.tier(other).servesStrictly());
        } finally {
            silent.resume();
        }
        // Long before commands time out, which would take everything away.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(COMMAND_TIMEOUT.dividedBy(2));
        NearNodes.awaitTrust(other);
    }

    private static int masterOf(String key) {
        return (int) direct.number("CLUSTER", "KEYSLOT", key) / (SLOTS / MASTERS + 1);
    }

    private static int neitherOf(int first, int second) {
        return IntStream.range(0, MASTERS)
                .filter(master -> master != first && master != second)
                .findFirst()
                .orElseThrow();
    }

    private static void keepNear(CachingNode node, long id) {
        Waiting.until("the product is kept near", () -> {
            node.fixture().fromTransaction(name(id));
            return CachingNode.waits(() -> node.fixture().fromTransaction(name(id))) == 0;
        });
    }

    private static Function<Session, String> name(long id) {
        return session -> session.find(Product.class, id).getName();
    }
}
