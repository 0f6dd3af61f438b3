package dev.hearth.hibernate;

import dev.hearth.encoding.QueryKeys;
import dev.hearth.statistics.QueryCosts;
import dev.hearth.statistics.QueryLedger;
import dev.hearth.statistics.Sampling;
import java.util.Collection;
import java.util.List;
import org.hibernate.cache.spi.QueryKey;
import org.jspecify.annotations.Nullable;

/** Takes the times of one region's queries, for the ledger. */
final class QueryTimer {
    /* As with entries: of look-ups that may be answered inside the process a sample is timed from the beginning, and the
     * others from where they turn to Redis, beside which what came before is nothing. */
    private static final long UNTIMED = Long.MIN_VALUE;

    private final QueryRegion region;
    private final QueryLedger ledger;

    QueryTimer(QueryRegion region, QueryLedger ledger) {
        this.region = region;
        this.ledger = ledger;
    }

    private long nanoTime() {
        return region.node().tier().nanoTime();
    }

    private @Nullable QueryCosts costs(QueryKey key, Collection<String> tables) {
        return ledger.costs(region.getName(), QueryKeys.sql(key), tables);
    }

    /** A result is about to be looked for. */
    LookUp lookUp(QueryKey key, Collection<String> tables) {
        QueryCosts costs = costs(key, tables);
        boolean timed = costs != null && (!region.near().isKept() || Sampling.chooses());
        return new LookUp(costs, timed ? nanoTime() : UNTIMED);
    }

    /** The rows of a result, which Hibernate puts behind them. */
    private static int rows(List<?> result) {
        return !result.isEmpty() && result.get(result.size() - 1) instanceof Integer rows ? rows : 0;
    }

    /** One look-up. */
    final class LookUp {
        private final @Nullable QueryCosts costs;
        private long begun;

        private LookUp(@Nullable QueryCosts costs, long begun) {
            this.costs = costs;
            this.begun = begun;
        }

        /** The result is not kept inside the process. */
        void turnsToRedis() {
            if (costs != null && begun == UNTIMED) {
                begun = nanoTime();
            }
        }

        /** Nothing was found; answers when, on the node's monotonic clock. */
        long missed(boolean outdated) {
            if (costs == null) {
                return 0;
            }
            turnsToRedis();
            long now = nanoTime();
            costs.miss(outdated, now - begun, System.currentTimeMillis());
            return now;
        }

        /** @param remoteBytes the size of what Redis has answered; 0 for a result from inside the process */
        void hit(List<?> result, int remoteBytes) {
            if (costs == null) {
                return;
            }
            if (remoteBytes > 0) {
                costs.remoteHit(rows(result), remoteBytes, nanoTime() - begun, System.currentTimeMillis());
            } else if (begun != UNTIMED) {
                costs.nearHit(rows(result), nanoTime() - begun, System.currentTimeMillis());
            } else {
                costs.nearHit(rows(result));
            }
        }
    }

    /** The session has a result now, and is about to put it. */
    Put put(QueryKey key, Collection<String> tables, List<?> result, AskedQueries.@Nullable Asked asked) {
        QueryCosts costs = costs(key, tables);
        if (costs == null) {
            return new Put(null, 0);
        }
        long now = nanoTime();
        if (asked != null) {
            costs.loaded(rows(result), now - asked.since());
        }
        return new Put(costs, now);
    }

    /** One put. */
    final class Put {
        private final @Nullable QueryCosts costs;
        private final long begun;
        private int size;

        private Put(@Nullable QueryCosts costs, long begun) {
            this.costs = costs;
            this.begun = begun;
        }

        /** The result as it is to be sent; null if it cannot be. */
        void encoded(byte @Nullable [] body) {
            size = body == null ? 0 : body.length;
        }

        /** The put is over for the calling thread. */
        void done(boolean sent) {
            if (costs != null) {
                costs.put(sent ? size : 0, nanoTime() - begun);
            }
        }
    }
}
