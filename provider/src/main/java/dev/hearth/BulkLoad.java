package dev.hearth;

import dev.hearth.hibernate.BulkSession;
import dev.hearth.statistics.PutCounts;
import dev.hearth.store.RedisUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Fills the cache with what one transaction reads, in few commands. What is loaded through the {@link #session} is made into
 * entries as Hibernate makes them of any load: entities, their natural ids, collections that are fetched along, results of
 * cacheable queries. They are published by the rules for loads, so that nothing newer is overwritten, whatever happens in
 * between (DESIGN section 5). For one thread and one transaction, which is best short.
 *
 * <pre>{@code
 * try (BulkLoad load = BulkLoad.begin(factory, true)) {
 *     load.session().beginTransaction();
 *     load.session().createSelectionQuery("from Product where price > 100", Product.class).getResultList();
 *     load.session().getTransaction().commit();
 *     PutCounts counts = load.flush();
 * }
 * }</pre>
 */
public final class BulkLoad implements AutoCloseable {
    private final BulkSession session;

    private BulkLoad(BulkSession session) {
        this.session = session;
    }

    /**
     * Whether Redis answers, so that there is a cache to fill.
     *
     * @throws IllegalArgumentException if the session factory's cache is another one
     */
    public static boolean isAvailable(SessionFactory factory) {
        return BulkSession.node(factory).tier().available();
    }

    /**
     * Opens a session. What it reads must not have been read from the database before.
     *
     * @param naturalIds whether natural ids are published along with their entities
     * @throws IllegalArgumentException if the session factory's cache is another one
     */
    public static BulkLoad begin(SessionFactory factory, boolean naturalIds) {
        return new BulkLoad(BulkSession.open(factory, naturalIds));
    }

    /** The session to load with; its transactions are the caller's business. */
    public StatelessSession session() {
        return session.session();
    }

    /**
     * Those of these ids whose entities are not in the cache, or expire before half of their time to live is over. None for immutable entities that are cached as live objects,
     * since these cannot be loaded for other nodes.
     *
     * @param entity the class, or a superclass in its hierarchy that is mapped
     * @throws IllegalArgumentException if the class is not a mapped entity, or not cached
     * @throws CacheUnavailableException if Redis does not answer
     */
    public <T> List<T> missing(Class<?> entity, Collection<T> ids) {
        return answer(() -> session.missing(entity, ids));
    }

    /**
     * Those of these keys whose collections are not in the cache, or expire before half of their time to live is over.
     *
     * @param role the name of the class that declares the collection, a dot, and the attribute
     * @param keys ids of the owners, where the mapping does not say otherwise
     * @throws IllegalArgumentException if there is no such collection, or it is not cached
     * @throws CacheUnavailableException if Redis does not answer
     */
    public <T> List<T> missingCollections(String role, Collection<T> keys) {
        return answer(() -> session.missing(role, keys));
    }

    /**
     * Those of these ids whose natural ids are not in the cache, or expire before half of their time to live is over.
     *
     * @param naturalIds by the entities' ids: the value, or values in the order of the mapping
     * @throws IllegalArgumentException if the class is not a mapped entity, or its natural ids are not cached
     * @throws CacheUnavailableException if Redis does not answer
     */
    public <T> List<T> missingNaturalIds(Class<?> entity, Map<T, Object> naturalIds) {
        return answer(() -> session.missingNaturalIds(entity, naturalIds));
    }

    /**
     * Sends what was loaded since the last call, and waits until Redis has taken it. Each entry counts once, even if it was
     * loaded more than once.
     *
     * @throws CacheUnavailableException if Redis does not answer; some of it may have been stored
     */
    public PutCounts flush() {
        return answer(session::flush);
    }

    private static <T> T answer(Supplier<T> question) {
        try {
            return question.get();
        } catch (RedisUnavailableException e) {
            throw new CacheUnavailableException(e);
        }
    }

    /** Closes the session. What was not flushed may be published, or not. */
    @Override
    public void close() {
        session.close();
    }
}
