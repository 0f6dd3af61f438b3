package dev.hearth.hibernate;

import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** A product of its own for a test of what the first of two nodes counts. */
final class Kite {
    private static final AtomicLong IDS = new AtomicLong();

    private final CacheNodesExtension nodes;
    private final CachingNode node;
    private final CachingNode other;
    private final RegionStatistics statistics;
    private final long id;

    Kite(CacheNodesExtension nodes) {
        this.nodes = nodes;
        this.node = nodes.get(0);
        this.other = nodes.get(1);
        this.statistics = node.statistics(Product.class);
        this.id = IDS.incrementAndGet();
    }

    long id() {
        return id;
    }

    /** What the work moves, once nothing is under way any more. */
    Map<String, Long> during(Runnable work) {
        node.settle();
        return Moved.during(statistics, () -> {
            work.run();
            node.settle();
        });
    }

    Product find(Session session) {
        return session.find(Product.class, id);
    }

    /** Reads it, and publishes nothing. */
    void findOnly(Session session) {
        session.find(Product.class, id, CacheMode.GET);
    }

    /** Takes the soft lock as an update does, but changes no row, so that nobody waits for the database. */
    void lockedBy(CachingNode holder, Runnable meanwhile) {
        holder.rolledBack(session -> {
            var persister = holder.persister(Product.class);
            var access = persister.getCacheAccessStrategy();
            var implementor = session.unwrap(SharedSessionContractImplementor.class);
            Object key = access.generateCacheKey(id, persister, holder.implementor(), null);
            access.lockItem(implementor, key, null);
            holder.settle();
            meanwhile.run();
        });
    }

    /** Inserts it, so that no cache has it. */
    void persistUncached() {
        try (StatelessSession session = other.sessionFactory().openStatelessSession()) {
            session.beginTransaction();
            session.setCacheMode(CacheMode.IGNORE);
            session.insert(new Product(id, "Kite", BigDecimal.ONE, null));
            session.getTransaction().commit();
        }
        other.settle();
        other.cache().evictEntityData(Product.class, id);
    }

    void cache() {
        persistUncached();
        node.askUntilCached(session -> session.find(Product.class, id).getName());
    }

    long storedBytes() {
        try (RedisConnection redis = nodes.redis().connect()) {
            return redis.number("STRLEN", node.key(Product.class, id));
        }
    }

    void store(String text) {
        try (RedisConnection redis = nodes.redis().connect()) {
            redis.call("SET", node.key(Product.class, id), text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
