package dev.hearth.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.boot.ShopApplication.Answer;
import dev.hearth.test.Eventually;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** One application with two session factories, which the endpoints tell apart. */
final class TwoUnitsIT {
    private static final long ID = 987_654_321;
    private static final String REGION = "hearth/" + Product.class.getName();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static RedisServerFixture redis;
    private static ShopApplication shop;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
        shop = ShopApplication.run(
                TwoUnits.class,
                postgres.database(),
                redis.port(),
                "none",
                "management.endpoint.hearth.access=unrestricted",
                "management.endpoint.hearthwarming.access=unrestricted",
                "management.endpoint.hearthperformance.access=unrestricted",
                "hearth.dashboard.enabled=true",
                "hearth.admin.show-keys=true",
                "hearth.warming.task.customers.entity=" + Customer.class.getName(),
                "hearth.readiness.await-critical=10s");
        sessions("catalog").inTransaction(session -> session.persist(new Product(ID, "Lamp", BigDecimal.TEN, null)));
    }

    @AfterAll
    static void stop() {
        if (shop != null) shop.close();
        redis.close();
    }

    @BeforeEach
    void bothHaveTheProduct() {
        for (String unit : List.of("catalog", "orders")) {
            Eventually.holds("it is cached", () -> {
                sessions(unit)
                        .inTransaction(session ->
                                assertThat(session.find(Product.class, ID)).isNotNull());
                return cached(unit);
            });
        }
    }

    @Test
    void readsTellThemApart() {
        assertThat(units("hearth")).containsExactlyInAnyOrder("catalog", "orders");
        assertThat(units("hearthdoctor")).containsExactlyInAnyOrder("catalog", "orders");
        assertThat(units("hearthwarming")).containsExactlyInAnyOrder("catalog", "orders");
        assertThat(units("hearth?unit=orders")).containsExactly("orders");
        assertThat(units("hearthdoctor?unit=orders")).containsExactly("orders");
        assertThat(shop.get("reader", REGION + "?unit=orders")
                        .json()
                        .get("unit")
                        .asString())
                .isEqualTo("orders");

        sessions("orders")
                .inTransaction(session -> session.createSelectionQuery("from Customer", Customer.class)
                        .setCacheable(true)
                        .list());
        assertThat(shop.get("reader", "hearthqueries?unit=orders")
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(shop.get("reader", "hearthqueries?unit=catalog")
                        .json()
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void aNameThatNoneHasIsRefused() {
        for (String path : List.of("hearth", "hearthqueries", "hearthdoctor")) {
            assertThat(shop.get("reader", path + "?unit=order").status())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(shop.delete("operator", "hearth?unit=order").status()).isEqualTo(400);
        assertThat(shop.post("operator", "hearthwarming", "{\"action\":\"start\",\"unit\":\"order\"}")
                        .status())
                .isEqualTo(400);
        assertThat(cached("catalog")).isTrue();
    }

    @Test
    void whatIsMeantForOneLeavesTheOtherAlone() {
        Answer evicted = shop.delete("operator", "hearth?unit=orders");
        assertThat(evicted.json().get("units")).hasSize(1);
        assertThat(cached("orders")).isFalse();
        assertThat(cached("catalog")).isTrue();

        assertThat(shop.post("operator", "hearth", "{\"tables\":\"product\",\"unit\":\"catalog\"}")
                        .json()
                        .at("/units/0")
                        .asString())
                .isEqualTo("catalog");
        assertThat(cached("catalog")).isFalse();

        JsonNode started = shop.post("operator", "hearthwarming", "{\"action\":\"start\",\"unit\":\"orders\"}")
                .json();
        assertThat(started.get("tasks")).hasSize(1);
        assertThat(started.at("/tasks/0/unit").asString()).isEqualTo("orders");
        assertThat(shop.post(
                                "operator",
                                "hearthperformance",
                                "{\"entity\":\"Product\",\"samples\":3,\"unit\":\"orders\"}")
                        .json()
                        .get("unit")
                        .asString())
                .isEqualTo("orders");
    }

    @Test
    void withoutANameAllAreMeant() {
        assertThat(shop.delete("operator", "hearth").json().get("units")).hasSize(2);
        assertThat(cached("orders")).isFalse();
        assertThat(cached("catalog")).isFalse();
    }

    @Test
    void healthInfoAndMetersTellThemApart() {
        JsonNode health = shop.get(null, "health").json().at("/components/hearth");
        assertThat(health.get("status").asString()).isEqualTo("UP");
        for (String unit : List.of("catalog", "orders")) {
            assertThat(health.at("/components/" + unit + "/details/degraded").isBoolean())
                    .as(health.toString())
                    .isTrue();
            for (String meter : List.of("hearth.hits", "hearth.warming.health")) {
                assertThat(shop.get("operator", "metrics/" + meter + "?tag=entityManagerFactory:" + unit)
                                .status())
                        .as(meter + " of " + unit)
                        .isEqualTo(200);
            }
        }
        assertThat(shop.get(null, "info").json().at("/hearth/units")).hasSize(2);
    }

    @Test
    void anIdIsRepeatedWhereKeysMayBeShown() {
        assertThat(shop.delete("operator", REGION + "/" + ID + "?unit=catalog")
                        .json()
                        .get("entry")
                        .asString())
                .isEqualTo(Long.toString(ID));
        assertThat(cached("catalog")).isFalse();
        assertThat(cached("orders")).isTrue();
    }

    @Test
    void theDashboardShowsTheOneThatIsChosen() {
        try (Browser browser = Browser.start()) {
            browser.open("operator", "o", shop.port(), "/actuator/hearthdashboard");
            browser.until("there is a choice", () -> browser.shows("#unit"));
            browser.until("regions are shown", () -> browser.text("#regions").contains("Product"));
            browser.choose("#unit", "orders");
            browser.until(
                    "the node is that of the other",
                    () -> browser.text("#nodes").contains(node("orders")));
            browser.until("its task is", () -> browser.text("#warming").contains("customers"));

            browser.click("#evict-all");
            browser.until("it is asked for", () -> browser.shows("#confirm"));
            assertThat(browser.text("#confirm-question")).isEqualTo("Evict all regions of orders?");
            browser.click("#confirm-yes");
            browser.until("it is done", () -> browser.text("#done").endsWith("All regions of orders were evicted"));
            assertThat(cached("orders")).isFalse();
            assertThat(cached("catalog")).isTrue();
        }
    }

    private static List<String> units(String path) {
        Answer answer = shop.get("reader", path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .get("units")
                .valueStream()
                .map(unit -> unit.get("unit").asString())
                .toList();
    }

    private static String node(String unit) {
        return HearthRegionFactory.of(sessions(unit)).node();
    }

    private static boolean cached(String unit) {
        return sessions(unit).getCache().containsEntity(Product.class, ID);
    }

    private static SessionFactory sessions(String unit) {
        return shop.context()
                .getBean(unit + "EntityManagerFactory", EntityManagerFactory.class)
                .unwrap(SessionFactory.class);
    }
}
