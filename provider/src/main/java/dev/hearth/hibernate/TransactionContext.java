package dev.hearth.hibernate;

import dev.hearth.config.JoinedTransactions;
import dev.hearth.encoding.ResultHints;
import dev.hearth.near.Reading;
import dev.hearth.protocol.Completion;
import dev.hearth.protocol.LockUnavailableException;
import dev.hearth.protocol.Node;
import dev.hearth.protocol.Participant;
import dev.hearth.store.EntryAddress;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.SessionEventListener;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.jspecify.annotations.Nullable;

/**
 * A session's state in the cache, and the ears that hear of its transaction. Hibernate makes one for every session, in
 * the session's constructor, when nothing of the session can be asked yet.
 */
public final class TransactionContext implements CacheTransactionSynchronization {
    /* A child session shares its parent's transaction, and only the parent's context hears of it: so a child's state is
     * its parent's. A stateless session's context hears of nothing: a Synchronization stands in for it. */
    private final Participant participant;
    private final JoinedTransactions joinedTransactions;
    private @Nullable TransactionContext root;
    private boolean listening;
    private @Nullable Origin origin;
    private @Nullable SharedTransaction written;
    private @Nullable Stash stash;
    private @Nullable AskedQueries queries;
    private @Nullable Misses misses;
    private @Nullable CacheKey served;
    private boolean asksSessionOnly;
    private boolean omitsNaturalIds;
    private boolean unspecificFlush;
    private boolean servingResult;
    private boolean hearsStatements;
    private boolean publishesNothing;
    private @Nullable ComingLock comingLock;
    private @Nullable Map<EntryAddress, byte[]> tokens;
    private @Nullable Set<UnloadedRemoval> removals;

    public TransactionContext(Node node, JoinedTransactions joinedTransactions) {
        this.participant = new Participant(node);
        this.joinedTransactions = joinedTransactions;
    }

    /** The context that hears of this session's transaction: its own, or its parent's. */
    static TransactionContext of(SharedSessionContractImplementor session) {
        TransactionContext own = (TransactionContext) session.getCacheTransactionSynchronization();
        TransactionContext root = own.root;
        if (root == null) {
            root = own.root = owner(session, own);
        }
        return root;
    }

    private static TransactionContext owner(SharedSessionContractImplementor session, TransactionContext own) {
        return session.getJdbcCoordinator().getJdbcSessionOwner() instanceof SharedSessionContractImplementor owner
                        && owner.getCacheTransactionSynchronization() instanceof TransactionContext context
                ? context
                : own;
    }

    Participant participant() {
        return participant;
    }

    /** Who tells this session of the end of what it does now; makes sure to be told where that takes asking. */
    Completion completion(SharedSessionContractImplementor session) {
        TransactionCoordinator coordinator = session.getTransactionCoordinator();
        if (coordinator.isTransactionActive()) {
            if (!listening && !ownerTellsContext(session)) {
                coordinator.getLocalSynchronizations().registerSynchronization(new Ears());
                listening = true;
            }
            if (session.getJdbcCoordinator().getJdbcSessionOwner() instanceof SharedSessionContractImplementor owner) {
                participant.keepsLocksWhile(owner::isOpenOrWaitingForAutoClose);
            }
            return Completion.TRANSACTION;
        }
        return Origin.isAutocommit(session) ? Completion.AUTOCOMMIT : Completion.FOREIGN;
    }

    private static boolean ownerTellsContext(SharedSessionContractImplementor session) {
        return session.getJdbcCoordinator().getJdbcSessionOwner() instanceof SharedSessionContractImplementor owner
                && owner.isEventSource();
    }

    /**
     * Whether what this session loads is as new as its stamp, and committed but for what it has written itself. It is, in
     * transactions that it began itself; elsewhere the database may show a snapshot from before the session was opened,
     * unless every statement sees the present, or rows that another session has written in the same transaction.
     */
    boolean mayPublish(SharedSessionContractImplementor session) {
        if (publishesNothing) {
            return false;
        }
        Origin known = origin;
        if (known == null) {
            known = origin = Origin.of(session, joinedTransactions);
        }
        return switch (known) {
            case OWN -> true;
            case JOINED -> !SharedTransaction.hasOtherWriter(session, this);
            case OLDER -> false;
        };
    }

    /** The session only looks: Hibernate publishes natural ids that it loads even where the cache is to be ignored. */
    void publishNothing() {
        publishesNothing = true;
    }

    /** The session writes rows, which others in its transaction will see. */
    void writes(SharedSessionContractImplementor session) {
        if (written == null) {
            written = SharedTransaction.write(session, this);
        }
    }

    /** The session removes what it has not loaded, in this transaction or, if it flushes only then, in a later one. */
    void removes(UnloadedRemoval removal) {
        if (removals == null) {
            removals = new HashSet<>(2);
        }
        removals.add(removal);
        removal.write();
    }

    /** What was read for the lookups that follow. */
    Stash stash() {
        if (stash == null) {
            stash = new Stash();
        }
        return stash;
    }

    /** Hands over what was read for this lookup, if anything was; a session that is slow to ask has it read again. */
    @Nullable
    Prefetched takeStashed(CacheKey key, SharedSessionContractImplementor session) {
        if (stash == null || stash.isEmpty()) {
            return null;
        }
        if (stash.isOutdated(key, participant.nanoTime())) {
            new Prefetcher(this, session).fetchAgain();
        }
        return stash.take(key);
    }

