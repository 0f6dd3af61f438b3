package dev.hearth.config;

/** What a region keeps inside the process, and how coherent that is (DESIGN section 8). */
public enum NearMode {
    /** {@link #STRICT} where entries are READ_WRITE and for query results, {@link #FAST} otherwise. */
    AUTO,
    /** Nothing: every read is one round trip to Redis. */
    OFF,
    /** Copies that are stale for at most the delivery of a message, and for the lease if the subscription is lost. */
    FAST,
    /** Copies that are never stale: a commit waits until every live node has dropped its own. */
    STRICT
}
