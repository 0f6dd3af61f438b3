package dev.hearth.protocol;

import dev.hearth.near.NearRegion;
import dev.hearth.near.Reading;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.GatheredPuts;
import dev.hearth.store.PutMode;
import dev.hearth.store.PutOutcome;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import dev.hearth.store.ResultStore;
import dev.hearth.store.Stamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One session in the entry protocol: its stamp, the locks of its transaction, and what it may therefore read and
 * publish. Used by one thread at a time; only the keeping of locks comes from another.
 */
public final class Participant {
    /* Most sessions only read: what a transaction changes is there from its first change until it is over. */
    private final Node node;
    private Stamp stamp;
    private boolean completing;
    private @Nullable Changes changes;
    private @Nullable GatheredPuts gathered;
    /* What was locked when it was read: of what is loaded instead Redis takes nothing under this stamp. */
    private @Nullable Map<EntryAddress, PutRefusal> hopeless;

    public Participant(Node node) {
        this.node = node;
        this.stamp = node.tier().now();
    }

    /** The node's monotonic clock. */
    public long nanoTime() {
        return node.nanoTime();
    }

    // Reading and publishing

    /** From now on what this session has read leaves together with the rest when that is flushed, and is not kept near. */
    public GatheredPuts gather() {
        gathered = new GatheredPuts(stamp);
        return gathered;
    }

    /** Whether what this session reads is gathered. */
    public boolean gathers() {
        return gathered != null;
    }

    /**
     * Reads an entry for this session, from either tier: not what it is changing itself, which only the database knows.
     *
     * @param read asks Redis, as {@link NearRegion#read} does
     * @param open makes of an entry's bytes what is answered, counting a hit, or null, counting a miss
     */
    public @Nullable Object get(
            NearRegion region,
            EntryAddress at,
            Function<EntryAddress, Reading> read,
            Function<Found.Value, @Nullable Object> open) {
        if (changes(region.store(), at)) {
            region.store().nothing(MissReason.OWN_CHANGE);
            return null;
        }
        Object near = region.get(at);
        if (near != null) {
            return near;
        }
        Reading reading = read.apply(at);
        if (reading.found() instanceof Found.Value found) {
            return region.open(at, found, reading.ticket(), open);
        }
        if (reading.found() instanceof Found.Nothing nothing && nothing.hopeless() != null) {
            hopeless = hopeless == null ? new HashMap<>() : hopeless;
            hopeless.put(at, nothing.hopeless());
        }
        return null;
    }

    /** Publishes what this session has read from the database; answers whether it was stored, or sent without waiting. */
    public boolean putFromLoad(NearRegion region, EntryAddress at, Sealed value, PutMode mode) {
        return mayPut(region.store(), at) && put(region, at, value, mode);
    }

    /** Publishes what this session has inserted and committed. */
    public boolean putInserted(NearRegion region, EntryAddress at, Sealed value) {
        if (changes != null && changes.hold(at)) {
            region.store().statistics().refused(PutRefusal.OWN_CHANGE);
            return false;
        }
        return put(region, at, value, PutMode.ABSENT);
    }

    /* What Redis has just taken is what a read would find, so it is kept near as if it had been read. */
    private boolean put(NearRegion region, EntryAddress at, Sealed value, PutMode mode) {
        if (gathered != null) {
            gathered.add(region.store(), at, value.body(), mode);
            return true;
        }
        long ticket = region.ticket(at);
        CompletableFuture<PutOutcome> put = region.store().put(at, stamp, value.body(), mode);
        return sent(region.store(), put.thenApply(outcome -> {
            if (outcome.stored()) {
                region.keep(at, value.value(), value.body().length, ticket);
            }
            return outcome;
        }));
    }

    private boolean mayPut(RegionStore region, EntryAddress at) {
        PutRefusal refusal = refusal(region, at);
        if (refusal != null) {
            region.statistics().refused(refusal);
        }
        return refusal == null;
    }

    private @Nullable PutRefusal refusal(RegionStore region, EntryAddress at) {
        if (changes(region, at)) {
            return PutRefusal.OWN_CHANGE;
        }
        PutRefusal foreseen = hopeless == null ? null : hopeless.get(at);
        if (foreseen != null) {
            return foreseen;
        }
        return isTooMuch() ? PutRefusal.CONGESTED : null;
    }

    /* Who gathers waits for what has left before more is read. */
    private boolean isTooMuch() {
        return gathered == null && node.tier().congested();
    }

    private static boolean sent(RegionStore region, CompletableFuture<PutOutcome> put) {
        if (!region.settings().putsWait()) {
            return !put.isDone() || put.join().stored();
        }
        try {
            return region.await(put).stored();
        } catch (RedisUnavailableException e) {
            return false;
        }
    }

    /** Whether this session's transaction has changed the entry, or its region. */
    public boolean changes(RegionStore region, EntryAddress at) {
        return changes != null && changes.touch(region, at);
    }

    /** Whether this session's transaction has written to one of the tables on behalf of a role other than this one. */
    public boolean changesTables(Collection<String> names, String role) {
        return changes != null && changes.tables().writesForAnother(names, role);
    }

