package dev.hearth.audit;

import dev.hearth.hibernate.ServedEntity;
import dev.hearth.hibernate.ServedEntity.Standing;

/** What an audit has found. */
enum Verdict {
    /** The database has what was served. */
    TRUE,
    /** The database has something else, and did while the entry was being served. */
    STALE,
    /** The entry has changed meanwhile. */
    UNDECIDED;

    /* A writer locks the entry before it commits, and strictly kept copies are dropped before, too. So if the database shows
     * another state, and the same entry, unlocked, or the same copy was there both before the database was asked and after,
     * then it was served after that state was committed. Asking once more leaves out what was true again meanwhile. */
    static Verdict on(ServedEntity served) {
        Standing before = served.standing();
        if (!before.isServed()) {
            return UNDECIDED;
        }
        if (served.agreesWithDatabase()) {
            return TRUE;
        }
        return before.wasServedUntil(served.standing()) && !served.agreesWithDatabase() ? STALE : UNDECIDED;
    }
}
