package dev.hearth.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Removes results from Redis whose tables have changed, so that the memory of query regions follows the tables (DESIGN
 * section 7). Safe for concurrent use; nothing waits for it.
 */
final class ResultSweeper {
    /* A result over a changed table is never served again, swept or not: this is about memory alone. So what a node has
     * settled is gathered and swept now and then, in batches that keep Redis busy for a fraction of a millisecond each,
     * and a table that changes a thousand times a second costs no more than one that changes once. */
    private static final int BATCH = 200;
    private static final int BATCHES_AT_A_TIME = 25;

    private final List<ResultStore> regions;
    private final Map<String, Long> changed = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /** @param regions what is swept, now and later */
    ResultSweeper(List<ResultStore> regions) {
        this.regions = regions;
    }

    /** Results over these tables are stale up to this stamp. */
    void changed(Collection<String> tables, long stamp) {
        if (regions.isEmpty()) {
            return;
        }
        for (String table : tables) {
            changed.merge(table, stamp, Math::max);
        }
        changed.merge(TableStates.ALL_TABLES, stamp, Math::max);
    }

    /** Sweeps what has changed since the last time, unless that is still under way. */
    void sweep() {
        if (changed.isEmpty() || !sweeping.compareAndSet(false, true)) {
            return;
        }
        Map<String, Long> due = new HashMap<>();
        for (String table : List.copyOf(changed.keySet())) {
            Long stamp = changed.remove(table);
            if (stamp != null) {
                due.put(table, stamp);
            }
        }
        sweep(due, BATCHES_AT_A_TIME).whenComplete((more, failure) -> {
            // What Redis did not answer to is left to the results' time to live.
            if (failure == null && more) {
                due.forEach((table, stamp) -> changed.merge(table, stamp, Math::max));
            }
            sweeping.set(false);
        });
    }

    private CompletableFuture<Boolean> sweep(Map<String, Long> due, int batches) {
        List<Object> stale = new ArrayList<>();
        due.forEach((table, stamp) -> stale.addAll(List.of(table, stamp)));
        List<CompletableFuture<Boolean>> sweeps =
                regions.stream().map(region -> region.sweep(stale, BATCH)).toList();
        return CompletableFuture.allOf(sweeps.toArray(CompletableFuture[]::new))
                .thenApply(all -> sweeps.stream().anyMatch(CompletableFuture::join))
                .thenCompose(more ->
                        more && batches > 1 ? sweep(due, batches - 1) : CompletableFuture.completedFuture(more));
    }
}
