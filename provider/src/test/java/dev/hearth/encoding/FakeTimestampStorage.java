package dev.hearth.encoding;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** The stamps of tables, in a map: they are none of the codec's business. */
final class FakeTimestampStorage implements StorageAccess {
    private final Map<Object, Object> stamps = new ConcurrentHashMap<>();

    @Override
    public Object getFromCache(Object key, SharedSessionContractImplementor session) {
        return stamps.get(key);
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        stamps.put(key, value);
    }

    @Override
    public boolean contains(Object key) {
        return stamps.containsKey(key);
    }

    @Override
    public void evictData() {
        stamps.clear();
    }

    @Override
    public void evictData(Object key) {
        stamps.remove(key);
    }

    @Override
    public void release() {}
}
