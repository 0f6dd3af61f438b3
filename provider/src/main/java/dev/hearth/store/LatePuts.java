package dev.hearth.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The entries of a region that this node has just put, or found to stand there already. Safe for concurrent use. */
final class LatePuts {
    /* Hibernate publishes every entity that a query's rows bring, even where the rows come from a cached result: each hit
     * of a popular query would send each of its entities again. Nothing is lost if one of them is not sent: it is no newer
     * than the result, and whoever asks for the entry alone and does not find it takes it off this list first. */
    private static final Duration VALIDITY = Duration.ofSeconds(2);
    private static final int MOST = 50_000;

    private final Cache<String, Boolean> keys;

    LatePuts(LongSupplier nanoTime) {
        this.keys = Caffeine.newBuilder()
                .ticker(nanoTime::getAsLong)
                .expireAfterWrite(VALIDITY)
                .maximumSize(MOST)
                .build();
    }

    boolean contains(EntryAddress at) {
        return keys.getIfPresent(at.key()) != null;
    }

    void add(EntryAddress at) {
        keys.put(at.key(), Boolean.TRUE);
    }

    void remove(EntryAddress at) {
        keys.invalidate(at.key());
    }

    void clear() {
        keys.invalidateAll();
    }
}
