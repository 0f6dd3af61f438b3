package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.jmx.FactoryMXBean;
import dev.hearth.jmx.NodeBeans;
import dev.hearth.jmx.QueryLedgerMXBean;
import dev.hearth.jmx.RegionMXBean;
import dev.hearth.statistics.LatencySnapshot;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.OrderLine;
import dev.hearth.test.shop.Product;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a management console reads and does, here and from another process, with two nodes in one. */
final class MBeansIT {
    private static final MBeanServer PLATFORM = ManagementFactory.getPlatformMBeanServer();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static Nodes nodes;
    private final NodeFixture node = nodes.get(0);
    private final NodeFixture other = nodes.get(1);

    @BeforeAll
    static void start() {
        nodes = builder().start(2);
        Products.fill(nodes);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Nodes.Builder builder() {
        return Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.use_query_cache", "true")
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "10s");
    }

    @Test
    void aQuerysRegionThatSharesItsNameHasABeanOfItsOwn() throws Exception {
        node.inTransaction(session -> session.createSelectionQuery("select name from Product", String.class)
                .setCacheable(true)
                .setCacheRegion(Products.REGION)
                .list());

        assertThat(Products.factory(node).regionNames()).contains(Products.REGION, Products.REGION + ".q");
        assertThat(PLATFORM.getAttribute(
                        new ObjectName("dev.hearth:type=Region,node=" + name(node) + ",name=" + Products.REGION + ".q"),
                        "Misses"))
                .isEqualTo(1L);
    }

    // From another process

    @Test
    void anotherProcessReadsCountersAndEvicts() throws Exception {
        Products.awaitHit(node, 1);
        String region = region(node).toString();
        String cache = jcache(node, "CacheStatistics").toString();
        String factory = factory(node).toString();
        int regions = Products.factory(node).regionNames().size();
        try (RemoteConsole console = RemoteConsole.open()) {
            long hits = statistics(node).hits();

            List<String> printed = console.run(List.of(
                    List.of("get", region, "Hits"),
                    List.of("get", cache, "CacheHits"),
                    List.of("get", region, "MissesByReason"),
                    List.of("get", region, "GetTimes"),
                    List.of("get", factory, "Node"),
                    List.of("get", factory, "Debt"),
                    List.of("get", "dev.hearth:type=Circuit,node=" + name(node), "State"),
                    List.of("names", "dev.hearth:type=Region,node=" + name(node) + ",*"),
                    List.of("call", region, "evictKey", "one"),
                    List.of("call", region, "evictKey", "1"),
                    List.of("call", region, "evictRegion"),
                    List.of("call", factory, "invalidateTable", "product"),
                    List.of("call", region, "reset"),
                    List.of("get", region, "Hits")));

            assertThat(printed.subList(0, 2)).containsExactly(String.valueOf(hits), String.valueOf(hits));
            assertThat(printed.get(2)).contains("ABSENT=");
            assertThat(printed.get(3)).contains("count=", "p99=");
            assertThat(printed.subList(4, 7)).containsExactly(name(node), "[]", "CLOSED");
            assertThat(printed.get(7)).isEqualTo(String.valueOf(regions));
            assertThat(printed.get(8))
                    .startsWith("IllegalArgumentException: [" + Products.REGION + "] 'one' is no id of what it holds: "
                            + Products.REGION + " has ids of type Long");
            assertThat(printed.subList(9, 14)).containsExactly("null", "null", "null", "null", "0");
        }
        assertThat(statistics(node).hits()).isZero();
    }

