package dev.hearth.hibernate;

import dev.hearth.protocol.Node;
import dev.hearth.statistics.PutCounts;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.GatheredPuts;
import dev.hearth.store.RedisUnavailableException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.UnknownEntityTypeException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** A stateless session whose loads are published many at a time, and what it finds to be published already. */
public final class BulkSession implements AutoCloseable {
    /* Hibernate makes the entries, as it does for any load, and hands them to the access of their role. There they are
     * gathered instead of being sent one by one, under the stamp that the session took when it was opened: the rules are
     * those of any session. */
    private final SessionFactoryImplementor factory;
    private final Node node;
    private final StatelessSession session;
    private final GatheredPuts puts;

    private BulkSession(SessionFactoryImplementor factory, Node node, StatelessSession session, GatheredPuts puts) {
        this.factory = factory;
        this.node = node;
        this.session = session;
        this.puts = puts;
    }

    /** The node that serves a session factory. */
    public static Node node(SessionFactory factory) {
        if (factory.unwrap(SessionFactoryImplementor.class).getCache().getRegionFactory()
                instanceof FactoryHooks hooks) {
            return hooks.hibernate().node();
        }
        throw new IllegalArgumentException(
                "The session factory has another second-level cache: hibernate.cache.region.factory_class must be hearth");
    }

    /** Takes the stamp, so nothing of the database may have been read before that is to be published. */
    public static BulkSession open(SessionFactory factory, boolean naturalIds) {
        Node node = node(factory);
        StatelessSession session = factory.openStatelessSession();
        // What is not cached of a load's eager associations is read as any session reads it, what is comes from the
        // cache.
        session.setCacheMode(CacheMode.NORMAL);
        TransactionContext context = TransactionContext.of((SharedSessionContractImplementor) session);
        if (!naturalIds) {
            context.omitNaturalIds();
        }
        GatheredPuts puts = context.participant().gather();
        return new BulkSession(factory.unwrap(SessionFactoryImplementor.class), node, session, puts);
    }

    public StatelessSession session() {
        return session;
    }

    /**
     * Those of these ids whose entities could not be served now. None, where entities are cached as live objects.
     *
     * @throws RedisUnavailableException if that cannot be told
     */
    public <T> List<T> missing(Class<?> entity, Collection<T> ids) {
        EntityPersister persister = persister(entity);
        if (persister.canUseReferenceCacheEntries()) {
            return List.of();
        }
        if (persister.getCacheAccessStrategy() instanceof EntityAccess access) {
            return missing(access, ids, id -> access.cacheKey(id, tenant()));
        }
        throw new IllegalArgumentException(entity.getName() + " is not cached");
    }

    /**
     * Those of these keys whose collections could not be served now.
     *
     * @param role the name of the class that declares the collection, a dot, and the attribute
     * @throws RedisUnavailableException if that cannot be told
     */
    public <T> List<T> missing(String role, Collection<T> keys) {
        CollectionPersister persister = factory.getMappingMetamodel().findCollectionDescriptor(role);
        if (persister != null && persister.getCacheAccessStrategy() instanceof CollectionAccess access) {
            return missing(access, keys, key -> (CacheKey) access.generateCacheKey(key, persister, factory, tenant()));
        }
        throw new IllegalArgumentException(role + (persister == null ? " is no collection" : " is not cached"));
    }

    /**
     * Those of these ids whose natural ids could not be served now.
     *
     * @throws RedisUnavailableException if that cannot be told
     */
    public <T> List<T> missingNaturalIds(Class<?> entity, Map<T, Object> naturalIds) {
        EntityPersister persister = persister(entity);
        if (persister.getNaturalIdCacheAccessStrategy() instanceof NaturalIdAccess access) {
            return missing(access, naturalIds.keySet(), id -> (CacheKey) access.generateCacheKey(
                    Objects.requireNonNull(naturalIds.get(id)), persister, (SharedSessionContractImplementor) session));
        }
        throw new IllegalArgumentException(entity.getName() + " has no cached natural id");
    }

    private <T> List<T> missing(DomainAccess access, Collection<T> ids, Function<T, CacheKey> key) {
        Map<EntryAddress, T> wanted = new LinkedHashMap<>();
        ids.forEach(id -> wanted.put(key.apply(id).at(), id));
        Set<EntryAddress> present = access.store()
                .await(access.store()
                        .present(wanted.keySet(), access.role().codec().head()));
        wanted.keySet().removeAll(present);
        return List.copyOf(wanted.values());
    }

    private EntityPersister persister(Class<?> entity) {
        try {
            return factory.getMappingMetamodel().getEntityDescriptor(entity);
        } catch (UnknownEntityTypeException e) {
            throw new IllegalArgumentException(entity.getName() + " is not a mapped entity", e);
        }
    }

    private @Nullable String tenant() {
        return ((SharedSessionContractImplementor) session).getTenantIdentifier();
    }

    /**
     * Sends what was loaded, and waits until Redis has taken it.
     *
     * @throws RedisUnavailableException if Redis does not answer
     */
    public PutCounts flush() {
        return node.tier().await(puts.flush());
    }

    @Override
    public void close() {
        session.close();
    }
}
