package dev.hearth.statistics;

/** Why a value was not published. */
public enum PutRefusal {
    /** The region has no record or fences; it has to begin anew first. */
    NO_REGION,
    /** The session's stamp is another server's, or of an earlier life of this one. */
    OTHER_SERVER,
    /** The stamp lies ahead of Redis's clock. */
    AHEAD,
    /** The session's transaction began before the horizon. */
    HORIZON,
    /** The region was cleared since the transaction began. */
    GENERATION,
    /** A bulk statement holds the region, or did when the session read the entry. */
    BULK_LOCKED,
    /** A transaction holds the entry, or did when the session read it. */
    LOCKED,
    /** The entry, or a neighbour on its stripe, was locked, changed or evicted since the transaction began. */
    FENCED,
    /** A value that is as new stands there already. */
    PRESENT,
    /** The session has it from a cached query result, and so nothing to tell the cache. */
    OF_RESULT,
    /** Redis's clock or connection left no stamp to publish with. */
    NO_STAMP,
    /** This session has changed the entry, its region or its table. */
    OWN_CHANGE,
    /** The session works in a transaction that it did not begin, at an isolation level that may show an old snapshot. */
    JOINED_TRANSACTION,
    /** Larger than {@code maximum-entry-size}. */
    TOO_LARGE,
    /** A value that cannot be encoded. */
    NOT_ENCODABLE,
    /** A query, one of whose parameters has no form that all nodes agree on. */
    NO_KEY,
    /** A query result over a table that has changed since the session's transaction began, or is changing. */
    TABLE_CHANGED,
    /** Too many commands under way. */
    CONGESTED,
    /** Redis did not answer in time, or its circuit is open, or the region is in this node's debt. */
    UNAVAILABLE
}
