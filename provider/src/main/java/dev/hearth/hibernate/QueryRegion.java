package dev.hearth.hibernate;

import dev.hearth.near.NearRegion;
import dev.hearth.protocol.Node;
import dev.hearth.store.ResultStore;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** A region of query results. {@link QueryCache} reads and writes it; Hibernate itself only clears it. */
public final class QueryRegion implements QueryResultsRegion {
    private final RegionFactory factory;
    private final Node node;
    private final String name;
    private final ResultStore store;
    private final NearRegion near;
    private final Companions companions = new Companions();

    QueryRegion(RegionFactory factory, Node node, String name) {
        this.factory = factory;
        this.node = node;
        this.name = name;
        this.store = node.tier().results(name);
        this.near = node.near().results(store.region());
    }

    /** The region in Redis. */
    public ResultStore store() {
        return store;
    }

    /** Both tiers of the region. */
    NearRegion near() {
        return near;
    }

    /** What the rows of the region's results lead to. */
    Companions companions() {
        return companions;
    }

    Node node() {
        return node;
    }

    /** Nothing: a result cannot be judged without the tables that it reads. */
    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        return null;
    }

    /** Does nothing, as a result without its tables could not be judged. */
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

    /** Makes every result in the region a miss, for all nodes. */
    @Override
    public void clear() {
        DomainAccess.clear(node, store.region());
    }

    /** Results stay in Redis for the other nodes, and for the next start. */
    @Override
    public void destroy() {
        // The factory closes what a region uses.
    }
}
