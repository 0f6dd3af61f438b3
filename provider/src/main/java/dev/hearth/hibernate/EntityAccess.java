package dev.hearth.hibernate;

import dev.hearth.encoding.EntryCodec;
import dev.hearth.near.Reading;
import dev.hearth.protocol.Participant;
import dev.hearth.protocol.Sealed;
import dev.hearth.statistics.MissReason;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.PutMode;
import java.util.Collection;
import java.util.List;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Access to the entities of one hierarchy. */
final class EntityAccess extends DomainAccess implements EntityDataAccess {
    private final ReferenceEntries references;

    EntityAccess(DomainRegion region, Role role, AccessType accessType) {
        super(region, role, accessType);
        this.references = new ReferenceEntries(near());
    }

    @Override
    public Object generateCacheKey(
            Object id,
            EntityPersister rootEntityDescriptor,
            SessionFactoryImplementor factory,
            @Nullable String tenant) {
        return cacheKey(id, tenant);
    }

    CacheKey cacheKey(Object id, @Nullable String tenant) {
        return new CacheKey(store(), role().keys(), id, tenant);
    }

    CacheKey cacheKey(EntryAddress at) {
        return new CacheKey(store(), at);
    }

    @Override
    public Object getCacheKeyId(Object cacheKey) {
        return key(cacheKey).id();
    }

    /** An entity that was read together with its natural id is handed over without asking again. */
    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        TransactionContext context = TransactionContext.of(session);
        Prefetched prefetched = context.takeStashed(key(key), session);
        Object entry = prefetched != null && !isOwnChange(context, key(key))
                ? prefetched.entry()
                : find(context, key(key), at -> context.readAlong(this, key(key), session));
        if (entry != null) {
            remember(context, key(key));
            context.served(key(key));
            region().audited().served(this, session, key(key), entry);
        }
        return entry;
    }

    @Override
    @Nullable
    Object open(TransactionContext context, CacheKey key, Found.Value value) {
        if (!ReferenceEntries.isMarker(value)) {
            return decode(key, value);
        }
        Object entry = references.get(context, key.at(), value);
        if (entry == null) {
            store().statistics().miss(MissReason.ABSENT);
        } else {
            store().statistics().hit();
        }
        return entry;
    }

    @Override
    boolean putFromLoad(TransactionContext context, CacheKey key, Object value, PutMode mode) {
        remember(context, key);
        if (!EntryCodec.isReference(value)) {
            return super.putFromLoad(context, key, value, mode);
        }
        // Live objects are of use to this node alone: nobody is served by loading them ahead.
        return !context.participant().gathers() && references.put(context, key.at(), value, mode);
    }

    /** A result that is being loaded leads to this entity, and does not hold it. */
    private void remember(TransactionContext context, CacheKey key) {
        if (context.isLoadingResults() && role().entityPersister().useShallowQueryCacheLayout()) {
            context.queries().ledTo(role().name(), key);
        }
    }

    /** Reads the entity, for the lookup that follows as well; null if there is none to find. */
    @Nullable
    Object prefetch(TransactionContext context, CacheKey key, ReadAhead ahead) {
        Object entry = find(context, key, at -> {
            Reading read = ahead.read(at);
            return read == null ? near().read(at) : read;
        });
        if (entry != null) {
            context.stash().fill(List.of(new Prefetched(key, entry, this)), nanoTime());
        }
        return entry;
    }

    /**
     * Hibernate locks the collections that are declared to hold the very class that a statement names. One on a subclass
     * changes those of its superclasses as well.
     */
    @Override
    List<? extends DomainAccess> alsoChangedByStatements() {
        return role().entityPersister().hasSubclasses() ? region().collectionsOver(role().tables()) : List.of();
    }

    @Override
    Collection<String> announced(SharedSessionContractImplementor session, CacheKey key) {
        Collection<String> tables = TransactionContext.of(session).takeAnnounced(this);
        return tables.isEmpty() ? FlushAnnouncements.ofRemoval(session, role().entityPersister(), key.id()) : tables;
    }

    @Override
    public boolean insert(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable Object version) {
        TransactionContext.of(session).participant().inserts(key(key).at());
        return false;
    }

    /** Nonstrict access publishes nothing that it has not read, as nothing would keep a later change from it. */
    @Override
    public boolean afterInsert(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable Object version) {
        if (!locks()) {
            return false;
        }
        Participant participant = TransactionContext.of(session).participant();
        if (EntryCodec.isReference(value)) {
            return references.putInserted(participant, key(key).at(), value);
        }
        Sealed sealed = seal(key(key), value);
        return sealed != null && participant.putInserted(near(), key(key).at(), sealed);
    }

    @Override
    public boolean update(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            @Nullable Object currentVersion,
            @Nullable Object previousVersion) {
        if (getAccessType() == AccessType.READ_ONLY) {
            throw new UnsupportedOperationException("[" + store().name() + "] " + role().name()
                    + " is cached as READ_ONLY and cannot be updated; make it READ_WRITE or leave it unchanged");
        }
        return false;
    }

    @Override
    public boolean afterUpdate(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            @Nullable Object currentVersion,
            @Nullable Object previousVersion,
            @Nullable SoftLock lock) {
        unlock(session, key(key), lock, value);
        return lock != null;
    }
}
