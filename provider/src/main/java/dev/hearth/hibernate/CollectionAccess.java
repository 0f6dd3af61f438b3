package dev.hearth.hibernate;

import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/** Access to one collection role: Hibernate never updates a cached collection, it only locks and drops it. */
final class CollectionAccess extends DomainAccess implements CollectionDataAccess {
    CollectionAccess(DomainRegion region, Role role, AccessType accessType) {
        super(region, role, accessType);
    }

    @Override
    public Object generateCacheKey(
            Object id,
            CollectionPersister collectionDescriptor,
            SessionFactoryImplementor factory,
            @Nullable String tenant) {
        return new CacheKey(store(), role().keys(), id, tenant);
    }

    /** After a hit Hibernate asks for the elements' entities one by one: they are read ahead. */
    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        ReadAhead ahead = new ReadAhead(tier(), near(), region().companions());
        Object entry = find(TransactionContext.of(session), key(key), ahead::lead);
        if (entry instanceof CollectionCacheEntry collection) {
            long begun = timer().begin();
            CollectionElements.prefetch(session, role().name(), collection, ahead);
            timer().ended(begun);
        } else {
            ahead.ledNowhere();
        }
        return entry;
    }

    @Override
    public Object getCacheKeyId(Object cacheKey) {
        return key(cacheKey).id();
    }
}
