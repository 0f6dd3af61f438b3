package dev.hearth.hibernate;

import java.util.Set;
import java.util.TreeSet;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.named.NamedObjectRepository;
import org.hibernate.query.named.NamedQueryMemento;

/** The regions that the named queries of a session factory keep their results in. */
final class QueryRegionNames {
    private final Set<String> names = new TreeSet<>();

    private QueryRegionNames() {}

    static Set<String> of(SessionFactoryImplementor factory) {
        QueryRegionNames found = new QueryRegionNames();
        NamedObjectRepository queries = factory.getQueryEngine().getNamedObjectRepository();
        queries.visitSqmQueryMementos(found::add);
        queries.visitNativeQueryMementos(found::add);
        return found.names;
    }

    private void add(NamedQueryMemento<?> query) {
        if (Boolean.TRUE.equals(query.getCacheable()) && query.getCacheRegion() != null) {
            names.add(query.getCacheRegion());
        }
    }
}
