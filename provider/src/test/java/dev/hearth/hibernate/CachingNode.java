package dev.hearth.hibernate;

import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.statistics.RoundTrips;
import dev.hearth.store.RemoteTier;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.SqlCounter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.CacheImplementor;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** A node, and what its cache serves and keeps in Redis. */
final class CachingNode {
    private final NodeFixture node;
    private final RedisConnection redis;

    CachingNode(NodeFixture node, RedisConnection redis) {
        this.node = node;
        this.redis = redis;
    }

    /**
     * What a transaction of its own has answered.
     *
     * @param fromCache whether it took no SQL
     */
    record Answer<T>(@Nullable T value, boolean fromCache) {
        static <T> Answer<T> cached(@Nullable T value) {
            return new Answer<>(value, true);
        }

        static <T> Answer<T> loaded(@Nullable T value) {
            return new Answer<>(value, false);
        }
    }

    /**
     * Does the work in a transaction that knows itself to begin after all that Redis has seen, and waits until all that
     * it leaves to do there is done.
     */
    void inTransaction(Consumer<Session> work) {
        awaitStamp();
        node.inTransaction(work);
        settle();
    }

    /** As {@link #inTransaction}, in a transaction that is rolled back. */
    void rolledBack(Consumer<Session> work) {
        try (Session session = open()) {
            session.beginTransaction();
            work.accept(session);
            session.getTransaction().rollback();
        }
        settle();
    }

    /** Asks in a transaction, and waits as {@link #inTransaction} does. */
    <T> Answer<T> ask(Function<Session, @Nullable T> question) {
        awaitStamp();
        long before = sql().ofThisThread();
        T value = node.fromTransaction(question::apply);
        long statements = sql().ofThisThread() - before;
        settle();
        return new Answer<>(value, statements == 0);
    }

    /** Asks again and again until the answer comes from the cache: a load is not published right after a change. */
    <T> Answer<T> askUntilCached(Function<Session, @Nullable T> question) {
        AtomicReference<Answer<T>> last = new AtomicReference<>();
        Waiting.until("the answer comes from the cache", () -> {
            last.set(ask(question));
            return last.get().fromCache();
        });
        return last.get();
    }

    /** How often the current thread waits for Redis during the work. */
    static long waits(Runnable work) {
        long before = RoundTrips.onThisThread();
        work.run();
        return RoundTrips.onThisThread() - before;
    }

    /** Waits until no command of this node is under way. */
    void settle() {
        Waiting.until("no command is under way", () -> inFlight() == 0);
    }

    /** How many of this node's commands are under way. */
    int inFlight() {
        return tier().inFlight();
    }

    /** Waits until the stamps of new sessions, which lag behind Redis's clock, have come to this moment. */
    void awaitStamp() {
        long now = redisMicros();
        Waiting.until(
                "stamps come to " + now,
                () -> !tier().available() || tier().now().micros() > now);
    }

    /** Redis's own time. */
    long redisMicros() {
        List<?> time = (List<?>) redis("TIME");
        return Long.parseLong(text(time.get(0))) * 1_000_000 + Long.parseLong(text(time.get(1)));
    }

    private static String text(Object bulk) {
        return new String((byte[]) bulk, StandardCharsets.US_ASCII);
    }

    private Object redis(Object... command) {
        synchronized (redis) {
            return redis.call(command);
        }
    }

    private RemoteTier tier() {
        return cache().getCacheRegionNames().stream()
                .map(cache()::getRegion)
                .filter(DomainRegion.class::isInstance)
                .map(DomainRegion.class::cast)
                .findAny()
                .orElseThrow()
                .node()
                .tier();
    }

    Session open() {
        return sessionFactory().openSession();
    }

    SessionFactory sessionFactory() {
        return node.sessionFactory();
    }

    SessionFactoryImplementor implementor() {
        return node.implementor();
    }

    CacheImplementor cache() {
        return implementor().getCache();
    }

    SqlCounter sql() {
        return node.sql();
    }

    NodeFixture fixture() {
        return node;
    }

    // What lies in Redis

    /** Whether the entity could be served now. */
    boolean caches(Class<?> entity, Object id) {
        return cache().containsEntity(entity, id);
    }

    /** Whether the collection could be served now. */
    boolean cachesCollection(Class<?> owner, String attribute, Object id) {
        return cache().containsCollection(owner.getName() + "." + attribute, id);
    }

    /** What stands in Redis under the entity's key: V, L or nothing. */
    String stored(Class<?> entity, Object id) {
        return state(key(entity, id));
    }

    /** The entity's key in Redis. */
    String key(Class<?> entity, Object id) {
        EntityPersister persister = persister(entity);
        return persister
                .getCacheAccessStrategy()
                .generateCacheKey(id, persister, implementor(), null)
                .toString();
    }

    /** What stands in Redis under the collection's key: V, L or nothing. */
    String storedCollection(Class<?> owner, String attribute, Object id) {
        CollectionPersister persister =
                implementor().getMappingMetamodel().getCollectionDescriptor(owner.getName() + "." + attribute);
        return state(persister.getCacheAccessStrategy().generateCacheKey(id, persister, implementor(), null));
    }

    private String state(Object key) {
        return text(redis("GETRANGE", key, 0, 0));
    }

    /** When the last hold of the soft lock that stands under the key lapses, in microseconds of Redis's time. */
    long expiryOfLock(String key) {
        String holds = text(redis("GETRANGE", key, -17, -2));
        return Long.parseLong(holds);
    }

    EntityPersister persister(Class<?> entity) {
        return implementor().getMappingMetamodel().getEntityDescriptor(entity);
    }

    RegionStatistics statistics(Class<?> entity) {
        return statistics(persister(entity).getRootEntityName());
    }

    NodeStatistics nodeStatistics() {
        return tier().statistics();
    }

    RegionStatistics statistics(String region) {
        return ((DomainRegion) cache().getRegion(region)).store().statistics();
    }
}
