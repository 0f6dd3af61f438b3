package dev.hearth.hibernate;

import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** The stamps of tables, as Hibernate sees them: a region that can be cleared, which makes all query results stale. */
public final class TableRegion implements TimestampsRegion {
    private final RegionFactory factory;
    private final HibernateNode node;
    private final String name;

    TableRegion(RegionFactory factory, HibernateNode node, String name) {
        this.factory = factory;
        this.node = node;
        this.name = name;
    }

    /** Nothing: stamps are Redis's, and read together with the results that they judge. */
    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        return null;
    }

    /** Does nothing: {@link TableAnnouncements} announces and settles. */
    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        // See above.
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
        node.clearTables();
    }

    /** What is announced stays announced for the other nodes. */
    @Override
    public void destroy() {
        // The factory closes what a region uses.
    }
}
