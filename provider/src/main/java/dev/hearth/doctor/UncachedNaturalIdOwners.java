package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;

/** Natural ids that are cached without their entity, so that each load asks for them. */
final class UncachedNaturalIdOwners implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return Mapping.roots(node)
                .filter(entity -> entity.hasNaturalIdCache() && entity.getCacheAccessStrategy() == null)
                .map(entity -> new Finding(
                        Severity.WARNING,
                        "natural-id-without-entity",
                        entity.getEntityName(),
                        "its natural id is cached, but the entity is not: every load of the entity asks Redis whether the"
                                + " natural id is there",
                        "cache the entity too (@Cache), or remove @NaturalIdCache"));
    }
}