    /** This session's transaction writes to a table on behalf of a role. */
    public void changesTable(String table, String role) {
        changes().tables().write(table, role);
    }

    private boolean touches(Collection<String> read) {
        return changes != null && changes.tables().touchAny(read);
    }

    // Query results

    /**
     * Reads a query's result for this session: not one over tables that it is changing itself.
     *
     * @param meanwhile as for {@link ResultStore#get}
     */
    public Found getResult(ResultStore region, EntryAddress at, Collection<String> read, Runnable meanwhile) {
        if (touches(read)) {
            return region.region().nothing(MissReason.OWN_CHANGE);
        }
        return region.get(at, read, stamp, meanwhile);
    }

    /** A result that is kept near, for this session: not one over tables that it is changing itself. */
    public @Nullable Object getNearResult(NearRegion region, EntryAddress at, Collection<String> read) {
        return touches(read) || node.tier().tables().owes(read) ? null : region.get(at, read);
    }

    /** Publishes the result of a query that this session has run. */
    public boolean putResult(ResultStore region, EntryAddress at, Collection<String> read, byte[] body) {
        PutRefusal refusal = touches(read) ? PutRefusal.OWN_CHANGE : isTooMuch() ? PutRefusal.CONGESTED : null;
        if (refusal != null) {
            region.statistics().refused(refusal);
            return false;
        }
        CompletableFuture<PutOutcome> put = region.put(at, read, stamp, body);
        if (gathered != null) {
            gathered.add(put);
        }
        return sent(region.region(), put);
    }

    // Changing

    /** What the transaction has changed so far, empty before the first change. */
    Changes changes() {
        if (changes == null) {
            changes = new Changes(node, completing);
        }
        return changes;
    }

    /**
     * This session's transaction may change these tables: from the commit on no result from before it is valid.
     *
     * @throws LockUnavailableException where that is awaited at once, cannot be written, and is not to be forgone
     */
    public void announces(Collection<String> names, Completion completion) {
        changes().announces(names, completion);
    }

    /** The statements that changed tables have run, and nobody will tell of a commit if they were the commit. */
    public void settlesAtOnce() {
        if (changes != null) {
            changes.settlesAtOnce();
        }
    }

    /** This session inserts the entry's row: until completion it neither reads nor publishes it. */
    public void inserts(EntryAddress at) {
        changes().inserts(at);
    }

    /** This session changes the entry without locking it: it is evicted after completion, if that is not at once. */
    public void changesUnlocked(RegionStore region, EntryAddress at, Completion completion) {
        changes().changesUnlocked(region, at, completion);
    }

    /** What {@link #changesUnlocked} announced has been done; within a transaction the eviction is yet to come. */
    public void changedUnlocked(RegionStore region, EntryAddress at) {
        changes().changedUnlocked(region, at);
    }

    /** The statement that changes the entry has run, and nobody will tell of a commit if it was the commit. */
    public void changedAtOnce(RegionStore region, EntryAddress at) {
        changes().changedAtOnce(region, at);
    }

    /**
     * Takes the soft lock on an entry, or counts it once more.
     *
     * @throws LockUnavailableException where the lock is awaited at once, cannot be written, and is not to be forgone
     */
    public Hold lock(RegionStore region, EntryAddress at, Completion completion) {
        return changes().lock(region, at, completion);
    }

    /**
     * As {@link #lock(RegionStore, EntryAddress, Completion)} in a transaction that tells of its end, and announces tables that
     * it may change: together where they can be.
     */
    public Hold lock(RegionStore region, EntryAddress at, Collection<String> tables) {
        return changes().lock(region, at, tables);
    }

    /** Takes a bulk statement's lock of the region, which is nobody's until {@link #adopt}. */
    public static RegionHold lockRegion(Node node, RegionStore region) {
        return new RegionHold(node, region, node.newTransaction());
    }

    /** The bulk lock is this session's. */
    public void adopt(RegionHold hold, Completion completion) {
        changes().adopt(hold, completion);
    }

    /** Whether this session's transaction holds a bulk lock of the region. */
    public boolean locks(RegionStore region) {
        return changes != null && changes.locks(region);
    }

    /**
     * Says when nobody is left who could complete the transaction: its locks lapse then, rather than when the session is
     * collected as garbage. Should it be completed all the same, its commit takes them once more.
     */
    public void keepsLocksWhile(BooleanSupplier sessionIsOpen) {
        changes().keepsLocksWhile(sessionIsOpen);
    }

    // The transaction

    /** A transaction begins: whatever an earlier one has left behind, because its completion was not told, goes. */
    public void joined() {
        finish(false);
    }

    /**
     * The database is about to commit: waits, once, until every lock is in Redis.
     *
     * @throws LockUnavailableException if one cannot be written and the transaction is not to go on without it
     */
    public void completing() {
        completing = true;
        if (changes != null) {
            changes.completing();
        }
    }

    /** The transaction is over: every lock is released, without waiting. What is read from now on is of a later one. */
    public void completed(boolean committed) {
        finish(committed);
        stamp = node.tier().now();
        hopeless = null;
    }

    private void finish(boolean committed) {
        completing = false;
        if (changes != null) {
            changes.finish(committed);
            changes = null;
        }
    }
}