    @Test
    void theLedgerTellsOfQueriesAndNotOfTheirParameters() throws Exception {
        String ledger = "dev.hearth:type=QueryLedger,node=" + name(node);
        QueryLedgerMXBean bean = JMX.newMXBeanProxy(PLATFORM, named(ledger), QueryLedgerMXBean.class);
        bean.reset();
        for (int i = 0; i < 3; i++) {
            node.inTransaction(
                    (Session session) -> session.createQuery("from Product where name = :name", Product.class)
                            .setParameter("name", "a secret")
                            .setCacheable(true)
                            .list());
        }

        assertThat(bean.getSize()).isOne();
        assertThat(bean.top(5, "calls")).singleElement().satisfies(query -> {
            assertThat(query.getSql()).contains("from Product").doesNotContain("secret");
            assertThat(query.getCounts()).containsKeys("nearHits", "remoteHits", "stale", "rows", "bytes");
            assertThat(query.getCounts().get("misses")).isPositive();
            assertThat(query.getTimes().get("databaseMean")).isPositive();
        });
        assertThat(bean.getLosses()).isEmpty();
        assertThatThrownBy(() -> bean.top(5, "beauty"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'beauty'")
                .hasMessageContaining("CALLS");
        try (RemoteConsole console = RemoteConsole.open()) {
            assertThat(console.run(List.of(
                            List.of("get", ledger, "Size"),
                            List.of("call", ledger, "reset"),
                            List.of("get", ledger, "Size"))))
                    .containsExactly("1", "null", "0");
        }
    }

    @Test
    void aRegionTellsWhatItGainsOnceSomethingWasLoaded() {
        regionBean(node).evictKey("1");
        Products.awaitHit(node, 1);

        assertThat(regionBean(node).getNetBenefit())
                .isEqualTo(
                        Products.factory(node).benefits().get(Products.REGION).netNanos());
        long before = Products.factory(node).benefits().get(Products.REGION).hits();
        regionBean(node).reset();
        assertThat(Products.factory(node).benefits().get(Products.REGION).hits())
                .isEqualTo(before);
    }

    // Evicting

    @Test
    void evictingAKeyMakesOneEntryAMissOnAllNodes() {
        Products.awaitHit(other, 2);
        Products.awaitHit(other, 3);

        regionBean(node).evictKey("2");

        assertThat(Products.isHit(other, 3)).isTrue();
        assertThat(Products.isHit(other, 2)).isFalse();
    }

    @Test
    void evictingARegionMakesAllOfItAMiss() {
        Products.awaitHit(other, 4);

        regionBean(node).evictRegion();

        assertThat(Products.isHit(other, 4)).isFalse();
    }

    @Test
    void invalidatingATableMakesWhatReadsItAMiss() {
        Products.awaitHit(other, 5);

        JMX.newMXBeanProxy(PLATFORM, factory(node), FactoryMXBean.class).invalidateTable("PRODUCT");

        assertThat(Products.isHit(other, 5)).isFalse();
    }

    @Test
    void aCompositeIdHasNoText() {
        RegionMXBean lines = JMX.newMXBeanProxy(
                PLATFORM,
                named("dev.hearth:type=Region,node=" + name(node) + ",name=" + OrderLine.class.getName()),
                RegionMXBean.class);

        assertThatThrownBy(() -> lines.evictKey("7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of composite and natural ids only the whole region can be evicted");
    }

    @Test
    void queryResultsHaveNoId() {
        RegionMXBean queries = JMX.newMXBeanProxy(
                PLATFORM,
                named("dev.hearth:type=Region,node=" + name(node) + ",name=default-query-results-region"),
                RegionMXBean.class);

        assertThatThrownBy(() -> queries.evictKey("7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds results of queries, which have no id");
    }

    // JCache

    @Test
    void jcacheAttributesHaveTheMeaningThatTheSpecificationGivesThem() {
        CacheStatisticsMXBean cache =
                JMX.newMXBeanProxy(PLATFORM, jcache(node, "CacheStatistics"), CacheStatisticsMXBean.class);
        Products.awaitHit(node, 6);
        cache.clear();
        assertThat(cache.getCacheGets()).isZero();
        assertThat(cache.getCacheHitPercentage()).isZero();
        assertThat(cache.getAverageGetTime()).isZero();

        for (int i = 0; i < 3; i++) {
            Products.name(node, 6);
        }
        regionBean(node).evictKey("6");
        Products.name(node, 6);

        RegionStatistics statistics = statistics(node);
        LatencySnapshot gets = statistics.getTimes().snapshot();
        assertThat(cache.getCacheHits()).isEqualTo(3);
        assertThat(cache.getCacheMisses()).isEqualTo(1);
        assertThat(cache.getCacheGets()).isEqualTo(cache.getCacheHits() + cache.getCacheMisses());
        assertThat(cache.getCacheHitPercentage()).isEqualTo(75f);
        assertThat(cache.getCacheMissPercentage()).isEqualTo(25f);
        assertThat(cache.getCacheRemovals()).isEqualTo(1);
        assertThat(cache.getCacheEvictions()).isZero();
        assertThat(gets.count()).isEqualTo(4);
        // Micro, not nano or milli.
        assertThat(cache.getAverageGetTime()).isCloseTo(gets.mean() / 1000f, within(1f));
        assertThat(cache.getAverageRemoveTime()).isPositive().isLessThan(10_000_000f);
        Products.awaitHit(node, 6);
        Eventually.holds("a put has been answered", () -> cache.getCachePuts() == 1 && cache.getAveragePutTime() > 0);
    }

    @Test
    void jcacheToolsFindTheConfiguration() {
        CacheMXBean cache = JMX.newMXBeanProxy(PLATFORM, jcache(node, "CacheConfiguration"), CacheMXBean.class);

        assertThat(cache.isStatisticsEnabled()).isTrue();
        assertThat(cache.isManagementEnabled()).isTrue();
        assertThat(cache.isStoreByValue()).isTrue();
        assertThat(cache.isReadThrough()).isFalse();
        assertThat(cache.isWriteThrough()).isFalse();
        assertThat(cache.getKeyType()).isEqualTo("java.lang.Object");
    }

    // Coming and going

    @Test
    void twoNodesOfAProcessHaveBeansOfTheirOwnUntilTheyAreClosed() {
        String gone;
        try (Nodes third = builder().keepSchema().start(1)) {
            gone = name(third.get(0));
            assertThat(beans(gone)).hasSameSizeAs(beans(name(other))).hasSizeGreaterThan(10);
            assertThat(beans(name(other))).doesNotContainAnyElementsOf(beans(gone));
            Products.name(third.get(0), 7);
            assertThat(regionBean(third.get(0)).getMisses()
                            + regionBean(third.get(0)).getHits())
                    .isEqualTo(1);
        }

        assertThat(beans(gone)).isEmpty();
        assertThat(beans(name(node))).isNotEmpty();
    }

    @Test
    void aRegionThatAQueryNamesComesWithItAndIsQuoted() {
        String region = "by year, \"all\"=*";
        node.inTransaction((Session session) -> session.createQuery("from Product", Product.class)
                .setCacheable(true)
                .setCacheRegion(region)
                .list());

        RegionMXBean bean = JMX.newMXBeanProxy(
                PLATFORM,
                named("dev.hearth:type=Region,node=" + name(node) + ",name=" + ObjectName.quote(region)),
                RegionMXBean.class);

        assertThat(bean.getName()).isEqualTo(region);
        assertThat(bean.getMisses()).isEqualTo(1);
    }

    @Test
    void nothingIsRegisteredWhereJmxIsOff() {
        try (Nodes quiet = builder()
                .keepSchema()
                .setting("hibernate.cache.hearth.jmx", "false")
                .start(1)) {
            assertThat(beans(name(quiet.get(0)))).isEmpty();
        }
    }

    @Test
    void whatCannotBeRegisteredIsComplainedOfOnceAndMissing() {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        try (LogLines log = LogLines.of(NodeBeans.class.getName());
                NodeBeans first = new NodeBeans(Products.factory(node).hibernate(), server);
                NodeBeans second = new NodeBeans(Products.factory(node).hibernate(), server)) {
            first.register();
            int registered = server.getMBeanCount();
            second.register();

            assertThat(log.with("cannot be registered")).hasSize(1);
            second.close();
            assertThat(server.getMBeanCount()).isEqualTo(registered);
        }
    }

    private static Set<ObjectName> beans(String node) {
        Set<ObjectName> beans = PLATFORM.queryNames(named("dev.hearth:node=" + node + ",*"), null);
        beans.addAll(PLATFORM.queryNames(named("javax.cache:CacheManager=" + node + ",*"), null));
        return beans;
    }

    private static String name(NodeFixture node) {
        return Products.factory(node).hibernate().name();
    }

    private static RegionStatistics statistics(NodeFixture node) {
        return Products.factory(node).statistics(Products.REGION).orElseThrow();
    }

    private static RegionMXBean regionBean(NodeFixture node) {
        return JMX.newMXBeanProxy(PLATFORM, region(node), RegionMXBean.class);
    }

    private static ObjectName region(NodeFixture node) {
        return named("dev.hearth:type=Region,node=" + name(node) + ",name=" + Products.REGION);
    }

    private static ObjectName factory(NodeFixture node) {
        return named("dev.hearth:type=Factory,node=" + name(node));
    }

    private static ObjectName jcache(NodeFixture node, String type) {
        return named("javax.cache:type=" + type + ",CacheManager=" + name(node) + ",Cache=" + Products.REGION);
    }

    private static ObjectName named(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
