package dev.hearth.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.statistics.NearStatistics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The writer's part of strict coherence (DESIGN section 8): which nodes have dropped what a transaction is about to change.
 * Safe for concurrent use.
 */
public final class Acknowledgements {
    /* A message names who asks and the number of the ask; each node that keeps the region strictly answers when it has
     * dropped its copies. Nobody waits longer than a lease after the message was published: by then a node has either heard
     * it, or not heard its own heartbeats either, and serves nothing (see Trust). So a list of nodes that is too old, or not
     * there yet, costs the lease and no more, and an ask needs to be remembered for about as long. */
    private static final double DRIFT = 1.01;
    private static final Duration REMEMBERED = Duration.ofMinutes(3);

    private final String node;
    private volatile Duration lease;
    private final LongSupplier nanoTime;
    private final NearStatistics statistics;
    private final AtomicLong numbers = new AtomicLong();
    private final Cache<Long, Ask> asks;
    private volatile Members members = Members.UNKNOWN;
    private Members carried = Members.UNKNOWN;
    private long carriedUntilNanos = Long.MIN_VALUE / 2;

    Acknowledgements(String node, Duration lease, LongSupplier nanoTime, NearStatistics statistics) {
        this.node = node;
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.statistics = statistics;
        this.asks = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build();
    }

    String node() {
        return node;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** The other nodes that writers wait for, as of the last heartbeat. */
    Set<String> others() {
        return members.strict().keySet();
    }

    synchronized void learn(Members newer) {
        Members older = members;
        if (newer.askedNanos() - older.askedNanos() <= 0) {
            return;
        }
        lease = newer.lease() == null ? lease : newer.lease();
        if (older != Members.UNKNOWN && !newer.born().equals(older.born())) {
            // Redis has lost the list. Whoever was on it serves on, and is on the new one within a lease.
            carried = older;
            carriedUntilNanos = nanoTime() + outwaitedNanos();
        }
        members = nanoTime() - carriedUntilNanos < 0 ? newer.and(carried) : newer;
    }

    private long outwaitedNanos() {
        return (long) (lease.toNanos() * DRIFT);
    }

    /** How old the list of nodes may be when a message was certainly published. */
    static Duration listAge(Duration lease) {
        return lease.multipliedBy(2);
    }

    /**
     * What changes this region, or tables, is about to be sent.
     *
     * @param parts in how many messages, each acknowledged for itself; 0 if that is not known, so that the lease is outwaited
     */
    public Ask ask(String region, int parts) {
        Members known = parts == 0 ? Members.UNKNOWN : members;
        return ask(known, known.keeping(region), parts);
    }

    /** What changes one thing of this region, and of that one, is about to be sent in one message. */
    Ask askForBoth(String region, String other) {
        Members known = members;
        Set<String> nodes = new HashSet<>(known.keeping(region));
        nodes.addAll(known.keeping(other));
        return ask(known, nodes, 1);
    }

    private Ask ask(Members known, Set<String> nodes, int parts) {
        Ask ask = new Ask(this, numbers.incrementAndGet(), known, nodes, parts);
        if (!ask.all().isDone()) {
            asks.put(ask.number(), ask);
        }
        return ask;
    }

    /** A node has dropped what one of the ask's messages was about. */
    void acknowledged(String by, long number, int part) {
        Ask ask = asks.getIfPresent(number);
        if (ask != null) {
            ask.acknowledgedBy(by, part);
        }
    }

    /** A node serves nothing any more, whatever it was asked. */
    synchronized void left(String gone) {
        members = members.without(gone);
        carried = carried.without(gone);
        asks.asMap().values().forEach(ask -> ask.left(gone));
    }

    /** Waits until no node serves what these asks were about: each has been acknowledged, or its lease is over. */
    public void await(Collection<Ask> waiting) {
        long begun = nanoTime();
        boolean waited = false;
        boolean outwaited = false;
        for (Ask ask : waiting) {
            if (ask.isAnswered() && !isSettled(ask)) {
                waited = true;
                await(ask);
                outwaited |= !isSettled(ask);
            }
            asks.invalidate(ask.number());
        }
        if (waited) {
            statistics.waited(nanoTime() - begun);
        }
        if (outwaited) {
            statistics.outwaitedLease();
        }
    }

    private boolean isSettled(Ask ask) {
        return ask.all().isDone() && isOfLate(ask);
    }

    boolean isOver(Ask ask) {
        return !ask.isAnswered() || isSettled(ask) || left(ask) <= 0;
    }

    private long left(Ask ask) {
        return ask.answeredNanos() + outwaitedNanos() - nanoTime();
    }

    private boolean isOfLate(Ask ask) {
        return ask.ageOfMembers() <= listAge(lease).toNanos();
    }

    private void await(Ask ask) {
        long left = left(ask);
        if (left <= 0) {
            return;
        }
        CompletableFuture<Void> answers = isOfLate(ask) ? ask.all().copy() : new CompletableFuture<>();
        // Not to be interrupted: the commit that follows would not be either.
        answers.completeOnTimeout(null, left, TimeUnit.NANOSECONDS).join();
    }
}
