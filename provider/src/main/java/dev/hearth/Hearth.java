package dev.hearth;

import dev.hearth.hibernate.SessionPrefetch;
import java.util.Collection;
import org.hibernate.SharedSessionContract;

/** What an application can ask of the cache beyond Hibernate's own API. */
public final class Hearth {
    private Hearth() {}

    /**
     * Reads cached entities ahead, all in one round trip, for the session's lookups that follow at once: each is handed over
     * once, for a moment only, and under the rules of any read from the cache (DESIGN section 7). What is not cached is
     * loaded from the database when it is looked up. Does nothing where the entity is not cached by Hearth.
     *
     * @param session the session that will look the entities up
     * @param entity the entity's class, or a superclass in its hierarchy that is mapped
     * @param ids identifiers of its entities
     * @throws IllegalArgumentException if the class is not a mapped entity
     */
    public static void prefetch(SharedSessionContract session, Class<?> entity, Collection<?> ids) {
        SessionPrefetch.prefetch(session, entity, ids);
    }
}
