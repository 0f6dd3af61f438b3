package dev.hearth.hibernate;

import dev.hearth.protocol.Completion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session's part in the cache which tables its transaction writes, whether or not what is written is cached: a
 * cached collection read later in the same transaction may hold rows that nobody else can see yet.
 */
final class TableWrites
        implements PostInsertEventListener,
                PostUpdateEventListener,
                PostDeleteEventListener,
                DeleteEventListener,
                PostUpsertEventListener,
                PreCollectionRecreateEventListener,
                PreCollectionUpdateEventListener,
                PreCollectionRemoveEventListener {
    private static final long serialVersionUID = 1L;
    private static final String STATELESS = "";

    @Override
    public void onPostInsert(PostInsertEvent event) {
        written(event.getSession(), event.getPersister());
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        written(event.getSession(), event.getPersister());
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        written(event.getSession(), event.getPersister());
        StatelessAnnouncements.deleted(event.getSession(), event.getPersister());
    }

    /**
     * Hibernate tells of a row that it deletes without having loaded it when it is asked to remove it, and never again:
     * neither when the row goes, at the next flush, nor after.
     */
    @Override
    public void onDelete(DeleteEvent event) {
        LazyInitializer reference = HibernateProxy.extractLazyInitializer(event.getObject());
        if (reference != null && reference.isUninitialized()) {
            EventSource session = event.getSession();
            EntityPersister persister =
                    session.getFactory().getMappingMetamodel().getEntityDescriptor(reference.getEntityName());
            TransactionContext.of(session).removes(new UnloadedRemoval(session, persister));
        }
    }

    @Override
    public void onDelete(DeleteEvent event, DeleteContext transientEntities) {
        onDelete(event);
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        written(event.getSession(), event.getPersister());
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }

    @Override
    public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
        written(event);
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        written(event);
    }

    @Override
    public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
        written(event);
    }

    static void written(SharedSessionContractImplementor session, EntityPersister persister) {
        DomainAccess.adoptLocks(session);
        if (session.isEventSource()) {
            written(session, persister.getQuerySpaces(), persister.getRootEntityName());
        } else {
            writtenStatelessly(session, persister);
        }
    }

    /* A stateless session inserts rows without telling the cache of their entities, and names no session when it writes
     * their collections: so until its transaction is over it uses nothing that is read from any of the tables. */
    private static void writtenStatelessly(SharedSessionContractImplementor session, EntityPersister persister) {
        if (TransactionContext.of(session).completion(session) == Completion.AUTOCOMMIT) {
            return;
        }
        written(session, persister.getQuerySpaces(), STATELESS);
        persister.visitAttributeMappings(attribute -> {
            if (attribute instanceof PluralAttributeMapping plural) {
                written(session, plural.getCollectionDescriptor().getCollectionSpaces(), STATELESS);
            }
        });
    }

    private static void written(AbstractCollectionEvent event) {
        @Nullable SharedSessionContractImplementor session = sessionOf(event);
        if (session != null) {
            EventCollections.of(event, session)
                    .forEach(persister -> written(session, persister.getCollectionSpaces(), persister.getRole()));
        }
    }

    /** Null for a stateless session, whose events name none, which the getter of Hibernate's event does not expect. */
    static @Nullable SharedSessionContractImplementor sessionOf(AbstractCollectionEvent event) {
        try {
            return event.getSession();
        } catch (NullPointerException namesNone) {
            return null;
        }
    }

    private static void written(SharedSessionContractImplementor session, Object[] tables, String role) {
        TransactionContext context = TransactionContext.of(session);
        context.writes(session);
        for (Object table : tables) {
            context.participant().changesTable(String.valueOf(table), role);
        }
    }
}
