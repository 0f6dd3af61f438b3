package dev.hearth.histories;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.stat.Statistics;

/** A history whose nodes all live in this process. */
final class LocalHistory implements AutoCloseable {
    static final Duration JITTER = Duration.ofMillis(5);

    private final HistoryServers servers;
    private final Crew crew;
    private final List<Nodes> nodes = new ArrayList<>();
    private final List<HistoryNode> workers = new ArrayList<>();
    private final History history;

    /** @param factories one for each node */
    LocalHistory(RedisEndpoint redis, String keyspace, List<? extends RegionFactory> factories) {
        this(redis, keyspace, factories, Crew.USUAL, Map.of());
    }

    /** @param settings of every node, before those that all histories have */
    LocalHistory(
            RedisEndpoint redis,
            String keyspace,
            List<? extends RegionFactory> factories,
            Crew crew,
            Map<String, ?> settings) {
        this.crew = crew;
        servers = new HistoryServers(redis, keyspace, JITTER);
        try {
            factories.forEach(factory -> nodes.add(servers.network()
                    .nodes(crew.poolSize())
                    .settings(settings)
                    .regionFactory(factory)
                    .start(1)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        for (Nodes node : nodes) {
            workers.add(new LocalNode(node.get(0).sessionFactory(), workers.size()));
        }
        history = new History(servers.database(), workers, servers.initial());
    }

    Round round(long seed, Duration duration) {
        return history.round(seed, crew, duration);
    }

    /** The session factory of each node. */
    List<SessionFactory> sessionFactories() {
        return nodes.stream().map(node -> node.get(0).sessionFactory()).toList();
    }

    /** The near tier of each node. */
    List<NearTierOf> near() {
        return nodes.stream()
                .map(node -> new NearTierOf(node.get(0).sessionFactory()))
                .toList();
    }

    /** Between each node and Redis. */
    List<FaultProxy> ways() {
        return servers.waysToRedis();
    }

    /** How often an entry came from the cache, over all nodes. */
    long hits() {
        return nodes.stream()
                .map(node -> node.get(0).statistics())
                .mapToLong(Statistics::getSecondLevelCacheHitCount)
                .sum();
    }

    /** How often a query's result came from the cache, over all nodes. */
    long queryHits() {
        return nodes.stream()
                .map(node -> node.get(0).statistics())
                .mapToLong(Statistics::getQueryCacheHitCount)
                .sum();
    }

    @Override
    public void close() {
        workers.forEach(HistoryNode::close);
        nodes.forEach(Nodes::close);
        servers.close();
    }
}
