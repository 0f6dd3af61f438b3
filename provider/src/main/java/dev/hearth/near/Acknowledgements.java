package dev.hearth.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.statistics.NearStatistics;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
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
    private static final Members UNKNOWN = new Members(Long.MIN_VALUE / 2, Map.of());

    private final String node;
    private final long leaseNanos;
    private final long listNanos;
    private final LongSupplier nanoTime;
    private final NearStatistics statistics;
    private final AtomicLong numbers = new AtomicLong();
    private final Cache<Long, Ask> asks;
    private volatile Members members = UNKNOWN;

    /** @param listAge how old the list of nodes may be when a message was certainly published */
    Acknowledgements(String node, Duration lease, Duration listAge, LongSupplier nanoTime, NearStatistics statistics) {
        this.node = node;
        this.leaseNanos = (long) (lease.toNanos() * DRIFT);
        this.listNanos = listAge.toNanos();
        this.nanoTime = nanoTime;
        this.statistics = statistics;
        this.asks = Caffeine.newBuilder()
                .expireAfterWrite(lease.multipliedBy(2).plus(listAge.multipliedBy(2)))
                .build();
    }

    String node() {
        return node;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    void learn(Members newer) {
        if (newer.askedNanos() - members.askedNanos() > 0) {
            members = newer;
        }
    }

    /** Whether the list of nodes is known. */
    boolean knowsMembers() {
        return members != UNKNOWN;
    }

    /** A message about this region, or about tables, is about to be sent. */
    public Ask ask(String region) {
        Members known = members;
        Ask ask = new Ask(this, numbers.incrementAndGet(), known, known.keeping(region));
        if (!ask.all().isDone()) {
            asks.put(ask.number(), ask);
        }
        return ask;
    }

    /** A node has dropped what the ask was about. */
    void acknowledged(String by, long number) {
        Ask ask = asks.getIfPresent(number);
        if (ask != null) {
            ask.acknowledgedBy(by);
        }
    }

    /** Waits until no node serves what these asks were about: each has been acknowledged, or its lease is over. */
    public void await(Collection<Ask> waiting) {
        long begun = nanoTime();
        boolean waited = false;
        for (Ask ask : waiting) {
            if (ask.isAnswered() && !isSettled(ask)) {
                waited = true;
                await(ask);
            }
            asks.invalidate(ask.number());
        }
        if (waited) {
            statistics.waited(nanoTime() - begun);
        }
    }

    private boolean isSettled(Ask ask) {
        return ask.all().isDone() && ask.ageOfMembers() <= listNanos;
    }

    /** Whether nobody need wait for it, any more or at all. */
    boolean isOver(Ask ask) {
        return !ask.isAnswered() || isSettled(ask) || left(ask) <= 0;
    }

    private long left(Ask ask) {
        return ask.answeredNanos() + leaseNanos - nanoTime();
    }

    private void await(Ask ask) {
        long left = left(ask);
        if (left <= 0) {
            return;
        }
        CompletableFuture<Void> answers =
                ask.ageOfMembers() <= listNanos ? ask.all().copy() : new CompletableFuture<>();
        // Not to be interrupted: the commit that follows would not be either.
        answers.completeOnTimeout(null, left, TimeUnit.NANOSECONDS).join();
        if (!isSettled(ask)) {
            statistics.outwaitedLease();
        }
    }
}
