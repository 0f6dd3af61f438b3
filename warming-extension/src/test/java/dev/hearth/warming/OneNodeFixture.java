package dev.hearth.warming;

import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Product;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One node on which each test has a warming of its own. */
abstract class OneNodeFixture {
    static final List<Integer> ALL = IntStream.range(0, FakeLoader.ROWS).boxed().toList();
    static final Map<String, String> ONE_AT_A_TIME = Map.of("workers", "1");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    static Nodes nodes;
    static NodeFixture node;

    Warming warming;

    @BeforeAll
    static void start() {
        nodes = Nodes.on(postgres.database(), redis.endpoint())
                .setting("hibernate.cache.region_prefix", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                .start(1);
        node = nodes.get(0);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void forgetTasks() {
        try (RedisConnection connection = redis.connect()) {
            connection.keys("hearth." + redis.keyspace() + ":{tasks}*").forEach(key -> connection.call("DEL", key));
        }
    }

    @AfterEach
    void close() {
        warming.close();
    }

    static WarmTask task(String name, Class<?> entity, Priority priority) {
        return WarmTask.entities(name, entity).priority(priority).build();
    }

    static WarmTask products() {
        return task("products", Product.class, Priority.NORMAL);
    }

    static WarmTask productsOn(Trigger... triggers) {
        return WarmTask.entities("products", Product.class)
                .on(EnumSet.copyOf(List.of(triggers)))
                .build();
    }

    static RuntimeException databaseIsDown() {
        return new IllegalStateException("the database is down");
    }
}
