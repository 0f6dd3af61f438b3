package dev.hearth.hibernate;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.CollectionEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.metamodel.MappingMetamodel;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/** Finds the mapping of the collection that an event is about, which events name from Hibernate 7.3 on only. */
final class EventCollections {
    /* The session knows a collection's mapping before and after the flush. A collection that goes without having been
     * loaded is not there to be asked: it may be any of its owner's. More than the one only makes more misses, for the
     * session and until its transaction is over. */
    private EventCollections() {}

    /** The mapping of the event's collection, perhaps among others of its owner; none if nothing is known. */
    static Set<CollectionPersister> of(AbstractCollectionEvent event, SharedSessionContractImplementor session) {
        Set<CollectionPersister> found = new LinkedHashSet<>(2);
        PersistentCollection<?> collection = event.getCollection();
        CollectionEntry entry = collection == null
                ? null
                : session.getPersistenceContextInternal().getCollectionEntry(collection);
        if (entry != null) {
            add(found, entry.getLoadedPersister());
            add(found, entry.getCurrentPersister());
        }
        String owner = event.getAffectedOwnerEntityName();
        if (found.isEmpty() && owner != null) {
            addAllOf(owner, found, session.getFactory().getMappingMetamodel());
        }
        return found;
    }

    private static void add(Set<CollectionPersister> found, @Nullable CollectionPersister persister) {
        if (persister != null) {
            found.add(persister);
        }
    }

    /** Of the whole hierarchy: the name may be that of a superclass of the owner. */
    private static void addAllOf(String owner, Set<CollectionPersister> found, MappingMetamodel metamodel) {
        String root = metamodel.getEntityDescriptor(owner).getRootEntityName();
        metamodel.forEachCollectionDescriptor(persister -> {
            if (persister.getOwnerEntityPersister().getRootEntityName().equals(root)) {
                found.add(persister);
            }
        });
    }
}
