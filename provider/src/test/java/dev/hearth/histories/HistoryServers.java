package dev.hearth.histories;

import dev.hearth.test.Database;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresServers;
import dev.hearth.test.RedisEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.cache.internal.NoCachingRegionFactory;

/** A database with the hot rows in it, and a slow, jittery network of its own for every node. */
final class HistoryServers implements AutoCloseable {
    /* A command that waits its turn on a busy machine is no outage: an outage loosens the promise, by DESIGN section 9. */
    private static final Map<String, Object> SETTINGS = Map.of(
            "hibernate.cache.use_query_cache", "true",
            // Entities by their ids alone, so that results lead to entries.
            "hibernate.cache.query_cache_layout", "AUTO",
            "hibernate.cache.hearth.redis.command-timeout", "20s",
            "hibernate.cache.hearth.redis.connections", "8");

    private final RedisEndpoint redis;
    private final String keyspace;
    private final Duration jitter;
    private final Database database = PostgresServers.create();
    private final List<FaultProxy> toRedis = new ArrayList<>();
    private final List<FaultProxy> toDatabase = new ArrayList<>();
    private final Map<String, String> initial;

    /** @param jitter how long each piece of bytes is delayed at the most, in front of Redis and of the database */
    HistoryServers(RedisEndpoint redis, String keyspace, Duration jitter) {
        this.redis = redis;
        this.keyspace = keyspace;
        this.jitter = jitter;
        try (Nodes uncached = Nodes.on(database, redis)
                .regionFactory(new NoCachingRegionFactory())
                .entities(World.ENTITIES)
                .start(1)) {
            initial = World.begin(database, uncached.get(0).sessionFactory());
        }
    }

    Database database() {
        return database;
    }

    /** What the registers hold before anyone has worked. */
    Map<String, String> initial() {
        return initial;
    }

    /** Between Redis and each node for which a network was made. */
    List<FaultProxy> waysToRedis() {
        return List.copyOf(toRedis);
    }

    /** The network of one more node. */
    Network network() {
        FaultProxy redisWay = FaultProxy.to(redis);
        FaultProxy databaseWay = FaultProxy.to(database);
        toRedis.add(redisWay);
        toDatabase.add(databaseWay);
        redisWay.delayRandomly(jitter);
        databaseWay.delayRandomly(jitter);
        return new Network(redisWay.endpoint(), database.through(databaseWay), keyspace);
    }

    /** The way of one node to the servers. */
    record Network(RedisEndpoint redis, Database database, String keyspace) {
        /** Nodes on this network, on the tables that are there. */
        Nodes.Builder nodes(int poolSize) {
            return Nodes.on(new Database(database.url() + "&options=-c%20deadlock_timeout%3D50ms"), redis)
                    .settings(SETTINGS)
                    .setting("hibernate.cache.region_prefix", keyspace)
                    .entities(World.ENTITIES)
                    .poolSize(poolSize)
                    .keepSchema();
        }
    }

    @Override
    public void close() {
        toRedis.forEach(FaultProxy::close);
        toDatabase.forEach(FaultProxy::close);
        PostgresServers.drop(database);
    }
}
