package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata;

/** A query region that keeps sealed bytes under digests, so that what Hibernate reads has been through both. */
final class FakeResultStorage implements StorageAccess {
    /** What Hibernate put last, by the text of the digest. */
    final Map<String, Stored> stored = new ConcurrentHashMap<>();

    /** What Hibernate wanted to put, whether it could be encoded or not. */
    final List<Put> puts = new CopyOnWriteArrayList<>();

    final List<EncodingException> refusals = new CopyOnWriteArrayList<>();
    private volatile EntryCodecs codecs;
    volatile ResultCodec codec;

    void start(EntryCodecs entryCodecs) {
        codecs = entryCodecs;
        readTables(List.of());
    }

    /** Seals results as those of queries over these tables from now on. */
    void readTables(Collection<String> tables) {
        codec = codecs.forResults(tables, EntryLimits.DEFAULTS);
    }

    @Override
    public Object getFromCache(Object key, SharedSessionContractImplementor session) {
        QueryDigest digest = QueryKeys.digest((QueryKey) key);
        Stored found = digest == null ? null : stored.get(digest.text());
        try {
            return found == null
                    ? null
                    : CacheItem.of(found.stamp(), found.open(codec).results());
        } catch (UnreadableEntryException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        QueryDigest digest = QueryKeys.digest((QueryKey) key);
        List<?> results = CacheItem.resultsOf(value);
        puts.add(new Put((QueryKey) key, new ArrayList<>(results)));
        if (digest == null) {
            return;
        }
        try {
            byte[] bytes =
                    codec.seal(digest.text().getBytes(UTF_8), digest.check(), results, List.of("a hint", "a hat"));
            stored.put(digest.text(), new Stored(digest, CacheItem.stampOf(value), bytes));
        } catch (EncodingException e) {
            refusals.add(e);
        }
    }

    /** The rows, and their number, of the only result here. */
    List<?> rows() {
        Stored only = stored.values().iterator().next();
        try {
            return withoutMetadata(only.open(codec).results());
        } catch (UnreadableEntryException e) {
            throw new AssertionError(e);
        }
    }

    /** The same of what Hibernate put last. */
    List<?> putRows() {
        return withoutMetadata(puts.get(puts.size() - 1).results());
    }

    private static List<?> withoutMetadata(List<?> results) {
        return results.stream()
                .filter(row -> !(row instanceof CachedJdbcValuesMetadata))
                .toList();
    }

    @Override
    public boolean contains(Object key) {
        return false;
    }

    @Override
    public void evictData() {
        stored.clear();
        puts.clear();
        refusals.clear();
    }

    @Override
    public void evictData(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release() {}

    record Put(QueryKey key, List<?> results) {}

    record Stored(QueryDigest digest, long stamp, byte[] bytes) {
        byte[] key() {
            return digest.text().getBytes(UTF_8);
        }

        StoredResult open(ResultCodec codec) throws UnreadableEntryException {
            return codec.open(key(), digest.check(), bytes, 0);
        }
    }

    /** What Hibernate puts is of a class that it keeps to itself. */
    private static final class CacheItem {
        static Object of(long stamp, List<?> results) {
            try {
                Constructor<?> constructor = type().getDeclaredConstructors()[0];
                constructor.setAccessible(true);
                return constructor.newInstance(stamp, results);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        static List<?> resultsOf(Object item) {
            return (List<?>) read(item, "results");
        }

        static long stampOf(Object item) {
            return (Long) read(item, "timestamp");
        }

        private static Object read(Object item, String name) {
            try {
                Field field = type().getDeclaredField(name);
                field.setAccessible(true);
                return field.get(item);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private static Class<?> type() throws ClassNotFoundException {
            return Class.forName("org.hibernate.cache.internal.QueryResultsCacheImpl$CacheItem");
        }
    }
}
