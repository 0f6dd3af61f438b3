package dev.hearth.hibernate;

import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.internal.SessionFactoryOptionsBuilder;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;

/** Hibernate calls this at every start; it acts where the region factory is ours. */
public final class HearthIntegrator implements Integrator {
    @Override
    public void integrate(
            Metadata metadata, BootstrapContext bootstrapContext, SessionFactoryImplementor sessionFactory) {
        if (sessionFactory.getCache().getRegionFactory() instanceof FactoryHooks hooks) {
            listen(sessionFactory.getEventListenerRegistry());
            inspectStatements(sessionFactory.getSessionFactoryOptions());
            if (sessionFactory.getSessionFactoryOptions().isQueryCacheEnabled()) {
                StatelessAnnouncements.listen(sessionFactory.getEventListenerRegistry());
                FlushAnnouncements.listen(sessionFactory.getEventListenerRegistry());
            }
            sessionFactory.addObserver(new Observer(hooks));
        }
    }

    /**
     * Options are final once the factory is built, but for those that Hibernate itself has made, which is the rule. An inspector
     * of the application's stays alone: it may look for itself there.
     */
    private static void inspectStatements(SessionFactoryOptions options) {
        if (options instanceof SessionFactoryOptionsBuilder builder && options.getStatementInspector() == null) {
            builder.applyStatementInspector(new NativeStatementGuard.Inspector());
        }
    }

    private static void listen(EventListenerRegistry registry) {
        TableWrites writes = new TableWrites();
        registry.prependListeners(EventType.AUTO_FLUSH, new NativeStatementGuard.Flushes());
        registry.appendListeners(EventType.POST_INSERT, writes);
        registry.appendListeners(EventType.POST_UPDATE, writes);
        registry.appendListeners(EventType.DELETE, writes);
        StandardDeletes.listen(registry.getEventListenerGroup(EventType.POST_DELETE), writes);
        registry.appendListeners(EventType.POST_UPSERT, writes);
        registry.appendListeners(EventType.PRE_COLLECTION_RECREATE, writes);
        registry.appendListeners(EventType.PRE_COLLECTION_UPDATE, writes);
        registry.appendListeners(EventType.PRE_COLLECTION_REMOVE, writes);
    }

    private record Observer(FactoryHooks hooks) implements SessionFactoryObserver {
        private static final long serialVersionUID = 1L;

        @Override
        public void sessionFactoryCreated(SessionFactory factory) {
            hooks.sessionFactoryCreated((SessionFactoryImplementor) factory);
        }
    }
}
