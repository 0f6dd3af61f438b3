package dev.hearth.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What a transaction locks or announces before it commits, and what a node owes to the others if Redis does not hear of
 * that (DESIGN section 9): a region or a table.
 */
public sealed interface Lockable permits RegionStore, Table {
    /** The name as it stands in log lines. */
    String name();

    /** When a lock or announcement that nobody keeps lapses. */
    Duration lockTimeout();

    /** Whether transactions are rolled back rather than committed when Redis does not take their locks. */
    boolean failsWhenUnavailable();

    /** Counts that Redis did not take a lock. */
    void lockFailed();

    /** Makes all that depends on it a miss, even though the circuit is open: to find out whether it can be closed. */
    CompletableFuture<Void> clearNow();
}
