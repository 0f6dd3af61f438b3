package dev.hearth.hibernate;

import org.hibernate.Version;
import org.hibernate.cache.CacheException;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.PreInsertEvent;

/** Whether the Hibernate on the class path tells what the cache has to know. */
public final class HibernateVersion {
    /* Until 7.1 the events of a stateless session name no session, and Hibernate announces none of the tables that it
     * changes. So nobody could say when the transaction ends that made a query result stale. Their events' getter tells
     * such a version: it promises a session with a persistence context. */
    private HibernateVersion() {}

    /**
     * Refuses a version with which stale results could be served.
     *
     * @throws CacheException with the version, the reason, and the versions that are supported
     */
    public static void check() {
        check(PreInsertEvent.class, Version.getVersionString());
    }

    static void check(Class<?> event, String version) {
        if (!namesStatelessSessions(event)) {
            throw new CacheException("Hearth cannot keep its promises with Hibernate " + version
                    + ": it does not tell which stateless session changes a table, so query results would stay stale;"
                    + " use Hibernate 7.2, 7.3 or 7.4");
        }
    }

    private static boolean namesStatelessSessions(Class<?> event) {
        try {
            return event.getMethod("getSession").getReturnType() != EventSource.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
