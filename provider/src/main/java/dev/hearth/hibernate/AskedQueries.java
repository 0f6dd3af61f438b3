package dev.hearth.hibernate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hibernate.cache.spi.QueryKey;
import org.jspecify.annotations.Nullable;

/** The queries that a session has found no result for, until it publishes one. For one thread. */
final class AskedQueries {
    /* Hibernate names a query's tables when it looks for a result, and does not when it has one to keep. What it loads in
     * between is what the rows lead to. */
    private static final int MAXIMUM_QUERIES = 64;

    /**
     * @param tables what the query reads, by its own account
     * @param hints the entities that its rows led to
     * @param hopeless whether a result of this session would be stale already
     * @param since the node's monotonic time when nothing was found
     */
    record Asked(Set<String> tables, EntityHints hints, boolean hopeless, long since) {}

    private final Map<QueryKey, Asked> asked = new HashMap<>(4);

    void asked(QueryKey key, Set<String> tables, boolean hopeless, long since) {
        if (asked.size() >= MAXIMUM_QUERIES) {
            asked.clear();
        }
        asked.put(key, new Asked(tables, new EntityHints(), hopeless, since));
    }

    /** What is known of the query that a result is there for now; null if no result was looked for. */
    @Nullable
    Asked finished(QueryKey key) {
        return asked.remove(key);
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** The session has come upon an entity, in the database or in the cache. */
    void ledTo(String entity, CacheKey key) {
        for (Asked query : asked.values()) {
            if (!query.hopeless) {
                query.hints.add(entity, key.text());
            }
        }
    }

    void clear() {
        asked.clear();
    }
}
