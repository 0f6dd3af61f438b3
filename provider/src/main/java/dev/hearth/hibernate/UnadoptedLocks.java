package dev.hearth.hibernate;

import dev.hearth.protocol.RegionHold;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bulk locks that this thread has taken on behalf of a session that Hibernate has not named yet. */
final class UnadoptedLocks {
    /* For a bulk statement removeAll, which names the session, follows on the same thread. Where Hibernate locks every
     * collection of a role because of one entity (auto_evict_collection_cache), it does so in a listener to the entity's
     * event; the same event comes to TableWrites next, and names the session. */
    private static final ThreadLocal<@Nullable List<RegionHold>> TAKEN = new ThreadLocal<>();

    private UnadoptedLocks() {}

    static void add(RegionHold hold) {
        List<RegionHold> taken = TAKEN.get();
        if (taken == null) {
            taken = new ArrayList<>(1);
            TAKEN.set(taken);
        }
        taken.add(hold);
    }

    /** Answers them, for the caller to adopt. */
    static List<RegionHold> take() {
        List<RegionHold> taken = TAKEN.get();
        if (taken == null) {
            return List.of();
        }
        TAKEN.remove();
        return taken;
    }
}
