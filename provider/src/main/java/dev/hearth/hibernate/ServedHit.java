package dev.hearth.hibernate;

import dev.hearth.encoding.UnreadableEntryException;
import dev.hearth.store.Found;
import java.util.Map;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** One hit of an entity. */
final class ServedHit implements ServedEntity {
    private final EntityAccess access;
    private final SessionFactoryImplementor factory;
    private final CacheKey key;
    private final Object entry;

    ServedHit(EntityAccess access, SessionFactoryImplementor factory, CacheKey key, Object entry) {
        this.access = access;
        this.factory = factory;
        this.key = key;
        this.entry = entry;
    }

    @Override
    public String region() {
        return access.store().name();
    }

    @Override
    public Standing standing() {
        boolean near = access.near().peek(key.at()) == entry;
        Found found = access.tier().peekAll(Map.of(key.at(), access.store())).get(key.at());
        return new Standing(
                near, found instanceof Found.Value value && saysTheSame(value) ? value.stamp() : Standing.NONE);
    }

    private boolean saysTheSame(Found.Value value) {
        try {
            Object now = access.role().codec().open(key.bytes(), value.bytes(), value.offset());
            return EntryStates.same(persister(), factory, entry, now);
        } catch (UnreadableEntryException e) {
            return false;
        }
    }

    private EntityPersister persister() {
        return access.role().entityPersister();
    }

    @Override
    public boolean agreesWithDatabase() {
        try (Session session = open(factory, key.tenant())) {
            session.beginTransaction();
            try {
                return EntryStates.same(persister(), factory, entry, load(session));
            } finally {
                session.getTransaction().rollback();
            }
        }
    }

    private static Session open(SessionFactory factory, @Nullable String tenant) {
        Session session = tenant == null
                ? factory.openSession()
                : factory.withOptions().tenantIdentifier((Object) tenant).openSession();
        session.setDefaultReadOnly(true);
        session.setHibernateFlushMode(FlushMode.MANUAL);
        session.setCacheMode(CacheMode.IGNORE);
        TransactionContext.of(session.unwrap(SharedSessionContractImplementor.class))
                .publishNothing();
        return session;
    }

    /** The row, as an entry; null if there is none. */
    private @Nullable Object load(Session session) {
        Object entity = session.byId(persister().getEntityName()).load(key.id());
        if (entity == null) {
            return null;
        }
        SharedSessionContractImplementor implementor = session.unwrap(SharedSessionContractImplementor.class);
        EntityEntry loaded = implementor.getPersistenceContextInternal().getEntry(entity);
        EntityPersister persister = loaded.getPersister();
        return persister.buildCacheEntry(entity, persister.getValues(entity), loaded.getVersion(), implementor);
    }
}
