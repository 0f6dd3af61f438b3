package dev.hearth.hibernate;

/** An entity's entry as the cache has served it to a session, for whoever compares it with the database afterwards. */
public interface ServedEntity {
    /** The name of its region. */
    String region();

    /** Where what was served stands now. Counts no hit and no miss. */
    Standing standing();

    /**
     * Whether the database has the entity in the state that was served. Asks in a session and a transaction of its own,
     * past the cache.
     */
    boolean agreesWithDatabase();

    /**
     * Where an entry stands.
     *
     * @param near whether this very copy is served inside the process
     * @param stamp that of the entry in Redis, in microseconds, if it is unlocked and says the same; else {@link #NONE}
     */
    record Standing(boolean near, long stamp) {
        public static final long NONE = -1;

        /** Whether it is served anywhere. */
        public boolean isServed() {
            return near || stamp != NONE;
        }

        /** Whether it has been served all the time between two looks: stamps and copies never come back. */
        public boolean wasServedUntil(Standing later) {
            return (near && later.near) || (stamp != NONE && stamp == later.stamp);
        }
    }
}
