package dev.hearth.hibernate;

import java.io.Serializable;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.hibernate.collection.spi.CollectionSemantics;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** Reads the entities of a cached collection ahead, before Hibernate asks for them one by one. */
final class CollectionElements {
    private CollectionElements() {}

    static void prefetch(
            SharedSessionContractImplementor session, String role, CollectionCacheEntry collection, ReadAhead ahead) {
        CollectionPersister persister =
                session.getFactory().getMappingMetamodel().getCollectionDescriptor(role);
        if (!persister.getElementType().isEntityType()) {
            return;
        }
        EntityPersister elements = persister.getElementPersister();
        if (!(elements.getCacheAccessStrategy() instanceof EntityAccess)) {
            return;
        }
        Serializable[] state = collection.getState();
        Prefetcher prefetcher = new Prefetcher(TransactionContext.of(session), session, ahead);
        int step = stride(persister.getCollectionSemantics());
        for (int i = step - 1; i < state.length; i += step) {
            Object id = id(session, elements, state[i]);
            if (id != null) {
                prefetcher.add(elements, id);
            }
        }
        prefetcher.fetch();
    }

    /** Maps and id bags are kept as flat pairs, the element second. */
    private static int stride(CollectionSemantics<?, ?> semantics) {
        CollectionClassification kind = semantics.getCollectionClassification();
        return kind.toJpaClassification() == jakarta.persistence.metamodel.PluralAttribute.CollectionType.MAP
                        || kind == CollectionClassification.ID_BAG
                ? 2
                : 1;
    }

    private static @Nullable Object id(
            SharedSessionContractImplementor session, EntityPersister elements, @Nullable Serializable element) {
        if (element == null) {
            return null;
        }
        Type type = elements.getIdentifierType();
        return type.isComponentType() ? type.assemble(element, session, null) : element;
    }
}
