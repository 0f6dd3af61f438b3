package dev.hearth.hibernate;

import dev.hearth.protocol.Completion;
import dev.hearth.statistics.MissReason;
import dev.hearth.store.Found;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Access to the ids behind the natural ids of one hierarchy. */
final class NaturalIdAccess extends DomainAccess implements NaturalIdDataAccess {
    /* DESIGN section 5: a natural id is served only together with a readable entry of its entity, because Hibernate
     * tells natural ids less than entities: a delete evicts them without a lock, a stateless update says nothing. */
    NaturalIdAccess(DomainRegion region, Role role, AccessType accessType) {
        super(region, role, accessType);
    }

    @Override
    public Object generateCacheKey(
            Object naturalIdValues, EntityPersister rootEntityDescriptor, SharedSessionContractImplementor session) {
        String tenant = session.getTenantIdentifier();
        return new CacheKey(store(), role().keys().encode(naturalIdValues, tenant), naturalIdValues, tenant, session);
    }

    @Override
    public Object getNaturalIdValues(Object cacheKey) {
        return key(cacheKey).id();
    }

    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        TransactionContext context = TransactionContext.of(session);
        if (!(read(context, key(key)) instanceof Found.Value value)) {
            return null;
        }
        Object id = decode(key(key), value);
        return id == null || isConfirmed(session, context, id, key(key).tenant()) ? id : null;
    }

    private boolean isConfirmed(
            SharedSessionContractImplementor session, TransactionContext context, Object id, @Nullable String tenant) {
        EntityAccess entities = role().entities();
        if (entities == null || isInSession(session, id)) {
            return true;
        }
        if (entities.prefetch(context, entities.cacheKey(id, tenant))) {
            return true;
        }
        store().statistics().miss(MissReason.UNCONFIRMED);
        return false;
    }

    /** Hibernate asks after every load and hit whether the natural id is cached; the session has the entity then. */
    private boolean isInSession(SharedSessionContractImplementor session, Object id) {
        return session.getPersistenceContextInternal()
                .containsEntity(session.generateEntityKey(id, role().entityPersister()));
    }

    @Override
    public boolean insert(SharedSessionContractImplementor session, Object key, Object value) {
        TransactionContext.of(session).participant().inserts(key(key).at());
        return false;
    }

    @Override
    public boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value) {
        if (!locks()) {
            return false;
        }
        byte[] body = encode(key(key), value);
        return body != null && TransactionContext.of(session).participant().putInserted(store(), key(key).at(), body);
    }

    @Override
    public boolean update(SharedSessionContractImplementor session, Object key, Object value) {
        return false;
    }

    @Override
    public boolean afterUpdate(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable SoftLock lock) {
        unlock(session, key(key), lock, value);
        return lock != null;
    }

    /**
     * Hibernate evicts the natural id of a deleted entity inside the transaction or after its commit, and names no
     * session: the key does. Inside, the eviction becomes a lock, so that nobody publishes the old id until the commit;
     * after it, the eviction is sent without waiting.
     */
    @Override
    public void evict(Object key) {
        SharedSessionContractImplementor session = key(key).session();
        if (session == null || session.isClosed()) {
            super.evict(key);
        } else if (session.getTransactionCoordinator().isTransactionActive()) {
            lockItem(session, key, null);
        } else {
            TransactionContext.of(session).participant().changesUnlocked(store(), key(key).at(), Completion.AUTOCOMMIT);
        }
    }
}
