package dev.hearth.doctor;

import dev.hearth.config.RegionSettings;
import dev.hearth.hibernate.HibernateNode;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cached queries whose results live longer than the entities whose ids they hold. */
final class OutlivingQueries implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return Queries.shallow(node)
                .filter(selected -> selected.entity().getCacheAccessStrategy() != null)
                .flatMap(selected -> examine(
                        node,
                        selected,
                        selected.entity().getCacheAccessStrategy().getRegion().getName()));
    }

    private static Stream<Finding> examine(HibernateNode node, Queries.Selected selected, String entityRegion) {
        Duration results = timeToLive(node, selected.query().region());
        RegionSettings entities = Mapping.settings(node, entityRegion);
        if (results == null || entities == null || results.compareTo(entities.timeToLive()) <= 0) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                Severity.INFO,
                "query-outlives-entities",
                Queries.subject(selected.query()),
                "its results live for " + results.toSeconds() + " s and hold ids of "
                        + selected.entity().getEntityName() + ", whose entries live for "
                        + entities.timeToLive().toSeconds()
                        + " s: once these have expired, a hit costs a statement for each row",
                "set time-to-live of region " + selected.query().region() + " to no more than that of region "
                        + entityRegion));
    }

    private static @Nullable Duration timeToLive(HibernateNode node, String queryRegion) {
        return node.queryRegions().stream()
                .filter(region -> region.getName().equals(queryRegion))
                .findFirst()
                .map(region -> region.store().region().settings().timeToLive())
                .orElse(null);
    }
}
