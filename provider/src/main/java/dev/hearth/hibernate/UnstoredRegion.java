package dev.hearth.hibernate;

import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** A region of query results, or of table timestamps, that keeps nothing: every cacheable query asks the database. */
public final class UnstoredRegion implements QueryResultsRegion, TimestampsRegion {
    private final RegionFactory factory;
    private final String name;

    public UnstoredRegion(RegionFactory factory, String name) {
        this.factory = factory;
        this.name = name;
    }

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        return null;
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        // Nothing validates a stored result yet, and one that may be stale is worse than none.
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public RegionFactory getRegionFactory() {
        return factory;
    }

    @Override
    public void clear() {
        // Nothing is kept.
    }

    @Override
    public void destroy() {
        // Nothing is kept.
    }
}
