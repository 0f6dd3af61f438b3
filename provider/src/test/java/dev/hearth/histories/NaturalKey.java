package dev.hearth.histories;

import dev.hearth.test.HibernateRelease;
import org.hibernate.KeyType;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Finds entities by their natural ids, in the way that the release of Hibernate has for it. */
final class NaturalKey {
    private static final boolean FINDS = HibernateRelease.isAtLeast(7, 3);

    private NaturalKey() {}

    /** Null if there is none. */
    static <T> @Nullable T find(Session session, Class<T> type, Object key) {
        return FINDS
                ? session.find(type, key, KeyType.NATURAL)
                : session.bySimpleNaturalId(type).load(key);
    }
}
