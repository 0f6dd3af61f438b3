package dev.hearth.hibernate;

import dev.hearth.encoding.EncodingException;
import dev.hearth.encoding.UnreadableEntryException;
import dev.hearth.near.NearRegion;
import dev.hearth.near.Reading;
import dev.hearth.protocol.Completion;
import dev.hearth.protocol.LockUnavailableException;
import dev.hearth.protocol.Node;
import dev.hearth.protocol.Participant;
import dev.hearth.protocol.RegionHold;
import dev.hearth.protocol.Sealed;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.PutMode;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import dev.hearth.store.RemoteTier;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CachedDomainDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Access to what one role keeps in a region: translates Hibernate's calls (SPI of {@link CachedDomainDataAccess}) into
 * steps of the session's {@link Participant}.
 */
abstract class DomainAccess implements CachedDomainDataAccess {
    private final DomainRegion region;
    private final RegionStore store;
    private final NearRegion near;
    private final Role role;
    private final AccessType accessType;
    private final RegionTimer timer;

    DomainAccess(DomainRegion region, Role role, AccessType accessType) {
        this.region = region;
        this.store = region.store();
        this.near = region.near();
        this.role = role;
        this.accessType = accessType;
        this.timer = region.timer();
    }

    @Override
    public final DomainDataRegion getRegion() {
        return region;
    }

    final long nanoTime() {
        return region.node().tier().nanoTime();
    }

    @Override
    public final AccessType getAccessType() {
        return accessType;
    }

    final DomainRegion region() {
        return region;
    }

    final RemoteTier tier() {
        return region.node().tier();
    }

    final RegionStore store() {
        return store;
    }

    /** Both tiers of the region. */
    final NearRegion near() {
        return near;
    }

    final Role role() {
        return role;
    }

    final RegionTimer timer() {
        return timer;
    }

    static CacheKey key(Object key) {
        return (CacheKey) key;
    }

    /** Nonstrict access does not lock, and read-only access has nothing to lock but what is deleted. */
    final boolean locks() {
        return accessType != AccessType.NONSTRICT_READ_WRITE;
    }

    // Reading and publishing

