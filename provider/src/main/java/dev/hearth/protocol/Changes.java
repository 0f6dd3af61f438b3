package dev.hearth.protocol;

import dev.hearth.near.NearRegion;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Lockable;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session's transaction changes: its locks and announcements, from the first of them until they are released. Used by
 * one thread at a time; only the keeping of locks comes from another.
 */
final class Changes {
    /* DESIGN section 6: locks leave during flush without being waited for, and completing() waits for all of them
     * together, just before the database commits. Whatever comes after that call waits for itself. */
    private static final double KEEP_IN_BACKGROUND = 1 / 3.0;
    private static final double KEEP_AT_COMMIT = 1 / 2.0;

    private final Node node;
    private volatile boolean completing;
    private @Nullable String transaction;
    private @Nullable WeakReference<Changes> keeping;
    private long keptSince;
    private String keeper = "";
    private volatile BooleanSupplier isOpen = () -> true;
    private final Map<EntryAddress, Hold> holds = new LinkedHashMap<>(4);
    private final Set<EntryAddress> changed = new HashSet<>(4);
    private final Map<EntryAddress, RegionStore> evictions = new HashMap<>(4);
    private final List<RegionHold> regionHolds = new ArrayList<>(0);
    private final TableChanges tables;

    /** @param completing whether the transaction is about to commit already */
    Changes(Node node, boolean completing) {
        this.node = node;
        this.completing = completing;
        this.tables = new TableChanges(node);
    }

    TableChanges tables() {
        return tables;
    }

    /** Whether the transaction has changed the entry, or its region. */
    boolean touch(RegionStore region, EntryAddress at) {
        if (holds.isEmpty() && changed.isEmpty() && evictions.isEmpty() && regionHolds.isEmpty()) {
            return false;
        }
        return holds.containsKey(at)
                || changed.contains(at)
                || evictions.containsKey(at)
                || regionHolds.stream().anyMatch(hold -> hold.region() == region);
    }

    boolean hold(EntryAddress at) {
        return holds.containsKey(at);
    }

    /**
     * This session's transaction may change these tables: from the commit on no result from before it is valid.
     *
     * @throws LockUnavailableException where that is awaited at once, cannot be written, and is not to be forgone
     */
    void announces(Collection<String> names, Completion completion) {
        Announcement announcement;
        synchronized (this) {
            announcement = tables.announce(names, transaction(), completion);
            if (announcement == null) {
                return;
            }
            announcement.take();
            keep(announcement, completion);
        }
        awaitUnlessTold(announcement);
    }

    /** The statements that changed tables have run, and nobody will tell of a commit if they were the commit. */
    void settlesAtOnce() {
        Releases releases = new Releases(node.tier());
        synchronized (this) {
            if (tables.areOver()) {
                tables.settle(transaction(), releases);
            }
        }
        releases.await();
    }

    /** This session inserts the entry's row: until completion it neither reads nor publishes it. */
    void inserts(EntryAddress at) {
        changed.add(at);
    }

    /** This session changes the entry without locking it: it is evicted after completion, if that is not at once. */
    void changesUnlocked(RegionStore region, EntryAddress at, Completion completion) {
        if (completion == Completion.TRANSACTION) {
            evictions.put(at, region);
        } else {
            evictNow(region, at);
        }
    }

    /** What {@link #changesUnlocked} announced has been done; within a transaction the eviction is yet to come. */
    void changedUnlocked(RegionStore region, EntryAddress at) {
        if (!evictions.containsKey(at)) {
            evictNow(region, at);
        }
    }

    /** The statement that changes the entry has run, and nobody will tell of a commit if it was the commit. */
    void changedAtOnce(RegionStore region, EntryAddress at) {
        Hold hold = holds.get(at);
        if (hold == null) {
            changedUnlocked(region, at);
        } else if (hold.completion() == Completion.AUTOCOMMIT) {
            unlock(hold, null);
        }
    }

