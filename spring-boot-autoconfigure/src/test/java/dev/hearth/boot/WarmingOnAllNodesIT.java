package dev.hearth.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.boot.ShopApplication.Answer;
import dev.hearth.test.Eventually;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Two nodes behind one address: an order to warming is the same to whichever of them it comes. */
final class WarmingOnAllNodesIT {
    private static final int PRODUCTS = 1_200;
    private static final String[] SETTINGS = {
        "management.endpoint.hearthwarming.access=unrestricted",
        "management.health.redis.enabled=false",
        "hearth.warming.task.products.entity=" + Product.class.getName(),
        "hearth.warming.watch-interval=100ms",
        "hearth.warming.rows-per-second=10"
    };

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static RedisServerFixture redis;
    private static ShopApplication one;
    private static ShopApplication two;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
        one = ShopApplication.start(postgres.database(), redis.port(), SETTINGS);
        one.sessions().inTransaction(session -> {
            for (int i = 0; i < PRODUCTS; i++) session.persist(new Product(1000L + i, "p" + i, BigDecimal.ONE, null));
        });
        one.sessions().getCache().evictEntityData(Product.class);
        two = ShopApplication.join(postgres.database(), redis.port(), SETTINGS);
    }

    @AfterAll
    static void stop() {
        if (two != null) two.close();
        if (one != null) one.close();
        redis.close();
    }

    @Test
    void anOrderGivenToOneNodeIsObeyedByTheOneThatRuns() {
        order(one, "start");
        Eventually.holds(
                "one of them runs it",
                () -> state(one).equals("running") || state(two).equals("running"));
        ShopApplication runner = state(one).equals("running") ? one : two;
        ShopApplication other = runner == one ? two : one;

        order(other, "pause");
        Eventually.holds("the runner pauses", () -> state(runner).equals("paused"));
        assertThat(task(other, "hearthwarming/history").get("paused").asBoolean())
                .isTrue();
        assertThat(task(other, "hearthwarming/history").has("runner"))
                .as("a paused runner keeps the task")
                .isTrue();

        order(other, "resume");
        Eventually.holds("the runner goes on", () -> state(runner).equals("running"));
        assertThat(task(runner, "hearthwarming/history").get("paused").asBoolean())
                .isFalse();

        order(other, "cancel");
        Eventually.holds("the runner ends", () -> state(runner).equals("cancelled"));
        Eventually.holds(
                "nobody takes it over",
                () -> !state(other).equals("running")
                        && !task(other, "hearthwarming/history").has("runner"));

        redis.kill();
        try {
            Answer untold = other.post("operator", "hearthwarming", "{\"action\":\"start\",\"task\":\"products\"}");
            assertThat(untold.status()).isEqualTo(503);
            assertThat(untold.json().at("/tasks/0/told").asBoolean()).isFalse();
        } finally {
            redis.start();
        }
    }

    private static void order(ShopApplication node, String action) {
        Answer answer = node.post("operator", "hearthwarming", "{\"action\":\"" + action + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/tasks/0/told").asBoolean()).isTrue();
    }

    private static String state(ShopApplication node) {
        return task(node, "hearthwarming").get("state").asString();
    }

    private static JsonNode task(ShopApplication node, String path) {
        return node.get("reader", path).json().at("/units/0/tasks/0");
    }
}
