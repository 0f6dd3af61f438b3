package dev.hearth.statistics;

/** Why a read found nothing to serve. */
public enum MissReason {
    /** No entry under the key. */
    ABSENT,
    /** Some transaction may commit a new value. */
    LOCKED,
    /** A bulk statement's lock is in force in the region. */
    BULK_LOCKED,
    /** The entry was written before the region was last cleared, or the region has not begun. */
    OTHER_GENERATION,
    /** The entry is of another version of the mapping. */
    OTHER_MAPPING,
    /** The bytes are not an entry of ours; they are removed. */
    UNDECODABLE,
    /** This session has changed the entry, its region or its table, and sees the database until completion. */
    OWN_CHANGE,
    /** A query, one of whose parameters has no form that all nodes agree on. */
    NO_KEY,
    /** A query result, and a table that it reads has changed since, or nobody knows whether it has. */
    STALE,
    /** A query result, and a transaction under way may change a table that it reads. */
    TABLE_CHANGING,
    /** A natural id whose entity is not cached. */
    UNCONFIRMED,
    /** Redis did not answer in time, or its circuit is open. */
    UNAVAILABLE,
    /** The region is in this node's debt: a lock could not be written, and the region has not been cleared since. */
    IN_DEBT
}
