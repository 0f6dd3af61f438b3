package dev.hearth.doctor;

import dev.hearth.hibernate.DomainRegion;
import dev.hearth.hibernate.HibernateNode;
import dev.hearth.statistics.RegionStatistics;
import java.util.stream.Stream;
import org.hibernate.persister.entity.EntityPersister;

/** Natural ids that every load of their entity publishes, and nobody looks up. */
final class UnaskedNaturalIds implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return Mapping.roots(node).filter(EntityPersister::hasNaturalIdCache).flatMap(entity -> examine(node, entity));
    }

    private static Stream<Finding> examine(HibernateNode node, EntityPersister entity) {
        DomainRegion region = node.regions()
                .get(entity.getNaturalIdCacheAccessStrategy().getRegion().getName());
        if (region == null) {
            return Stream.empty();
        }
        RegionStatistics statistics = region.store().statistics();
        if (statistics.puts() < ENOUGH || statistics.hits() + statistics.misses() > 0) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                Severity.WARNING,
                "natural-id-never-asked",
                entity.getEntityName(),
                "its natural id was stored " + statistics.puts()
                        + " times and never looked up: every load and every hit of"
                        + " the entity makes it be considered",
                "look entities up by their natural id (bySimpleNaturalId), or remove @NaturalIdCache"));
    }
}
