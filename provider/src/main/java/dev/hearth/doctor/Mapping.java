package dev.hearth.doctor;

import dev.hearth.config.NearMode;
import dev.hearth.config.RegionSettings;
import dev.hearth.hibernate.DomainRegion;
import dev.hearth.hibernate.HibernateNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** What several checks ask of a node's mapping. */
final class Mapping {
    private Mapping() {}

    /** The entities that begin a hierarchy. */
    static Stream<EntityPersister> roots(HibernateNode node) {
        return node.sessionFactories().stream()
                .flatMap(factory -> factory.getMappingMetamodel().streamEntityDescriptors())
                .filter(entity -> !entity.isInherited());
    }

    /** The region's settings; null where there is no such region. */
    static @Nullable RegionSettings settings(HibernateNode node, String region) {
        DomainRegion found = node.regions().get(region);
        return found == null ? null : found.store().settings();
    }

    static boolean isNearFast(HibernateNode node, String region) {
        RegionSettings settings = settings(node, region);
        return settings != null && settings.near().mode() == NearMode.FAST;
    }

    static Set<String> tables(EntityPersister entity) {
        return Stream.of(entity.getQuerySpaces()).map(String::valueOf).collect(Collectors.toSet());
    }
}
