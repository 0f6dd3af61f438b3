package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.micrometer.HearthMetrics;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Eventually;
import dev.hearth.test.MetricsPage;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Product;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a monitoring system reads, and that page and dashboard speak of the same. */
final class HearthMetricsIT {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "hearth.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:cache|hearth)_[a-z0-9_]+");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static Nodes nodes;
    private final NodeFixture node = nodes.get(0);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RegionStatistics products =
            Products.factory(node).statistics(Products.REGION).orElseThrow();

    @BeforeAll
    static void start() {
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "10s")
                .setting("hibernate.cache.hearth.statistics.sample-interval", "1s")
                .start(1);
        Products.fill(nodes);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** With {@code -Dhearth.docs.write=true} it writes the table instead, after a meter was changed. */
    @Test
    void thePageListsTheMetersThatThereAre() throws IOException {
        new HearthMetrics(node.sessionFactory()).bindTo(registry);
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("hearth.docs.write")) {
            page = MetricsPage.withTable(page, "meters", registry);
            Files.writeString(PAGE, page);
        }

        assertThat(page).isEqualTo(MetricsPage.withTable(page, "meters", registry));
    }

    @Test
    void everyPanelOfTheDashboardShowsMetricsThatThereAre() throws IOException {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new HearthMetrics(node.sessionFactory()).bindTo(prometheus);
        Set<String> there = prometheus
                .scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        JsonNode dashboard = new JsonMapper().readTree(Files.readString(DASHBOARD));
        List<String> shown = new ArrayList<>();

        for (JsonNode panel : dashboard.get("panels")) {
            List<String> ofPanel = panel.get("targets")
                    .valueStream()
                    .map(target -> target.get("expr").asString())
                    .flatMap(expression -> METRIC.matcher(expression).results())
                    .map(found -> found.group())
                    .toList();
            assertThat(ofPanel).as(panel.get("title").asString()).isNotEmpty();
            assertThat(there).as(panel.get("title").asString()).containsAll(ofPanel);
            shown.addAll(ofPanel);
        }
        for (JsonNode variable : dashboard.get("templating").get("list")) {
            METRIC.matcher(variable.get("query").toString()).results().forEach(found -> shown.add(found.group()));
        }

        assertThat(there).containsAll(shown);
        assertThat(dashboard.get("panels").size()).isGreaterThan(10);
    }

    @Test
    void metersReadWhatIsCounted() {
        new HearthMetrics(node.sessionFactory()).bindTo(registry);
        Products.awaitHit(node, 1);
        double hits = read("cache.gets", "result", "hit");
        double misses = read("cache.gets", "result", "miss");
        double puts = read("cache.puts");
        double removals = read("cache.removals");
        double absent = read("hearth.misses", "reason", "absent");
        double remote = read("hearth.hits", "tier", "remote");
        double timed = timed("hearth.remote.get");

        Products.name(node, 1);
        node.implementor().getCache().evictEntityData(Product.class, 1L);
        Products.name(node, 1);

        assertThat(read("cache.gets", "result", "hit")).isEqualTo(hits + 1);
        assertThat(read("hearth.hits", "tier", "remote")).isEqualTo(remote + 1);
        assertThat(read("cache.gets", "result", "miss")).isEqualTo(misses + 1);
        assertThat(read("hearth.misses", "reason", "absent")).isEqualTo(absent + 1);
        assertThat(read("cache.removals")).isEqualTo(removals + 1);
        assertThat(timed("hearth.remote.get")).isEqualTo(timed + 2);
        Products.awaitHit(node, 1);
        assertThat(read("cache.puts")).isEqualTo(puts + 1);
        assertThat(registry.get("hearth.remote.get.p99")
                        .tag("cache", Products.REGION)
                        .timeGauge()
                        .value(TimeUnit.SECONDS))
                .isBetween(0.000_001, 10.0);
    }

    @Test
    void theNetBenefitIsThatOfTheRegionOrOfItsQueries() {
        new HearthMetrics(node.sessionFactory()).bindTo(registry);
        node.implementor().getCache().evictEntityData(Product.class, 3L);
        Products.awaitHit(node, 3);
        node.inTransaction((Session session) -> session.createQuery("from Product where id = 3", Product.class)
                .setCacheable(true)
                .setCacheRegion("gained")
                .list());

        assertThat(benefit(Products.REGION))
                .isNotZero()
                .isEqualTo(
                        Products.factory(node).benefits().get(Products.REGION).netNanos(), within(0.5));
        assertThat(benefit("gained"))
                .as("a miss and a put, which save nothing yet")
                .isNegative();
    }

    private double benefit(String region) {
        return registry.get("hearth.net.benefit")
                .tag("cache", region)
                .timeGauge()
                .value(TimeUnit.NANOSECONDS);
    }

    @Test
    void aResetOfTheStatisticsLeavesCountersAsTheyAre() {
        new HearthMetrics(node.sessionFactory()).bindTo(registry);
        Products.awaitHit(node, 2);
        double hits = read("cache.gets", "result", "hit");
        assertThat(hits).isPositive();

        products.reset();

        assertThat(products.hits()).isZero();
        assertThat(read("cache.gets", "result", "hit")).isEqualTo(hits);
    }

    @Test
    void sizesAreThoseOfTheLastSample() {
        new HearthMetrics(node.sessionFactory()).bindTo(registry);
        for (long id = 1; id <= Products.COUNT; id++) {
            Products.awaitHit(node, id);
        }

        Eventually.holds("a sample has come", () -> read("cache.size") == Products.COUNT);
        assertThat(registry.get("hearth.redis.memory.used").gauge().value()).isGreaterThan(100_000);
        assertThat(registry.get("hearth.sample.age").timeGauge().value(TimeUnit.SECONDS))
                .isBetween(0.0, 60.0);
    }

    @Test
    void aRegionThatAQueryNamesLaterHasMetersToo() {
        new HearthMetrics(node.sessionFactory(), Tags.of("unit", "shop")).bindTo(registry);
        node.inTransaction((Session session) -> session.createQuery("from Product", Product.class)
                .setCacheable(true)
                .setCacheRegion("late")
                .list());

        assertThat(registry.get("cache.gets")
                        .tags("cache", "late", "result", "miss", "unit", "shop")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyMeterHasTheTagsThatWereGiven() {
        new HearthMetrics(node.sessionFactory(), Tags.of("unit", "shop")).bindTo(registry);

        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags()).contains(Tag.of("unit", "shop")));
    }

    @Test
    void anotherProvidersSessionFactoryIsRefused() {
        try (Nodes plain = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.use_second_level_cache", "false")
                .setting("hibernate.cache.use_query_cache", "false")
                .keepSchema()
                .start(1)) {
            assertThatThrownBy(() -> new HearthMetrics(plain.get(0).sessionFactory()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("hibernate.cache.region.factory_class=hearth");
        }
    }

    private double read(String name, String... tags) {
        return registry.get(name)
                .tag("cache", Products.REGION)
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private double timed(String name) {
        return registry.get(name).tag("cache", Products.REGION).functionTimer().count();
    }
}
