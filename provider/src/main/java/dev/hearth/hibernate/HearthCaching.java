package dev.hearth.hibernate;

import dev.hearth.encoding.QueryKeys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.cache.internal.EnabledCaching;
import org.hibernate.cache.spi.QueryResultsCache;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.TimestampsCache;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache of one session factory: Hibernate's own, but for query results and the stamps of tables. Hibernate looks up a
 * result first and its tables' timestamps afterwards, one by one; ours come together (DESIGN section 7).
 */
final class HearthCaching extends EnabledCaching {
    private static final Logger log = LoggerFactory.getLogger(HearthCaching.class);

    private final Map<String, QueryResultsCache> queries = new ConcurrentHashMap<>();
    private final boolean queryCacheEnabled;
    private final HibernateNode node;
    private @Nullable TimestampsCache tables;

    HearthCaching(SessionFactoryImplementor sessionFactory, FactoryHooks hooks) {
        super(sessionFactory);
        this.queryCacheEnabled = sessionFactory.getSessionFactoryOptions().isQueryCacheEnabled();
        this.node = hooks.hibernate();
        if (queryCacheEnabled) {
            verifyKeys();
        }
    }

    private static void verifyKeys() {
        try {
            QueryKeys.verify();
        } catch (IllegalStateException e) {
            log.warn("No query is cached: this version of Hibernate keeps its query keys from us ({})", e.getMessage());
        }
    }

    @Override
    public TimestampsCache getTimestampsCache() {
        if (!queryCacheEnabled) {
            return super.getTimestampsCache();
        }
        TimestampsCache known = tables;
        if (known == null) {
            known = tables = new TableAnnouncements(super.getTimestampsCache().getRegion());
        }
        return known;
    }

    @Override
    public @Nullable QueryResultsCache getDefaultQueryResultsCache() {
        return ours(super.getDefaultQueryResultsCache());
    }

    @Override
    public @Nullable QueryResultsCache getQueryResultsCache(@Nullable String regionName) {
        return ours(super.getQueryResultsCache(regionName));
    }

    @Override
    public @Nullable QueryResultsCache getQueryResultsCacheStrictly(@Nullable String regionName) {
        return ours(super.getQueryResultsCacheStrictly(regionName));
    }

    /** Hibernate's own query cache in front of the region gives way to ours; it goes on knowing and clearing the region. */
    private @Nullable QueryResultsCache ours(@Nullable QueryResultsCache standard) {
        if (standard == null || standard instanceof QueryCache) {
            return standard;
        }
        QueryResultsRegion region = standard.getRegion();
        return region instanceof QueryRegion own
                ? queries.computeIfAbsent(
                        own.getName(),
                        name -> new QueryCache(own, node.results(getSessionFactory(), own), node.queries()))
                : standard;
    }
}
