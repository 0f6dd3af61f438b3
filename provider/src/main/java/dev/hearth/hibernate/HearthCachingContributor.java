package dev.hearth.hibernate;

import org.hibernate.cache.spi.CacheImplementor;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.CacheInitiator;
import org.hibernate.service.spi.SessionFactoryServiceContributor;
import org.hibernate.service.spi.SessionFactoryServiceInitiator;
import org.hibernate.service.spi.SessionFactoryServiceInitiatorContext;
import org.hibernate.service.spi.SessionFactoryServiceRegistryBuilder;

/** Gives session factories our cache where the region factory is ours, and Hibernate's own elsewhere. */
public final class HearthCachingContributor implements SessionFactoryServiceContributor {
    @Override
    public void contribute(SessionFactoryServiceRegistryBuilder serviceRegistryBuilder) {
        serviceRegistryBuilder.addInitiator(new Initiator());
    }

    private static final class Initiator implements SessionFactoryServiceInitiator<CacheImplementor> {
        @Override
        public CacheImplementor initiateService(SessionFactoryServiceInitiatorContext context) {
            return context.getServiceRegistry().getService(RegionFactory.class) instanceof FactoryHooks hooks
                    ? new HearthCaching(context.getSessionFactory(), hooks)
                    : CacheInitiator.INSTANCE.initiateService(context);
        }

        @Override
        public Class<CacheImplementor> getServiceInitiated() {
            return CacheImplementor.class;
        }
    }
}
