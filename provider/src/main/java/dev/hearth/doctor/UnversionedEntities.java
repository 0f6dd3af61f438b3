package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.persister.entity.EntityPersister;

/** Entities that are changed without a version while their copies may be stale for a moment. */
final class UnversionedEntities implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return Mapping.roots(node)
                .filter(entity -> entity.isMutable()
                        && !entity.isVersioned()
                        && entity.getCacheAccessStrategy() != null
                        && entity.getCacheAccessStrategy().getAccessType() == AccessType.READ_WRITE
                        && Mapping.isNearFast(node, region(entity)))
                .map(entity -> new Finding(
                        Severity.WARNING,
                        "unversioned-read-write-near-fast",
                        entity.getEntityName(),
                        "it is READ_WRITE without a version, and kept near with near=fast: a transaction may read a copy that"
                                + " is stale by the delivery of a message, and its update then overwrites the other one"
                                + " unnoticed",
                        "give it a @Version, or set hibernate.cache.hearth.region." + region(entity)
                                + ".near to strict"));
    }

    private static String region(EntityPersister entity) {
        return entity.getCacheAccessStrategy().getRegion().getName();
    }
}
