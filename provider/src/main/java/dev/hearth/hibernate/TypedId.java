package dev.hearth.hibernate;

import java.util.Optional;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.BasicType;
import org.hibernate.type.Type;

/** An id as an operator types it, which stands for a value of the mapping's own type. */
record TypedId(String text) {
    /**
     * The value, if the text stands for one of this type; empty for a composite one, which has no text.
     */
    Optional<Object> as(Type type) {
        if (!(type instanceof BasicType<?> basic)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(basic.getJavaTypeDescriptor().fromString(text));
        } catch (RuntimeException e) {
            // Each type has an exception of its own for what it cannot read.
            return Optional.empty();
        }
    }

    /** Evicts the entity of this id; answers false if there can be none. */
    boolean evictEntity(SessionFactoryImplementor factory, EntityAccess access) {
        Type type = factory.getMappingMetamodel()
                .getEntityDescriptor(access.role().name())
                .getIdentifierType();
        Optional<Object> id = as(type);
        id.ifPresent(value -> access.evict(access.cacheKey(value, null)));
        return id.isPresent();
    }

    /** Evicts the collection whose owner has this id, or this other key; answers false if there can be none. */
    boolean evictCollection(SessionFactoryImplementor factory, CollectionAccess access) {
        var persister = factory.getMappingMetamodel()
                .getCollectionDescriptor(access.role().name());
        Optional<Object> key = as(persister.getKeyType());
        key.ifPresent(value -> access.evict(access.generateCacheKey(value, persister, factory, null)));
        return key.isPresent();
    }
}
