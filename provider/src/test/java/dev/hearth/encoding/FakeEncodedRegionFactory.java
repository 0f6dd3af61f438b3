package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.model.domain.NavigableRole;

/** Keeps every cached value as sealed bytes in a map, so that what Hibernate reads has been through the codec. */
final class FakeEncodedRegionFactory extends RegionFactoryTemplate {
    final Map<StoredKey, byte[]> stored = new ConcurrentHashMap<>();
    final FakeResultStorage results = new FakeResultStorage();
    private final Map<String, EntryCodec> codecs = new ConcurrentHashMap<>();
    private volatile EntryCodecs factory;

    /** Makes the codec of every cached role; what cannot be encoded is refused here. */
    void start(SessionFactoryImplementor sessionFactory, EntryCodecs entryCodecs) {
        factory = entryCodecs;
        results.start(entryCodecs);
        var metamodel = sessionFactory.getMappingMetamodel();
        metamodel.forEachEntityDescriptor(entity -> {
            if (entity.canWriteToCache() && entity.getEntityName().equals(entity.getRootEntityName())) {
                codecs.put(entity.getEntityName(), factory.forEntity(entity, EntryLimits.DEFAULTS));
            }
            if (entity.hasNaturalIdCache()) {
                codecs.put(entity.getEntityName() + "##NaturalId", factory.forNaturalId(entity, EntryLimits.DEFAULTS));
            }
        });
        metamodel.forEachCollectionDescriptor(collection -> {
            if (collection.hasCache()) {
                codecs.put(collection.getRole(), factory.forCollection(collection, EntryLimits.DEFAULTS));
            }
        });
    }

    EntryCodec codec(String role) {
        return codecs.get(role);
    }

    Map<String, EntryCodec> codecs() {
        return codecs;
    }

    @Override
    protected DomainDataStorageAccess createDomainDataStorageAccess(
            DomainDataRegionConfig config, DomainDataRegionBuildingContext context) {
        NavigableRole role = !config.getEntityCaching().isEmpty()
                ? config.getEntityCaching().get(0).getNavigableRole()
                : !config.getCollectionCaching().isEmpty()
                        ? config.getCollectionCaching().get(0).getNavigableRole()
                        : config.getNaturalIdCaching().get(0).getNavigableRole();
        String name = role.getFullPath() + (config.getNaturalIdCaching().isEmpty() ? "" : "##NaturalId");
        return new Storage(name);
    }

    @Override
    protected StorageAccess createQueryResultsRegionStorageAccess(String name, SessionFactoryImplementor sessions) {
        return results;
    }

    @Override
    protected StorageAccess createTimestampsRegionStorageAccess(String name, SessionFactoryImplementor sessions) {
        return new FakeTimestampStorage();
    }

    @Override
    protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> configValues) {}

    @Override
    protected void releaseFromUse() {}

    private final class Storage implements DomainDataStorageAccess {
        private final String role;

        private Storage(String role) {
            this.role = role;
        }

        @Override
        public Object getFromCache(Object key, SharedSessionContractImplementor session) {
            byte[] bytes = stored.get(new StoredKey(role, key));
            try {
                return bytes == null ? null : codecs.get(role).open(role.getBytes(UTF_8), bytes, 0);
            } catch (UnreadableEntryException e) {
                throw new AssertionError(role + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            try {
                stored.put(new StoredKey(role, key), codecs.get(role).seal(role.getBytes(UTF_8), value));
            } catch (EncodingException e) {
                throw new AssertionError(role + ": " + e.getMessage(), e);
            }
        }

        @Override
        public boolean contains(Object key) {
            return stored.containsKey(new StoredKey(role, key));
        }

        @Override
        public void evictData() {
            stored.keySet().removeIf(key -> key.role().equals(role));
        }

        @Override
        public void evictData(Object key) {
            stored.remove(new StoredKey(role, key));
        }

        @Override
        public void release() {}
    }

    record StoredKey(String role, Object key) {}
}
