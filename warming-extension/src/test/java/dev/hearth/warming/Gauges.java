package dev.hearth.warming;

import dev.hearth.test.Database;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Gauges enough to be in the middle of warming them for some seconds. */
final class Gauges {
    static final int COUNT = 400;
    static final int PAGE = 10;
    static final String TASK = "gauges";
    static final List<UUID> IDS =
            IntStream.range(0, COUNT).mapToObj(i -> new UUID(0, i)).toList();

    private static final String ROWS_PER_SECOND = "150";

    private Gauges() {}

    static Nodes.Builder nodes(Database database, RedisEndpoint redis, String keyspace) {
        return Nodes.on(database, redis)
                .entities(Gauge.class)
                .setting("hibernate.cache.hearth.keyspace", keyspace)
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s");
    }

    static void fill(NodeFixture node) {
        // Hibernate takes for stored what the cache has of a database before.
        node.sessionFactory().getCache().evictAllRegions();
        node.inTransaction(session -> IDS.forEach(id ->
                session.persist(new Gauge(id, "unit", new Gauge.Range(0, (int) id.getLeastSignificantBits())))));
        node.sessionFactory().getCache().evictAllRegions();
    }

    /** Begins to warm them in small pages and not too fast, with a short lease and many attempts. */
    static Warming warm(NodeFixture node) {
        return WarmingFixture.start(
                node,
                new DatabaseLoader(node.sessionFactory(), PAGE, 1),
                Map.of("rows-per-second", ROWS_PER_SECOND, "lease", "1s", "attempts", "100"),
                WarmTask.entities(TASK, Gauge.class).priority(Priority.CRITICAL).build());
    }

    /** How many statements another node needs to find all of them. */
    static long statementsToFindAll(NodeFixture node) {
        long before = node.sql().ofThisThread();
        node.inTransaction(session -> IDS.forEach(id -> {
            if (session.find(Gauge.class, id) == null) {
                throw new AssertionError("There is no gauge " + id);
            }
        }));
        return node.sql().ofThisThread() - before;
    }
}
