package dev.hearth.hibernate;

import dev.hearth.statistics.RegionCosts;
import dev.hearth.statistics.Sampling;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Takes the times of one region's look-ups and puts, for its costs. Safe for concurrent sessions. */
final class RegionTimer {
    /* A look-up that is answered inside the process takes about as long as asking a clock twice, and nobody knows before
     * which will be: where entries are kept near, a sample stands for all look-ups. */
    private static final long UNTIMED = Long.MIN_VALUE;

    private final @Nullable RegionCosts costs;
    private final LongSupplier nanoTime;
    private final boolean sampled;

    /**
     * @param costs null where times are not taken
     * @param sampled whether only a sample of the look-ups is timed
     */
    RegionTimer(@Nullable RegionCosts costs, LongSupplier nanoTime, boolean sampled) {
        this.costs = costs;
        this.nanoTime = nanoTime;
        this.sampled = sampled;
    }

    /** A look-up begins, or what belongs to one; its time is for {@link #ended}. */
    long begin() {
        return costs == null || (sampled && !Sampling.chooses()) ? UNTIMED : nanoTime.getAsLong();
    }

    /** What began then has ended. */
    void ended(long begun) {
        if (costs != null && begun != UNTIMED) {
            costs.lookedUp(nanoTime.getAsLong() - begun, sampled ? Sampling.ONE_IN : 1);
        }
    }

    /** A look-up that began then has found nothing, so that the session asks the database now. */
    void missed(long begun, TransactionContext context, CacheKey key) {
        ended(begun);
        if (costs != null) {
            context.misses().missed(key, nanoTime.getAsLong());
        }
    }

    /** The session has loaded an entry and is about to put it; its time is for {@link #put}. */
    long loaded(TransactionContext context, CacheKey key) {
        if (costs == null) {
            return UNTIMED;
        }
        long now = nanoTime.getAsLong();
        long missed = context.misses().taken(key);
        if (missed != Misses.UNKNOWN) {
            costs.loaded(now - missed);
        }
        return now;
    }

    /** The put that began then is over for the calling thread. */
    void put(long begun) {
        if (costs != null && begun != UNTIMED) {
            costs.put(nanoTime.getAsLong() - begun);
        }
    }
}
