package dev.hearth.store;

/**
 * One of those who act on the row and its entry.
 *
 * @param stamp the session stamp in ticks, of the server that was the master then
 * @param version the version that was read or committed
 * @param lock the stamp of the soft lock that the commit is made under
 */
record Actor(Kind kind, Place place, int stamp, int server, int version, long lock) {
    enum Kind {
        /** Takes a session stamp, loads the row, puts it or not. */
        READER,
        /** A reader whose stamp lies beyond every time of the server. */
        READER_FROM_THE_FUTURE,
        /** Takes a session stamp, changes the row without a lock, as an insert does, and puts what it committed. */
        INSERTER,
        /** Locks, takes the row, commits or rolls back, and releases or dies. */
        WRITER,
        /** A statement that changes the row under a bulk lock. */
        BULK,
        EVICT,
        REGION_EVICT,
        /** Changes the row behind the cache's back, then evicts it: what NONSTRICT_READ_WRITE does after commit. */
        OUTSIDE_EVICT,
        /** As {@link #OUTSIDE_EVICT}, then evicts the whole region. */
        OUTSIDE_REGION_EVICT
    }

    enum Place {
        START,
        BEGUN,
        LOADED,
        LOCKED,
        IN_ROW,
        COMMITTED,
        ROLLED_BACK,
        DEAD,
        FINISHED
    }

    static Actor at(Kind kind) {
        return new Actor(kind, Place.START, 0, 0, 0, 0);
    }

    Actor to(Place next) {
        return new Actor(kind, next, stamp, server, version, lock);
    }

    Actor begun(int at, int by) {
        return new Actor(kind, Place.BEGUN, at, by, 0, 0);
    }

    Actor loaded(int seen) {
        return new Actor(kind, Place.LOADED, stamp, server, seen, 0);
    }

    Actor locked(long by) {
        return new Actor(kind, place, 0, 0, version, by);
    }

    Actor committed(int own) {
        return new Actor(kind, Place.COMMITTED, 0, 0, own, lock);
    }

    /** Nothing that it remembers matters any more. */
    Actor finished() {
        return new Actor(kind, Place.FINISHED, 0, 0, 0, 0);
    }

    boolean hasFinished() {
        return place == Place.FINISHED;
    }

    boolean isBeforeCommit() {
        return place == Place.LOCKED || place == Place.IN_ROW;
    }

    /** Whether it has released its lock and remembers how. */
    boolean mayReleaseAgain() {
        return kind == Kind.WRITER && place == Place.FINISHED && lock != 0;
    }
}
