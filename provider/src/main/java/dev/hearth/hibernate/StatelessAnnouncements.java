package dev.hearth.hibernate;

import java.util.HashSet;
import java.util.Set;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Announces the tables that stateless sessions change, which Hibernate does for the others only (DESIGN section 6).
 */
final class StatelessAnnouncements
        implements PreInsertEventListener,
                PreUpdateEventListener,
                PreUpsertEventListener,
                PostInsertEventListener,
                PostUpdateEventListener,
                PostUpsertEventListener {
    /* Before the statement, since without a transaction the statement is the commit. It is settled with the transaction;
     * without one, after the statement, unless collections follow that commit by themselves, and name no session: then by
     * the session's next statement, or by lapsing.
     *
     * A listener before deletes would make Hibernate load what is removed by reference. So a delete is announced with the
     * entity's lock, and, where the entity is not cached, once its statement has run. */
    private static final long serialVersionUID = 1L;

    private StatelessAnnouncements() {}

    static void listen(EventListenerRegistry registry) {
        StatelessAnnouncements listener = new StatelessAnnouncements();
        registry.appendListeners(EventType.PRE_INSERT, listener);
        registry.appendListeners(EventType.PRE_UPDATE, listener);
        registry.appendListeners(EventType.PRE_UPSERT, listener);
        registry.appendListeners(EventType.POST_INSERT, listener);
        registry.appendListeners(EventType.POST_UPDATE, listener);
        registry.appendListeners(EventType.POST_UPSERT, listener);
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        return announced(event.getSession(), event.getPersister());
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        return announced(event.getSession(), event.getPersister());
    }

    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        return announced(event.getSession(), event.getPersister());
    }

    /** Never vetoes. */
    private static boolean announced(SharedSessionContractImplementor session, EntityPersister persister) {
        if (!session.isEventSource()) {
            TransactionContext.of(session).participant().settlesAtOnce();
            TableAnnouncements.announce(session, tables(persister));
        }
        return false;
    }

    /** A row was deleted; that was the commit, where there is no transaction. */
    static void deleted(SharedSessionContractImplementor session, EntityPersister persister) {
        if (!session.isEventSource()
                && session.getFactory().getSessionFactoryOptions().isQueryCacheEnabled()) {
            TableAnnouncements.announce(session, tables(persister));
            written(session, persister);
        }
    }

    /** The entity's own tables, and those of the collections that are written along with it. */
    private static Set<String> tables(EntityPersister persister) {
        Set<String> tables = new HashSet<>();
        for (Object table : persister.getQuerySpaces()) {
            tables.add(String.valueOf(table));
        }
        persister.visitAttributeMappings(attribute -> {
            if (attribute instanceof PluralAttributeMapping plural) {
                for (Object table : plural.getCollectionDescriptor().getCollectionSpaces()) {
                    tables.add(String.valueOf(table));
                }
            }
        });
        return tables;
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        written(event.getSession(), event.getPersister());
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        written(event.getSession(), event.getPersister());
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        written(event.getSession(), event.getPersister());
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }

    private static void written(SharedSessionContractImplementor session, EntityPersister persister) {
        if (!session.isEventSource() && !persister.hasCollections()) {
            TransactionContext.of(session).participant().settlesAtOnce();
        }
    }
}