    /** Reads what is not kept near, with others that a result which was kept near leads to, if it is one of those. */
    Reading readAlong(EntityAccess access, CacheKey key, SharedSessionContractImplementor session) {
        ResultHints expected = stash == null ? null : stash.takeExpected();
        if (expected == null) {
            return access.near().read(key.at());
        }
        Prefetcher prefetcher = new Prefetcher(this, session);
        prefetcher.addHints(expected);
        return prefetcher.fetchWith(access, key);
    }

    /** The queries whose results this session is loading. */
    AskedQueries queries() {
        if (queries == null) {
            queries = new AskedQueries();
        }
        return queries;
    }

    /** The look-ups that the session loads for. */
    Misses misses() {
        if (misses == null) {
            misses = new Misses();
        }
        return misses;
    }

    /** Whether a query's result is being loaded. */
    boolean isLoadingResults() {
        return queries != null && !queries.isEmpty();
    }

    /** The session reads the rows of a cached result from here on, until it asks the database for anything. */
    void servesResult(SharedSessionContractImplementor session) {
        servingResult = true;
        if (!hearsStatements) {
            hearsStatements = true;
            session.getEventListenerManager().addListener(new Statements());
        }
    }

    /** Whether what the session reads now cannot be newer than what the cache has. */
    boolean isServingResult() {
        return servingResult;
    }

    /** The cache has just served this entity to the session. */
    void served(CacheKey entity) {
        served = entity;
    }

    /** Whether the entity was the last that the cache has served in this transaction. */
    boolean wasServed(CacheKey entity) {
        return entity.equals(served);
    }

    /** While true, a natural id is looked for in the session and nowhere else. */
    void asksSessionOnly(boolean only) {
        asksSessionOnly = only;
    }

    boolean asksSessionOnly() {
        return asksSessionOnly;
    }

    /** This session publishes no natural ids. */
    void omitNaturalIds() {
        omitsNaturalIds = true;
    }

    boolean omitsNaturalIds() {
        return omitsNaturalIds;
    }

    /** A statement is about to run, {@code unspecific} if it does not say on which tables. */
    void flushes(boolean unspecific) {
        unspecificFlush = unspecific;
    }

    /** Whether the statement that was about to run last did not name its tables; asked once. */
    boolean takeUnspecificFlush() {
        boolean unspecific = unspecificFlush;
        unspecificFlush = false;
        return unspecific;
    }

    /** The next lock of an entity there is for an update, which changes these tables. */
    void announcesWithLock(EntityAccess access, Collection<String> tables) {
        comingLock = new ComingLock(access, tables);
    }

    /** The tables to announce with a lock there; empty if none are to be. */
    Collection<String> takeAnnounced(DomainAccess access) {
        ComingLock coming = comingLock;
        comingLock = null;
        return coming == null || coming.access != access ? List.of() : coming.tables;
    }

    /** A token that stood in Redis when this session asked for an entry that holds a live object. */
    void found(EntryAddress at, byte[] token) {
        if (tokens == null) {
            tokens = new HashMap<>(2);
        }
        tokens.put(at, token);
    }

    byte @Nullable [] foundToken(EntryAddress at) {
        return tokens == null ? null : tokens.remove(at);
    }

    // What Hibernate tells

    @Override
    public long getCachingTimestamp() {
        return System.currentTimeMillis();
    }

    @Override
    public void transactionJoined() {
        if (isRoot()) {
            begin();
        }
    }

    @Override
    public void transactionCompleting() {
        if (isRoot()) {
            completing();
        }
    }

    @Override
    public void transactionCompleted(boolean successful) {
        if (isRoot()) {
            end(successful);
        }
    }

    private boolean isRoot() {
        return root == null || root == this;
    }

    private void begin() {
        forget();
        participant.joined();
        keepRemovals();
    }

    private void completing() {
        try {
            participant.completing();
        } catch (LockUnavailableException e) {
            throw new CacheException(e.getMessage(), e);
        }
    }

    private void end(boolean successful) {
        forget();
        listening = false;
        if (written != null) {
            written.ended(this);
            written = null;
        }
        participant.completed(successful);
        keepRemovals();
    }

    /** What was removed and not flushed is of the next transaction. */
    private void keepRemovals() {
        if (removals != null) {
            removals.removeIf(removal -> !removal.isPending());
            removals.forEach(UnloadedRemoval::write);
        }
    }

    /** What was read in one transaction is of no use in the next. */
    private void forget() {
        origin = null;
        servingResult = false;
        if (stash != null) {
            stash.clear();
            stash = null;
        }
        queries = null;
        misses = null;
        served = null;
        tokens = null;
        comingLock = null;
    }

    /** The next lock there is for an update, which changes these tables. */
    private record ComingLock(EntityAccess access, Collection<String> tables) {}

    private final class Statements implements SessionEventListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void jdbcPrepareStatementStart() {
            servingResult = false;
        }
    }

    private final class Ears implements Synchronization {
        @Override
        public void beforeCompletion() {
            completing();
        }

        @Override
        public void afterCompletion(int status) {
            end(status == Status.STATUS_COMMITTED);
        }
    }
}
