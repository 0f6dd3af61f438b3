package dev.hearth.hibernate;

import dev.hearth.config.RegionSettings;
import dev.hearth.encoding.EntryCodecs;
import dev.hearth.encoding.EntryLimits;
import dev.hearth.encoding.KeyEncoder;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.model.domain.NavigableRole;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/** Makes the roles of one session factory from its persisters. */
final class Roles {
    private final SessionFactoryImplementor factory;
    private final Supplier<EntryCodecs> codecs;

    Roles(SessionFactoryImplementor factory, Set<String> allowedTypes) {
        this.factory = factory;
        this.codecs = Lazily.once(() -> new EntryCodecs(factory, allowedTypes));
    }

    QueryResults results(RegionSettings settings) {
        return new QueryResults(
                codecs, limits(settings), factory.getSessionFactoryOptions().inClauseParameterPaddingEnabled());
    }

    Role entity(NavigableRole role, String region, RegionSettings settings) {
        String name = role.getFullPath();
        return new Role(name, () -> {
            EntityPersister persister = entityPersister(name);
            return new Role.Mapping(
                    KeyEncoder.forEntity(persister, region).resolve(),
                    codecs.get().forEntity(persister, limits(settings)),
                    tables(persister),
                    persister,
                    null);
        });
    }

    Role naturalId(NavigableRole role, String region, RegionSettings settings) {
        String name = role.getFullPath();
        return new Role(name, () -> {
            EntityPersister persister = entityPersister(name);
            return new Role.Mapping(
                    KeyEncoder.forNaturalId(persister, region).resolve(),
                    codecs.get().forNaturalId(persister, limits(settings)),
                    tables(persister),
                    persister,
                    persister.getCacheAccessStrategy() instanceof EntityAccess entities ? entities : null);
        });
    }

    Role collection(NavigableRole role, String region, RegionSettings settings) {
        String name = role.getFullPath();
        return new Role(name, () -> {
            CollectionPersister persister = factory.getMappingMetamodel().getCollectionDescriptor(name);
            return new Role.Mapping(
                    KeyEncoder.forCollection(persister, region).resolve(),
                    codecs.get().forCollection(persister, limits(settings)),
                    tables(persister),
                    null,
                    null);
        });
    }

    private EntityPersister entityPersister(String name) {
        return factory.getMappingMetamodel().getEntityDescriptor(name);
    }

    private static EntryLimits limits(RegionSettings settings) {
        return new EntryLimits(settings.maximumEntrySize(), settings.compressionThreshold());
    }

    private static Set<String> tables(EntityPersister persister) {
        return names(Stream.of(persister.getQuerySpaces()));
    }

    /** Its own table, and those of its elements, whose rows decide what belongs to it. */
    private static Set<String> tables(CollectionPersister persister) {
        Stream<Object> own = Stream.of((Object[]) persister.getCollectionSpaces());
        return names(
                persister.getElementType().isEntityType()
                        ? Stream.concat(
                                own, Stream.of(persister.getElementPersister().getQuerySpaces()))
                        : own);
    }

    private static Set<String> names(Stream<?> spaces) {
        return spaces.map(String::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
