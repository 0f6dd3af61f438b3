package dev.hearth.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.boot.ShopApplication.Answer;
import dev.hearth.test.Eventually;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The endpoints over HTTP as anybody, a reader and an operator, with real servers behind them. */
final class AdminIT {
    private static final String PRODUCTS = Product.class.getName();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static RedisServerFixture redis;
    private static ShopApplication shop;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
        shop = ShopApplication.start(
                postgres.database(),
                redis.port(),
                "management.endpoint.hearth.access=unrestricted",
                "management.endpoint.hearthwarming.access=unrestricted",
                "management.endpoint.hearthperformance.access=unrestricted",
                "management.health.redis.enabled=false",
                "hearth.statistics.sample-interval=1s",
                "hearth.warming.task.products.entity=" + PRODUCTS,
                "hearth.warming.task.products.priority=critical",
                "hearth.readiness.await-critical=1m");
    }

    @AfterAll
    static void stop() {
        if (shop != null) shop.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hearth", "hearthqueries", "hearthwarming", "hearthdoctor", "metrics"})
    void nobodyReadsWithoutALogin(String endpoint) {
        assertThat(shop.get(null, endpoint).status()).isEqualTo(401);
        assertThat(shop.delete(null, "hearth").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hearth", "hearthqueries", "hearthwarming", "hearthwarming/plan", "hearthdoctor"})
    void aReaderReads(String endpoint) {
        Answer answer = shop.get("reader", endpoint);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().properties()).isNotEmpty();
    }

    @Test
    void aReaderChangesNothing() {
        assertThat(shop.delete("reader", "hearth").status()).isEqualTo(403);
        assertThat(shop.delete("reader", "hearth/" + PRODUCTS).status()).isEqualTo(403);
        assertThat(shop.post("reader", "hearth", "{\"tables\":\"Product\"}").status())
                .isEqualTo(403);
        assertThat(shop.post("reader", "hearthwarming", "{\"action\":\"start\"}")
                        .status())
                .isEqualTo(403);
        assertThat(shop.post("reader", "hearthperformance", "{\"entity\":\"Product\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theOverviewCountsWhatIsRead() {
        find(1);
        long before = hits(overviewOf(PRODUCTS));
        find(1);

        assertThat(hits(overviewOf(PRODUCTS))).isGreaterThan(before);
        JsonNode unit = shop.get("reader", "hearth").json().at("/units/0");
        assertThat(unit.get("unit").asString()).isEqualTo("entityManagerFactory");
        assertThat(unit.get("keyspace").asString()).isEqualTo("hearth");
        assertThat(unit.at("/redis/available").asBoolean()).isTrue();
        JsonNode region = shop.get("reader", "hearth/" + PRODUCTS).json();
        assertThat(region.at("/region/name").asString()).isEqualTo(PRODUCTS);
        assertThat(region.at("/missesByReason/absent").isNumber()).isTrue();
        assertThat(shop.get("reader", "hearth/nothing").status()).isEqualTo(404);
    }

    @Test
    void anOperatorEvicts() {
        find(1);
        assertThat(isCached(1)).isTrue();
        Answer entry = shop.delete("operator", "hearth/" + PRODUCTS + "/1");
        assertThat(entry.status()).isEqualTo(200);
        assertThat(entry.json().has("entry")).as("ids are not shown").isFalse();
        assertThat(isCached(1)).isFalse();

        find(1);
        assertThat(shop.delete("operator", "hearth/" + PRODUCTS).json().get("regions"))
                .hasSize(1);
        assertThat(isCached(1)).isFalse();

        find(1);
        assertThat(shop.post("operator", "hearth", "{\"tables\":\"product\"}").status())
                .isEqualTo(200);
        assertThat(isCached(1)).isFalse();

        find(1);
        assertThat(shop.delete("operator", "hearth").status()).isEqualTo(200);
        assertThat(isCached(1)).isFalse();
    }

    @Test
    void noIdIsInAnyAnswer() {
        long id = 987_654_321;
        shop.sessions().inTransaction(session -> session.persist(new Product(id, "Lamp", BigDecimal.TEN, null)));
        find(id);
        ask("from Customer c where c.name = :email", Long.toString(id));

        List<String> answers = new ArrayList<>();
        for (String path : List.of(
                "hearth",
                "hearth/" + PRODUCTS,
                "hearthqueries?size=500",
                "hearthwarming",
                "hearthwarming/plan",
                "hearthwarming/history",
                "hearthdoctor",
                "health",
                "info")) {
            answers.add(shop.get("operator", path).text());
        }
        answers.add(shop.delete("operator", "hearth/" + PRODUCTS + "/" + id).text());

        assertThat(answers).noneSatisfy(answer -> assertThat(answer).contains(Long.toString(id)));
        shop.sessions().inTransaction(session -> session.remove(session.find(Product.class, id)));
    }

    @Test
    void whatMakesNoSenseIsRefusedWithoutRepeatingIt() {
        Answer badId = shop.delete("operator", "hearth/" + PRODUCTS + "/secret-7");
        assertThat(badId.status()).isEqualTo(400);
        assertThat(shop.delete("operator", "hearth/nothing").status()).isEqualTo(400);
        assertThat(shop.get("reader", "hearthqueries?size=0").status()).isEqualTo(400);
        assertThat(shop.get("reader", "hearthqueries?sort=nothing").status()).isEqualTo(400);
        assertThat(shop.post("operator", "hearthwarming", "{\"action\":\"start\",\"task\":\"nothing\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void queriesAreSortedAndPagedWithoutTheirParameters() {
        for (int i = 0; i < 3; i++) {
            ask("from Customer c where c.email = :email", "ada@example.org");
            ask("from Customer c where c.name = :email", "Bob-the-secret");
        }

        Answer first = shop.get("reader", "hearthqueries?sort=calls&size=1");
        assertThat(first.json().get("total").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(first.json().get("queries")).hasSize(1);
        assertThat(first.json().at("/queries/0/calls").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(first.json().at("/queries/0/benefit/netNanos").isNumber()).isTrue();
        assertThat(shop.get("reader", "hearthqueries?size=1&page=1").json().get("queries"))
                .hasSize(1);
        assertThat(shop.get("reader", "hearthqueries").text())
                .doesNotContain("ada@example.org")
                .doesNotContain("Bob-the-secret");
    }

    @Test
    void criticalTasksAreOverWhenTheApplicationIsReadyAndCanBeStartedAgain() {
        JsonNode task = shop.get("reader", "hearthwarming").json().at("/units/0/tasks/0");
        assertThat(task.get("name").asString()).isEqualTo("products");
        assertThat(task.get("history")).isNotEmpty();
        assertThat(task.at("/history/0/outcome").asString()).isEqualTo("succeeded");
        int runs = task.get("history").size();

        Answer started = shop.post("operator", "hearthwarming", "{\"action\":\"start\",\"priority\":\"critical\"}");
        assertThat(started.json().at("/tasks/0/task").asString()).isEqualTo("products");
        Eventually.holds(
                "the task has run again",
                () -> shop.get("reader", "hearthwarming")
                                .json()
                                .at("/units/0/tasks/0/history")
                                .size()
                        > runs);
        assertThat(shop.get("reader", "hearthwarming/plan")
                        .json()
                        .at("/units/0/tasks/0/estimatedRows")
                        .asInt())
                .isEqualTo(3);
        assertThat(shop.get("reader", "hearthwarming/history")
                        .json()
                        .at("/units/0/tasks/0/name")
                        .asString())
                .isEqualTo("products");
        assertThat(shop.get("reader", "hearthwarming/nothing").status()).isEqualTo(404);
    }

    @Test
    void thePerformanceTestComparesTheThreePlaces() {
        Answer answer = shop.post("operator", "hearthperformance", "{\"entity\":\"Product\",\"samples\":30}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode result = answer.json();
        assertThat(result.get("entities").asInt()).isEqualTo(3);
        assertThat(result.at("/database/count").asInt()).isEqualTo(30);
        assertThat(result.at("/remote/count").asInt()
                        + result.at("/near/count").asInt()
                        + result.get("discarded").asInt())
                .isEqualTo(60);
        assertThat(result.at("/remote/count").asInt()).isPositive();
        assertThat(shop.post("operator", "hearthperformance", "{\"entity\":\"Produkt\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void metersAndInfoTellOfTheCache() {
        find(1);
        find(1);
        assertThat(shop.get("operator", "metrics/hearth.hits?tag=entityManagerFactory:entityManagerFactory")
                        .json()
                        .at("/measurements/0/value")
                        .asDouble())
                .isPositive();
        assertThat(shop.get(null, "info").json().at("/hearth/units/0/keyspace").asString())
                .isEqualTo("hearth");
    }

    @Test
    void metersTellOfWarming() {
        assertThat(shop.get(
                                "operator",
                                "metrics/hearth.warming.entries?tag=task:products&tag=entityManagerFactory:entityManagerFactory")
                        .json()
                        .at("/measurements/0/value")
                        .asDouble())
                .isPositive();
        assertThat(shop.get("operator", "metrics/hearth.warming.health?tag=entityManagerFactory:entityManagerFactory")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aLostRedisDegradesTheCacheAndNotTheApplication() {
        redis.kill();
        try {
            Eventually.holds("health tells", () -> {
                find(1);
                return shop.get(null, "health")
                        .json()
                        .at("/components/hearth/details/degraded")
                        .asBoolean();
            });
            Answer health = shop.get(null, "health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().get("status").asString()).isEqualTo("UP");
            assertThat(shop.get("reader", "hearth")
                            .json()
                            .at("/units/0/redis/available")
                            .asBoolean())
                    .isFalse();
        } finally {
            redis.start();
        }
        Eventually.holds(
                "it is well again",
                () -> !shop.get(null, "health")
                        .json()
                        .at("/components/hearth/details/degraded")
                        .asBoolean());
    }

    @Test
    void theExampleStandsInTheDocumentation() throws IOException {
        String example = Files.readString(Path.of("src/test/java/dev/hearth/boot/SecurityExample.java"));
        String shown = example.substring(example.indexOf("// docs: begin\n") + 15, example.indexOf("    // docs: end"))
                .stripTrailing()
                .stripIndent();

        assertThat(Files.readString(Path.of("../docs/security.md"))).contains(shown.strip());
    }

    private static JsonNode overviewOf(String region) {
        for (JsonNode found : shop.get("reader", "hearth").json().at("/units/0/regions")) {
            if (found.get("name").asString().equals(region)) return found;
        }
        throw new AssertionError("There is no region " + region);
    }

    private static long hits(JsonNode region) {
        return region.at("/near/hits").asLong() + region.at("/remote/hits").asLong();
    }

    private static boolean isCached(long id) {
        return shop.sessions().getCache().containsEntity(Product.class, id);
    }

    /** Until it is cached: what is put after a load is not waited for. */
    private static void find(long id) {
        if (!redis.isRunning()) {
            read(id);
            return;
        }
        Eventually.holds("the product is cached", () -> {
            read(id);
            return isCached(id);
        });
    }

    private static void read(long id) {
        try (Session session = shop.sessions().openSession()) {
            session.beginTransaction();
            assertThat(session.find(Product.class, id)).isNotNull();
            session.getTransaction().commit();
        }
    }

    private static void ask(String query, String value) {
        try (Session session = shop.sessions().openSession()) {
            session.beginTransaction();
            List<?> unused = session.createSelectionQuery(query, Customer.class)
                    .setParameter("email", value)
                    .setCacheable(true)
                    .getResultList();
            session.getTransaction().commit();
        }
    }
}
