package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;

/** Cached queries whose results hold the ids of entities that are not cached. */
final class ShallowQueries implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return Queries.shallow(node)
                .filter(selected -> selected.entity().getCacheAccessStrategy() == null)
                .map(selected -> new Finding(
                        Severity.WARNING,
                        "shallow-query-over-uncached",
                        Queries.subject(selected.query()),
                        "its cached result holds ids of " + selected.entity().getEntityName()
                                + " (layout SHALLOW), which is not cached: a hit costs a statement for each row",
                        "cache the entity, or have the result hold it: @QueryCacheLayout(layout = FULL), or"
                                + " hibernate.cache.query_cache_layout=AUTO"));
    }
}
