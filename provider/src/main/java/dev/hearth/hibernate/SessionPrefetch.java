package dev.hearth.hibernate;

import java.util.Collection;
import org.hibernate.SharedSessionContract;
import org.hibernate.UnknownEntityTypeException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Reading ahead for ids that the application knows. */
public final class SessionPrefetch {
    private SessionPrefetch() {}

    /**
     * Reads these entities into the session's stash, in one round trip.
     *
     * @throws IllegalArgumentException if the class is not a mapped entity
     */
    public static void prefetch(SharedSessionContract session, Class<?> entity, Collection<?> ids) {
        SharedSessionContractImplementor implementor = (SharedSessionContractImplementor) session;
        if (!(implementor.getCacheTransactionSynchronization() instanceof TransactionContext)) {
            return;
        }
        EntityPersister persister = persister(implementor, entity);
        Prefetcher prefetcher = new Prefetcher(TransactionContext.of(implementor), implementor);
        ids.forEach(id -> prefetcher.add(persister, id));
        prefetcher.fetch();
    }

    private static EntityPersister persister(SharedSessionContractImplementor session, Class<?> entity) {
        try {
            return session.getFactory().getMappingMetamodel().getEntityDescriptor(entity);
        } catch (UnknownEntityTypeException e) {
            throw new IllegalArgumentException(entity.getName() + " is not a mapped entity", e);
        }
    }
}
