package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Action;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import dev.hearth.test.shop.Shop;
import dev.hearth.warming.WarmTarget.Entities;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes of which one warms, and the other shows what that has brought into the cache. */
abstract class LoaderFixture {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    static final List<UUID> GAUGES =
            IntStream.range(0, 10).mapToObj(i -> new UUID(7, i)).toList();

    static Nodes nodes;
    static NodeFixture warmer;
    static NodeFixture other;

    final DatabaseLoader loader = new DatabaseLoader(warmer.sessionFactory(), 4, 1);
    final RecordedRun run = new RecordedRun();

    @BeforeAll
    static void start() {
        nodes = builder().start(2);
        warmer = nodes.get(0);
        other = nodes.get(1);
        other.inTransaction(Shop::fill);
        other.inTransaction(session -> IntStream.range(0, 10)
                .forEach(i -> session.persist(new Gauge(GAUGES.get(i), "unit " + i, new Gauge.Range(i, i + 1)))));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void clear() {
        warmer.sessionFactory().getCache().evictAllRegions();
    }

    static Nodes.Builder builder() {
        return Nodes.on(postgres.database(), redis.endpoint())
                .entities(Stream.concat(Shop.ENTITIES.stream(), Stream.of(Gauge.class))
                        .toList())
                .setting("hibernate.cache.hearth.keyspace", redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s");
    }

    static Entities all(Class<?> entity) {
        return where(entity, null, Map.of());
    }

    static Entities where(Class<?> entity, @Nullable String restriction, Map<String, Object> parameters) {
        return new Entities(entity, restriction, parameters, List.of(), 0, Set.of(), false);
    }

    static Entities along(Class<?> entity, String collection) {
        return new Entities(entity, null, Map.of(), List.of(), 0, Set.of(collection), true);
    }

    static long sql(NodeFixture node, Action action) throws Exception {
        return node.sql().during(action);
    }

    static void assertServed(Class<?> entity, Object id) throws Exception {
        assertThat(sql(other, () -> other.inTransaction(session -> session.find(entity, id))))
                .as("statements for %s %s", entity.getSimpleName(), id)
                .isZero();
    }
}
