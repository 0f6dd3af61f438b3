package dev.hearth.hibernate;

import dev.hearth.protocol.Completion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Announces the tables that a flush changes before its statements run, so that the announcement is under way while they do
 * (DESIGN section 6). Hibernate tells of tables once the statements have run; the commit would wait for Redis all over again.
 */
final class FlushAnnouncements
        implements PreInsertEventListener,
                PreUpdateEventListener,
                PreCollectionRecreateEventListener,
                PreCollectionUpdateEventListener,
                PreCollectionRemoveEventListener {
    /* A convenience: whatever is not announced here is announced when Hibernate tells. There is no listener for deletes, which
     * would make Hibernate load what is removed by reference: what is loaded and cached is announced with its lock. */
    private static final long serialVersionUID = 1L;

    private FlushAnnouncements() {}

    static void listen(EventListenerRegistry registry) {
        FlushAnnouncements listener = new FlushAnnouncements();
        registry.appendListeners(EventType.PRE_INSERT, listener);
        registry.appendListeners(EventType.PRE_UPDATE, listener);
        registry.appendListeners(EventType.PRE_COLLECTION_RECREATE, listener);
        registry.appendListeners(EventType.PRE_COLLECTION_UPDATE, listener);
        registry.appendListeners(EventType.PRE_COLLECTION_REMOVE, listener);
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        return announced(event.getSession(), event.getPersister().getPropertySpaces());
    }

    /* Where a lock comes next, the announcement goes with it: one step of Redis's, and one message to acknowledge. Should no
     * lock come, because another listener vetoes, there is nothing to announce. */
    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        SharedSessionContractImplementor session = event.getSession();
        EntityPersister persister = event.getPersister();
        if (persister.canWriteToCache()
                && persister.getCacheAccessStrategy() instanceof EntityAccess access
                && access.locks()
                && tells(session)) {
            TransactionContext.of(session).announcesWithLock(access, names(persister.getPropertySpaces()));
            return false;
        }
        return announced(session, persister.getPropertySpaces());
    }

    /** The tables that a flush changes which removes this entity; empty if none does, or if it was not loaded. */
    static Collection<String> ofRemoval(SharedSessionContractImplementor session, EntityPersister root, Object id) {
        if (!session.isEventSource()
                || !session.getFactory().getSessionFactoryOptions().isQueryCacheEnabled()) {
            return List.of();
        }
        PersistenceContext loaded = session.getPersistenceContextInternal();
        Object entity = loaded.getEntity(session.generateEntityKey(id, root));
        EntityEntry entry = entity == null ? null : loaded.getEntry(entity);
        return entry != null && entry.getStatus() == Status.DELETED
                ? names(entry.getPersister().getPropertySpaces())
                : List.of();
    }

    @Override
    public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
        announced(event);
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        announced(event);
    }

    @Override
    public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
        announced(event);
    }

    /* Where it is not known which of its owner's collections it is, the others' tables need not be announced for it. */
    private static void announced(AbstractCollectionEvent event) {
        SharedSessionContractImplementor session = TableWrites.sessionOf(event);
        if (session != null) {
            Set<CollectionPersister> collections = EventCollections.of(event, session);
            if (collections.size() == 1) {
                announced(session, collections.iterator().next().getCollectionSpaces());
            }
        }
    }

    /** Never vetoes. Where nobody tells of the transaction's end, an announcement is awaited at once: one is enough there. */
    private static boolean announced(SharedSessionContractImplementor session, Object[] tables) {
        if (tells(session)) {
            TableAnnouncements.announce(session, names(tables));
        }
        return false;
    }

    private static boolean tells(SharedSessionContractImplementor session) {
        return session.isEventSource() && TransactionContext.of(session).completion(session) == Completion.TRANSACTION;
    }

    private static List<String> names(Object[] tables) {
        List<String> names = new ArrayList<>(tables.length);
        for (Object table : tables) {
            names.add(String.valueOf(table));
        }
        return names;
    }
}
