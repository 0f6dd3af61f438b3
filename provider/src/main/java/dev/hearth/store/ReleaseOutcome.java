package dev.hearth.store;

/** What a release did, in the order of the numbers that release.lua answers. */
public enum ReleaseOutcome {
    PUBLISHED,
    /** There was no value to publish. */
    RELEASED,
    /** Another transaction held, or holds, the entry too. */
    CONCURRENT,
    /** Our hold was gone: lapsed, evicted or lost with the server. */
    LOST,
    /** The region was cleared, or is bulk-locked, since the lock. */
    OTHER_GENERATION,
    /** Redis is full and takes no value. */
    FULL;

    static ReleaseOutcome of(long answer) {
        return values()[(int) answer];
    }
}
