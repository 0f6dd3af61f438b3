package dev.hearth.hibernate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Hibernate's own second-level cache, on the heap, with a clock that never tells the same time twice. */
final class FakeHeapRegionFactory extends RegionFactoryTemplate {
    private static final long serialVersionUID = 1L;

    private final AtomicLong clock = new AtomicLong();

    @Override
    protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> configValues) {
        // Nothing is needed.
    }

    @Override
    protected void releaseFromUse() {
        // Nothing was used.
    }

    @Override
    public long nextTimestamp() {
        return clock.incrementAndGet();
    }

    @Override
    public long getTimeout() {
        return 0;
    }

    @Override
    protected DomainDataStorageAccess createDomainDataStorageAccess(
            DomainDataRegionConfig regionConfig, DomainDataRegionBuildingContext buildingContext) {
        return new Heap();
    }

    @Override
    protected StorageAccess createQueryResultsRegionStorageAccess(
            String regionName, SessionFactoryImplementor sessionFactory) {
        return new Heap();
    }

    @Override
    protected StorageAccess createTimestampsRegionStorageAccess(
            String regionName, SessionFactoryImplementor sessionFactory) {
        return new Heap();
    }

    private static final class Heap implements DomainDataStorageAccess {
        private final Map<Object, Object> values = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
            return values.get(key);
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            values.put(key, value);
        }

        @Override
        public boolean contains(Object key) {
            return values.containsKey(key);
        }

        @Override
        public void evictData() {
            values.clear();
        }

        @Override
        public void evictData(Object key) {
            values.remove(key);
        }

        @Override
        public void release() {
            values.clear();
        }
    }
}