    /**
     * Takes the soft lock on an entry, or counts it once more.
     *
     * @throws LockUnavailableException where the lock is awaited at once, cannot be written, and is not to be forgone
     */
    Hold lock(RegionStore region, EntryAddress at, Completion completion) {
        Hold hold;
        synchronized (this) {
            hold = holds.get(at);
            if (hold != null && completion != Completion.FOREIGN) {
                hold.again();
                return hold;
            }
            if (hold == null) {
                hold = new Hold(node, this, region, at, transaction(), null);
                holds.put(at, hold);
                keep(hold, completion);
            } else {
                // As for announcements: the lock may have lapsed since an earlier transaction took it.
                hold.again();
                hold.take();
            }
        }
        awaitUnlessTold(hold);
        return hold;
    }

    /**
     * As {@link #lock}, and announces tables, in a transaction that tells of its end: in one step where one server has both,
     * so that there is one message to acknowledge.
     */
    Hold lock(RegionStore region, EntryAddress at, Collection<String> names) {
        synchronized (this) {
            Announcement announcement = completing || holds.containsKey(at) || !together(region, at)
                    ? null
                    : tables.announce(names, transaction(), Completion.TRANSACTION);
            if (announcement != null) {
                Hold hold = new Hold(node, this, region, at, transaction(), announcement);
                holds.put(at, hold);
                keep(hold, Completion.TRANSACTION);
                keep(announcement, Completion.TRANSACTION);
                return hold;
            }
        }
        announces(names, Completion.TRANSACTION);
        return lock(region, at, Completion.TRANSACTION);
    }

    /** Whether one step can do something to the entry and to tables; if it is not even sent, it must not fail for both. */
    private boolean together(RegionStore region, EntryAddress at) {
        return node.tier().isOneServer() && region.isOpenAt(at);
    }

    /** The bulk lock is this session's. */
    void adopt(RegionHold hold, Completion completion) {
        synchronized (this) {
            regionHolds.add(hold);
            hold.adopt(this);
            keep(hold, completion);
        }
        awaitUnlessTold(hold);
    }

    /** Whether this session's transaction holds a bulk lock of the region. */
    boolean locks(RegionStore region) {
        return regionHolds.stream().anyMatch(hold -> hold.region() == region);
    }

    private void keep(Lease lease, Completion completion) {
        lease.bind(completion);
        if (completion == Completion.TRANSACTION && keeping == null) {
            keeping = node.holds(this);
            keptSince = node.nanoTime();
            keeper = Thread.currentThread().getName();
        }
    }

    private void awaitUnlessTold(Lease lease) {
        if (lease.completion() != Completion.TRANSACTION || completing) {
            await(List.of(lease));
        }
    }

    private void evictNow(RegionStore region, EntryAddress at) {
        Releases releases = new Releases(node.tier());
        releases.sent(region, evict(region, at));
        releases.await();
    }

    private CompletableFuture<Void> evict(RegionStore region, EntryAddress at) {
        NearRegion near = node.near().of(region);
        near.changed(at.key());
        return region.evict(at).whenComplete((evicted, failure) -> {
            near.changed(at.key());
            if (failure != null) {
                node.tier().owe(region);
            }
        });
    }

    private String transaction() {
        if (transaction == null) {
            transaction = node.newTransaction();
        }
        return transaction;
    }

    void await(Collection<? extends Lease> leases) {
        if (leases.isEmpty()) {
            return;
        }
        long begun = node.nanoTime();
        List<Lease.Taking> takings = leases.stream().map(Lease::taking).toList();
        try {
            node.tier().awaitAll(takings.stream().map(Lease.Taking::answer).toList());
        } catch (RedisUnavailableException e) {
            for (Lease lease : leases) {
                if (!lease.taken().isDone() || lease.taken().isCompletedExceptionally()) {
                    lease.unavailable();
                }
            }
        }
        // Those that Redis has taken are acknowledged, even where others are owed.
        node.near()
                .await(takings.stream()
                        .map(Lease.Taking::ask)
                        .filter(Objects::nonNull)
                        .toList());
        node.tier().statistics().lockWaits().record(node.nanoTime() - begun);
        leases.forEach(Lease::commits);
    }

