package dev.hearth.warming;

import static dev.hearth.warming.WarmingFixture.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.MetricsPage;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Product;
import dev.hearth.warming.micrometer.WarmingMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What meters show of warming. */
final class WarmingMetricsIT {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private static int used;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FakeLoader loader = new FakeLoader();
    private final FakeTime time = new FakeTime();
    private Nodes nodes;
    private Warming warming;

    @BeforeEach
    void start() {
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace() + "-" + used++)
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                .start(1);
        warming = WarmingFixture.start(
                nodes.get(0),
                loader,
                time,
                Map.of("attempts", "1"),
                WarmTask.entities("products", Product.class).build());
    }

    @AfterEach
    void stop() {
        warming.close();
        nodes.close();
    }

    /** With {@code -Dhearth.docs.write=true} it writes the table instead, after a meter was changed. */
    @Test
    void thePageListsTheMetersThatThereAre() throws IOException {
        new WarmingMetrics(warming).bindTo(registry);
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("hearth.docs.write")) {
            page = MetricsPage.withTable(page, "meters of warming", registry);
            Files.writeString(PAGE, page);
        }

        assertThat(page)
                .contains("hearth.warming.rows")
                .isEqualTo(MetricsPage.withTable(page, "meters of warming", registry));
    }

    @Test
    void metersFollowTheRuns() {
        new WarmingMetrics(warming, Tags.of("unit", "shop")).bindTo(registry);
        awaitState(warming, "products", TaskState.RUNNING);
        assertThat(state("running")).isEqualTo(1);
        assertThat(count("hearth.warming.runs", "outcome", "succeeded")).isZero();

        time.pass(Duration.ofSeconds(3));
        loader.allow(100);
        awaitState(warming, "products", TaskState.SUCCEEDED);
        assertThat(state("running")).isZero();
        assertThat(state("succeeded")).isEqualTo(1);
        assertThat(count("hearth.warming.rows")).isEqualTo(100);
        assertThat(count("hearth.warming.entries", "result", "stored")).isEqualTo(90);
        assertThat(count("hearth.warming.entries", "result", "skipped")).isEqualTo(10);
        assertThat(count("hearth.warming.runs", "outcome", "succeeded")).isEqualTo(1);
        assertThat(registry.get("hearth.warming.duration").functionTimer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);

        loader.failWith(new IllegalStateException("the database is down"));
        warming.start("products");
        awaitState(warming, "products", TaskState.FAILED);
        assertThat(count("hearth.warming.rows")).as("counters do not go back").isEqualTo(100);
        assertThat(count("hearth.warming.runs", "outcome", "failed")).isEqualTo(1);
        assertThat(registry.get("hearth.warming.duration").functionTimer().count())
                .isEqualTo(2);
        assertThat(registry.get("hearth.warming.health").gauge().value()).isEqualTo(1);
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags()).contains(Tag.of("unit", "shop")));
    }

    private double state(String name) {
        return registry.get("hearth.warming.state").tags("state", name).gauge().value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }
}
