package dev.hearth.hibernate;

import dev.hearth.encoding.EntryCodec;
import dev.hearth.encoding.KeyEncoder;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * One role of the mapping in a region: an entity hierarchy, its natural id, or a collection. Persisters do not exist yet
 * when Hibernate asks for its regions, so what comes from them is looked up later, once.
 */
final class Role {
    /**
     * What the persister tells.
     *
     * @param tables all that the role's values are read from
     * @param entity the hierarchy's root; null for a collection
     * @param entities where the entities of a natural id are cached; null if they are not, or for other roles
     */
    record Mapping(
            KeyEncoder keys,
            EntryCodec codec,
            Set<String> tables,
            @Nullable EntityPersister entity,
            @Nullable EntityAccess entities) {}

    private final String name;
    private final Supplier<Mapping> mapping;

    Role(String name, Supplier<Mapping> mapping) {
        this.name = name;
        this.mapping = Lazily.once(mapping);
    }

    /** The root entity's name, also for its natural id, or the collection's role. */
    String name() {
        return name;
    }

    Mapping mapping() {
        return mapping.get();
    }

    KeyEncoder keys() {
        return mapping().keys();
    }

    EntryCodec codec() {
        return mapping().codec();
    }

    Set<String> tables() {
        return mapping().tables();
    }

    @Nullable
    EntityAccess entities() {
        return mapping().entities();
    }

    EntityPersister entityPersister() {
        EntityPersister persister = mapping().entity();
        if (persister == null) {
            throw new IllegalStateException(name + " is not an entity");
        }
        return persister;
    }
}