    void unlock(Hold hold, @Nullable Sealed value) {
        Releases releases = new Releases(node.tier());
        synchronized (this) {
            if (holds.get(hold.at()) != hold) {
                return;
            }
            if (completing) {
                hold.complete(value);
            } else if (hold.countDown() && hold.completion() == Completion.AUTOCOMMIT) {
                holds.remove(hold.at());
                releases.sent(hold.region(), hold.release(value));
            }
        }
        releases.await();
    }

    void unlock(RegionHold hold) {
        synchronized (this) {
            if (!completing && hold.completion() != Completion.AUTOCOMMIT) {
                return;
            }
            regionHolds.remove(hold);
        }
        Releases releases = new Releases(node.tier());
        hold.release(releases);
        releases.await();
    }

    /**
     * The database is about to commit: waits, once, until every lock is in Redis.
     *
     * @throws LockUnavailableException if one cannot be written and the transaction is not to go on without it
     */
    void completing() {
        List<Lease> leases;
        synchronized (this) {
            completing = true;
            if (holds.isEmpty()
                    && regionHolds.isEmpty()
                    && tables.announcements().isEmpty()) {
                return;
            }
            leases = leases();
            leases.forEach(lease -> lease.keep(KEEP_AT_COMMIT));
        }
        await(leases);
    }

    List<Lease> leases() {
        List<Lease> leases = new ArrayList<>(holds.values());
        leases.addAll(regionHolds);
        leases.addAll(tables.announcements());
        return leases;
    }

    /** The transaction is over: every lock is released, without waiting. */
    void finish(boolean committed) {
        Releases releases = new Releases(node.tier());
        synchronized (this) {
            for (Hold hold : holds.values()) {
                Sealed value = committed && completing ? hold.committed() : null;
                if (tables.announcements().isEmpty() || !together(hold.region(), hold.at())) {
                    releases.sent(hold.region(), hold.release(value));
                } else {
                    CompletableFuture<Long> both = hold.release(value, tables);
                    releases.sent(hold.region(), both);
                    tables.settle(both, releases);
                }
            }
            regionHolds.forEach(hold -> hold.release(releases));
            tables.settle(transaction(), releases);
            evictions.forEach((at, region) -> releases.sent(region, evict(region, at)));
            forget();
        }
        releases.await();
    }

    private void forget() {
        holds.clear();
        regionHolds.clear();
        changed.clear();
        evictions.clear();
        tables.clear();
        transaction = null;
        completing = false;
        if (keeping != null) {
            node.holdsNoMore(keeping);
            keeping = null;
        }
    }

    /**
     * Says when nobody is left who could complete the transaction: its locks lapse then, rather than when the session is
     * collected as garbage. Should it be completed all the same, its commit takes them once more.
     */
    void keepsLocksWhile(BooleanSupplier sessionIsOpen) {
        isOpen = sessionIsOpen;
    }

    /** What is held for longer than a lock's own time; null if nothing is. */
    synchronized @Nullable LongHold longHold() {
        List<Lease> leases = leases();
        String holder = transaction;
        if (keeping == null || holder == null || leases.isEmpty()) {
            return null;
        }
        Duration held = Duration.ofNanos(node.nanoTime() - keptSince);
        List<? extends Lockable> subjects =
                leases.stream().flatMap(lease -> lease.subjects().stream()).toList();
        return subjects.stream().allMatch(subject -> held.compareTo(subject.lockTimeout()) > 0)
                ? new LongHold(
                        holder,
                        keeper,
                        held,
                        subjects.stream().map(Lockable::name).distinct().toList(),
                        leases.size())
                : null;
    }

    synchronized void keepLocks() {
        if (!isOpen.getAsBoolean()) {
            return;
        }
        holds.values().forEach(hold -> hold.keep(KEEP_IN_BACKGROUND));
        regionHolds.forEach(hold -> hold.keep(KEEP_IN_BACKGROUND));
        tables.announcements().forEach(announcement -> announcement.keep(KEEP_IN_BACKGROUND));
    }
}
