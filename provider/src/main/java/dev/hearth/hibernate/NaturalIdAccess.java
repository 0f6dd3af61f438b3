package dev.hearth.hibernate;

import dev.hearth.protocol.Completion;
import dev.hearth.protocol.Sealed;
import dev.hearth.statistics.MissReason;
import dev.hearth.store.PutMode;
import java.util.List;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.NaturalIdResolutions;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Access to the ids behind the natural ids of one hierarchy. */
final class NaturalIdAccess extends DomainAccess implements NaturalIdDataAccess {
    /* DESIGN section 5: a natural id is served only together with a readable entry of its entity, because Hibernate
     * tells natural ids less than entities: a delete evicts them without a lock, a stateless update says nothing. And
     * only if that entity has it, for the same reason.
     *
     * It also asks, after every load and hit of an entity, whether the natural id is cached too, only to publish it if
     * not. The session knows the id by then, so that costs no round trip: the answer is yes after a hit, and no after a
     * load, because a put that repeats what stands there makes nobody wait. */
    NaturalIdAccess(DomainRegion region, Role role, AccessType accessType) {
        super(region, role, accessType);
    }

    @Override
    public Object generateCacheKey(
            Object naturalIdValues, EntityPersister rootEntityDescriptor, SharedSessionContractImplementor session) {
        if (TransactionContext.of(session).asksSessionOnly()) {
            throw NotInSession.INSTANCE;
        }
        String tenant = session.getTenantIdentifier();
        return new CacheKey(store(), role().keys(), naturalIdValues, tenant, session);
    }

    @Override
    public Object getNaturalIdValues(Object cacheKey) {
        return key(cacheKey).id();
    }

    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        TransactionContext context = TransactionContext.of(session);
        EntityAccess entities = role().entities();
        if (entities == null) {
            return super.get(session, key);
        }
        Object known = knownToSession(session, context, key(key));
        if (known != null) {
            return context.wasServed(entities.cacheKey(known, key(key).tenant())) ? known : null;
        }
        return confirmed(session, context, entities, key(key));
    }

    @Override
    boolean putFromLoad(TransactionContext context, CacheKey key, Object value, PutMode mode) {
        return !context.omitsNaturalIds() && super.putFromLoad(context, key, value, mode);
    }

    private @Nullable Object confirmed(
            SharedSessionContractImplementor session, TransactionContext context, EntityAccess entities, CacheKey key) {
        ReadAhead ahead = new ReadAhead(tier(), near(), region().companions());
        Object id = find(context, key, ahead::lead);
        if (id == null) {
            ahead.ledNowhere();
            return null;
        }
        CacheKey entity = entities.cacheKey(id, key.tenant());
        ahead.ledTo(List.of(new Companions.Companion(entities, entity.at())));
        Object entry = entities.prefetch(context, entity, ahead);
        if (entry == null || !new NaturalIdProof(session, role().entityPersister(), key.id()).isThatOf(entry)) {
            store().statistics().miss(MissReason.UNCONFIRMED);
            return null;
        }
        return id;
    }

    /** The id that the session itself has for a natural id: the one of an entity that it has just met. */
    private @Nullable Object knownToSession(
            SharedSessionContractImplementor session, TransactionContext context, CacheKey key) {
        /* Where the session does not know, Hibernate's method would come back to this access with a key it has made:
         * that is where the question ends. */
        context.asksSessionOnly(true);
        try {
            Object id = session.getPersistenceContextInternal()
                    .getNaturalIdResolutions()
                    .findCachedIdByNaturalId(key.id(), role().entityPersister());
            return id == NaturalIdResolutions.INVALID_NATURAL_ID_REFERENCE ? null : id;
        } catch (NotInSession e) {
            return null;
        } finally {
            context.asksSessionOnly(false);
        }
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
        Sealed sealed = seal(key(key), value);
        return sealed != null
                && TransactionContext.of(session).participant().putInserted(near(), key(key).at(), sealed);
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

    /** Ends a question that only the session should answer. */
    private static final class NotInSession extends RuntimeException {
        static final NotInSession INSTANCE = new NotInSession();
        private static final long serialVersionUID = 1L;

        private NotInSession() {
            super("The session does not know the natural id", null, false, false);
        }
    }
}
