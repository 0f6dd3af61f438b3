package dev.hearth.statistics;

/** What happens in a region and is counted, but for misses and refusals, which have their reasons. */
public enum RegionEvent {
    /** An entry was served from Redis. */
    REMOTE_HIT,
    /** An entry was served from inside the process. */
    NEAR_HIT,
    /** An entry is kept inside the process. */
    NEAR_PUT,
    /** An entry that was kept inside the process gave way to others. */
    NEAR_EVICTION,
    /** A value was published, from a load or at a commit. */
    PUT,
    /** A soft lock was taken. */
    LOCK,
    /** One of the locks was taken while another transaction held the entry. */
    CONCURRENT_LOCK,
    /** A lock could not be written to Redis. */
    FAILED_LOCK,
    /** A read has found a soft lock whose holds had all lapsed: their nodes have died, or stood still, before they released them. */
    EXPIRED_LOCK,
    /** An entry, or the whole region, was evicted: on demand, after a change without a lock, or because it was unreadable. */
    EVICTION,
    /** This node has told the others of a change of an entry or of the whole region. */
    INVALIDATION_SENT,
    /** A message of a change in the region has arrived, and what is kept near of it has gone; this node's own arrive too. */
    INVALIDATION_RECEIVED,
    /** An entry that was read ahead was asked for. */
    PREFETCH_USED,
    /** An entry that was read ahead was not asked for, or too late. */
    PREFETCH_WASTED,
    /** Bytes of entries that Redis has answered reads with. */
    BYTES_IN,
    /** Bytes of entries that were sent to Redis to be published. */
    BYTES_OUT
}