    @Override
    public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        return find(TransactionContext.of(session), key(key));
    }

    /** Reads the entry for the session, and counts hit or miss, and its time. */
    final @Nullable Object find(TransactionContext context, CacheKey key) {
        return find(context, key, near::read);
    }

    /** As {@link #find(TransactionContext, CacheKey)}, asking Redis in this way. */
    final @Nullable Object find(TransactionContext context, CacheKey key, Function<EntryAddress, Reading> read) {
        long begun = timer.begin();
        Object found = look(context, key, read);
        if (found == null) {
            timer.missed(begun, context, key);
        } else {
            timer.ended(begun);
        }
        return found;
    }

    private @Nullable Object look(TransactionContext context, CacheKey key, Function<EntryAddress, Reading> read) {
        Participant participant = context.participant();
        if (participant.changesTables(role.tables(), role.name())) {
            store.nothing(MissReason.OWN_CHANGE);
            return null;
        }
        return participant.get(near, key.at(), read, value -> open(context, key, value));
    }

    /** The entry that the bytes stand for, counted as a hit; null, counted as a miss, if there is none to serve. */
    @Nullable
    Object open(TransactionContext context, CacheKey key, Found.Value value) {
        return decode(key, value);
    }

    /** Whether this session is changing the entry, its region, or a table that it is read from. */
    final boolean isOwnChange(TransactionContext context, CacheKey key) {
        return context.participant().changes(store, key.at())
                || context.participant().changesTables(role.tables(), role.name());
    }

    /** The value itself, counted as a hit; null, counted as a miss, if the bytes are not ours. */
    final @Nullable Object decode(CacheKey key, Found.Value found) {
        try {
            Object value = role.codec().open(key.bytes(), found.bytes(), found.offset());
            store.statistics().hit();
            return value;
        } catch (UnreadableEntryException e) {
            switch (e.reason()) {
                case OTHER_MAPPING -> store.otherMapping(key.at());
                case MALFORMED -> store.undecodable(key.at());
            }
            return null;
        }
    }

    /**
     * Keeps an entry near that no session has asked for.
     *
     * @param ticket taken before the entry was read
     */
    final void keep(CacheKey key, Found.Value found, long ticket) {
        try {
            near.keep(
                    key.at(),
                    role.codec().open(key.bytes(), found.bytes(), found.offset()),
                    found.bytes().length,
                    ticket);
        } catch (UnreadableEntryException e) {
            // Whoever asks for it will count and remove it.
            return;
        }
    }

    final @Nullable Sealed seal(CacheKey key, Object value) {
        try {
            return new Sealed(value, role.codec().seal(key.bytes(), value));
        } catch (EncodingException e) {
            store.statistics()
                    .refused(
                            switch (e.reason()) {
                                case TOO_LARGE -> PutRefusal.TOO_LARGE;
                                case NOT_ENCODABLE -> PutRefusal.NOT_ENCODABLE;
                            });
            return null;
        }
    }

    @Override
    public final boolean putFromLoad(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable Object version) {
        return putFromLoad(session, key, value, version, false);
    }

    @Override
    public final boolean putFromLoad(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            @Nullable Object version,
            boolean minimalPutOverride) {
        TransactionContext context = TransactionContext.of(session);
        if (context.isServingResult()) {
            store.statistics().refused(PutRefusal.OF_RESULT);
            return false;
        }
        long begun = timer.loaded(context, key(key));
        PutRefusal refusal = refusal(context, session);
        if (refusal != null) {
            store.statistics().refused(refusal);
            return false;
        }
        boolean stored = putFromLoad(context, key(key), value, mode(session, minimalPutOverride));
        timer.put(begun);
        return stored;
    }

    /**
     * A minimal put leaves what stands there, as does a value that never changes. A refresh replaces it, but for what it
     * repeats where nothing stale can stand.
     */
    private PutMode mode(SharedSessionContractImplementor session, boolean minimal) {
        if (session.getCacheMode() == CacheMode.REFRESH && accessType != AccessType.READ_WRITE) {
            return PutMode.REPLACE;
        }
        return minimal || accessType == AccessType.READ_ONLY ? PutMode.ABSENT : PutMode.LOAD;
    }

    boolean putFromLoad(TransactionContext context, CacheKey key, Object value, PutMode mode) {
        Sealed sealed = seal(key, value);
        return sealed != null && context.participant().putFromLoad(near, key.at(), sealed, mode);
    }

    private @Nullable PutRefusal refusal(TransactionContext context, SharedSessionContractImplementor session) {
        if (context.participant().changesTables(role.tables(), role.name())) {
            return PutRefusal.OWN_CHANGE;
        }
        return context.mayPublish(session) ? null : PutRefusal.JOINED_TRANSACTION;
    }

    @Override
    public final boolean contains(Object key) {
        return store.get(key(key).at()) instanceof Found.Value value && decode(key(key), value) != null;
    }

    // Locking one entry

    @Override
    public @Nullable SoftLock lockItem(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        TransactionContext context = TransactionContext.of(session);
        Completion completion = context.completion(session);
        announce(session);
        if (!locks()) {
            context.participant().changesUnlocked(store, key(key).at(), completion);
            return null;
        }
        try {
            Participant participant = context.participant();
            EntryAddress at = key(key).at();
            Collection<String> tables = completion == Completion.TRANSACTION ? announced(session, key(key)) : List.of();
            return new HeldLock.OfEntry(
                    tables.isEmpty() ? participant.lock(store, at, completion) : participant.lock(store, at, tables));
        } catch (LockUnavailableException e) {
            throw new CacheException(e.getMessage(), e);
        }
    }

    /** The tables that what locks the entry may change, as far as that is known and they should be announced with the lock. */
    Collection<String> announced(SharedSessionContractImplementor session, CacheKey key) {
        return List.of();
    }

    @Override
    public void unlockItem(SharedSessionContractImplementor session, Object key, @Nullable SoftLock lock) {
        unlock(session, key(key), lock, null);
    }

    /** Ends a lock; {@code value} is what the transaction has committed under the key, if that is known. */
    final void unlock(
            SharedSessionContractImplementor session, CacheKey key, @Nullable SoftLock lock, @Nullable Object value) {
        if (lock instanceof HeldLock.OfEntry held) {
            held.hold().unlock(value == null ? null : seal(key, value));
        } else {
            // Within a transaction the eviction is on its way already.
            TransactionContext.of(session).participant().changedUnlocked(store, key.at());
        }
    }

    /** The lock keeps readers away, so there is nothing to remove; a stateless session outside transactions is done. */
    @Override
    public void remove(SharedSessionContractImplementor session, Object key) {
        if (!session.isEventSource()) {
            TransactionContext.of(session).participant().changedAtOnce(store, key(key).at());
        }
    }

    // Locking and clearing the region

    @Override
    public final SoftLock lockRegion() {
        RegionHold hold = Participant.lockRegion(region.node(), store);
        UnadoptedLocks.add(hold);
        return new HeldLock.OfRegion(hold);
    }

    /** The bulk lock taken just before has emptied the region; what is left is to say whose lock it is. */
    @Override
    public final void removeAll(SharedSessionContractImplementor session) {
        List<RegionHold> holds = UnadoptedLocks.take();
        // First: where a native statement is refused, the session's rollback is what releases the lock.
        adopt(session, holds);
        region.guard().clears(session, TransactionContext.of(session));
        announce(session);
        lockAlso(session);
        if (holds.stream().noneMatch(hold -> hold.isOf(store))) {
            evictAll();
        }
    }

    /** Hibernate announces the tables that sessions change, but not those that stateless ones do. */
    private void announce(SharedSessionContractImplementor session) {
        if (!session.isEventSource()
                && session.getFactory().getSessionFactoryOptions().isQueryCacheEnabled()) {
            TableAnnouncements.announce(session, role.tables());
        }
    }

    /** Hibernate passes over collections that a statement on a part of a hierarchy may change. */
    private void lockAlso(SharedSessionContractImplementor session) {
        Participant participant = TransactionContext.of(session).participant();
        adopt(
                session,
                alsoChangedByStatements().stream()
                        .map(DomainAccess::store)
                        .distinct()
                        .filter(affected -> !participant.locks(affected))
                        .map(affected -> Participant.lockRegion(region.node(), affected))
                        .toList());
    }

    /** What else a bulk statement on this role's entities may change. */
    List<? extends DomainAccess> alsoChangedByStatements() {
        return List.of();
    }

    /** The bulk locks that this thread has taken, and that no bulk statement came for, are the session's. */
    static void adoptLocks(SharedSessionContractImplementor session) {
        adopt(session, UnadoptedLocks.take());
    }

    private static void adopt(SharedSessionContractImplementor session, List<RegionHold> holds) {
        if (holds.isEmpty()) {
            return;
        }
        TransactionContext context = TransactionContext.of(session);
        try {
            holds.forEach(hold -> context.participant().adopt(hold, context.completion(session)));
        } catch (LockUnavailableException e) {
            throw new CacheException(e.getMessage(), e);
        }
    }

    @Override
    public final void unlockRegion(SoftLock lock) {
        if (lock instanceof HeldLock.OfRegion held) {
            held.hold().unlock();
        }
    }

    @Override
    public void evict(Object key) {
        awaitOrOwe(region.node(), store, store.evict(key(key).at()));
        near.changed(key(key).at().key());
    }

    @Override
    public final void evictAll() {
        clear(region.node(), store);
    }

    static void clear(Node node, RegionStore store) {
        awaitOrOwe(node, store, store.clear());
        node.near().of(store).changed();
    }

    /* An eviction that Redis does not hear of is owed: this node does not use the region until it has cleared it. */
    private static void awaitOrOwe(Node node, RegionStore store, CompletableFuture<Void> eviction) {
        try {
            store.await(eviction);
        } catch (RedisUnavailableException e) {
            node.tier().owe(store);
        }
    }
}
