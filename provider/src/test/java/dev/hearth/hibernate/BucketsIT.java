package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Regions that are spread over several buckets. */
final class BucketsIT {
    private static final String BUCKETS = "hibernate.cache.hearth.buckets";
    private static final int ENTRIES = 50;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2, builder -> builder.settingOf(0, BUCKETS, 8).settingOf(1, BUCKETS, 3));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode first = nodes.get(0);
    private final CachingNode second = nodes.get(1);
    private final List<Long> ids =
            LongStream.range(0, ENTRIES).map(i -> IDS.incrementAndGet()).boxed().toList();

    @BeforeEach
    void persist() {
        first.inTransaction(
                session -> ids.forEach(id -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null))));
    }

    @Test
    void nodesWithOtherSettingsServeEachOthersEntries() {
        ids.forEach(id -> assertThat(second.ask(name(id))).isEqualTo(cached("Kite")));
        assertThat(ids.stream().map(id -> key(first, id)).toList())
                .isEqualTo(ids.stream().map(id -> key(second, id)).toList());
        assertThat(ids.stream().map(id -> key(second, id).replaceAll("}.*", "")).distinct())
                .hasSize(8);
    }

    @Test
    void nodesWithOtherSettingsInvalidateEachOthersEntries() {
        second.inTransaction(
                session -> ids.forEach(id -> session.find(Product.class, id).setName("Ball")));
        ids.forEach(id -> assertThat(first.ask(name(id))).isEqualTo(cached("Ball")));

        first.cache().evict(Product.class, ids.get(0));
        assertThat(second.caches(Product.class, ids.get(0))).isFalse();
        assertThat(second.caches(Product.class, ids.get(1))).isTrue();

        second.cache().evict(Product.class);
        ids.forEach(id -> assertThat(first.caches(Product.class, id)).isFalse());
    }

    @Test
    void aBulkStatementOfANodeWithAnotherSettingLocksEveryBucket() {
        second.inTransaction(session -> {
            session.createMutationQuery("update Product set name = 'Doll'").executeUpdate();
            second.settle();
            ids.forEach(id -> assertThat(first.caches(Product.class, id)).isFalse());
        });

        ids.forEach(id -> assertThat(first.askUntilCached(name(id))).isEqualTo(cached("Doll")));
    }

    @Test
    void theFirstPutIntoEachBucketIsTaken() {
        try (Nodes fresh = nodes.builder()
                .setting(CacheNodesExtension.KEYSPACE, "fresh")
                .setting(BUCKETS, 16)
                .keepSchema()
                .start(1)) {
            CachingNode node = nodes.caching(fresh.get(0));

            ids.forEach(id -> assertThat(node.ask(name(id)).value()).isEqualTo("Kite"));

            assertThat(node.statistics(Product.class).refusals(PutRefusal.NO_REGION))
                    .isZero();
            ids.forEach(id -> assertThat(node.ask(name(id))).isEqualTo(cached("Kite")));
        }
    }

    @Test
    void theBucketsOfAllRegionsAreOpenedInOneWait() {
        List<Nodes> started = new ArrayList<>();
        try {
            assertThat(CachingNode.waits(() -> started.add(nodes.builder()
                            .setting(CacheNodesExtension.KEYSPACE, "waits")
                            .setting(BUCKETS, 16)
                            .keepSchema()
                            .start(1))))
                    .isOne();
        } finally {
            started.forEach(Nodes::close);
        }
    }

    @Test
    void whatIsReadAlongFollowsANewNumberOfBuckets() {
        try (Nodes running = nodeOf("anew", 8)) {
            CachingNode node = nodes.caching(running.get(0));
            Function<Session, Integer> query =
                    session -> session.createQuery("from Product where id in :ids", Product.class)
                            .setParameter("ids", ids)
                            .setCacheable(true)
                            .list()
                            .size();
            node.askUntilCached(query);
            node.ask(query);
            String before = key(node, ids.get(0));

            // As where one server of several has lost its data, and not the one that has the result.
            removeAll("anew:{" + Product.class.getName() + ".");
            Nodes begun = nodeOf("anew", 3);
            try (begun) {
                Waiting.until("the number of buckets is that of the new node", () -> {
                    node.ask(query);
                    return !key(node, ids.get(0)).equals(before);
                });

                assertThat(node.askUntilCached(query)).isEqualTo(cached(ENTRIES));
            }
        }
    }

    private static Nodes nodeOf(String keyspace, int buckets) {
        return nodes.builder()
                .setting(CacheNodesExtension.KEYSPACE, keyspace)
                .setting("hibernate.cache.use_query_cache", "true")
                .setting("hibernate.cache.query_cache_layout", "SHALLOW")
                .setting(BUCKETS, buckets)
                .keepSchema()
                .start(1);
    }

    private static void removeAll(String prefix) {
        try (RedisConnection redis = nodes.redis().endpoint().connect()) {
            for (Object key : (List<?>) redis.call("KEYS", prefix + "*")) {
                redis.call("DEL", key);
            }
        }
    }

    private static Function<Session, String> name(long id) {
        return session -> session.find(Product.class, id).getName();
    }

    private static String key(CachingNode node, long id) {
        return node.key(Product.class, id);
    }
}
