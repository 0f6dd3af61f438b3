package dev.hearth.protocol;

import dev.hearth.near.NearTier;
import dev.hearth.store.Lockable;
import dev.hearth.store.RemoteTier;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the sessions of one node share: names for transactions, and the keeping of their locks. */
public final class Node {
    /* Locks are kept for as long as their session can be reached. A session that was lost without completing is
     * collected in the end; its locks lapse, and what it owes is paid. */
    private static final Duration KEEPING_INTERVAL = Duration.ofMillis(250);

    private final RemoteTier tier;
    private final NearTier near;
    private final AtomicLong transactions = new AtomicLong();
    private final Set<WeakReference<Changes>> holders = ConcurrentHashMap.newKeySet();
    private final Map<WeakReference<Lease>, List<? extends Lockable>> debts = new ConcurrentHashMap<>();

    public Node(RemoteTier tier, NearTier near) {
        this.tier = tier;
        this.near = near;
    }

    /** Connects, and begins to keep locks. */
    public void start() {
        tier.start();
        near.start();
        tier.every(KEEPING_INTERVAL, this::keepLocks);
    }

    public RemoteTier tier() {
        return tier;
    }

    public NearTier near() {
        return near;
    }

    /** Tells the others that this node is gone, and waits for what is under way, for a second at the most. */
    public void close() {
        near.close();
        tier.close();
    }

    long nanoTime() {
        return tier.nanoTime();
    }

    String newTransaction() {
        return tier.node() + "-" + Long.toString(transactions.incrementAndGet(), Character.MAX_RADIX);
    }

    WeakReference<Changes> holds(Changes changes) {
        WeakReference<Changes> reference = new WeakReference<>(changes);
        holders.add(reference);
        return reference;
    }

    void holdsNoMore(WeakReference<Changes> reference) {
        holders.remove(reference);
    }

    /** What transactions under way on this node have locked for longer than a lock stands without being renewed. */
    public List<LongHold> longHolds() {
        return holders.stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .map(Changes::longHold)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What the lease stands for is owed until the lease ends, or nobody is left who could end it. */
    WeakReference<Lease> openDebt(Lease lease) {
        WeakReference<Lease> debt = new WeakReference<>(lease);
        debts.put(debt, lease.subjects());
        lease.subjects().forEach(tier::openDebt);
        return debt;
    }

    void completeDebt(WeakReference<Lease> debt) {
        List<? extends Lockable> subjects = debts.remove(debt);
        if (subjects != null) {
            subjects.forEach(tier::debtCompleted);
        }
    }

    private void keepLocks() {
        debts.keySet().stream().filter(debt -> debt.get() == null).forEach(this::completeDebt);
        for (WeakReference<Changes> reference : holders) {
            Changes changes = reference.get();
            if (changes == null) {
                holders.remove(reference);
            } else {
                changes.keepLocks();
            }
        }
    }
}
