package dev.hearth.hibernate;

import dev.hearth.store.EntryAddress;
import dev.hearth.store.RegionStore;
import java.nio.charset.StandardCharsets;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** A key as Hibernate passes it around: what it stands for, and where that lies in Redis. */
final class CacheKey {
    private final String text;
    private final Object id;
    private final @Nullable String tenant;
    private final EntryAddress at;
    private final @Nullable SharedSessionContractImplementor session;

    CacheKey(RegionStore store, String text, Object id, @Nullable String tenant) {
        this(store, text, id, tenant, null);
    }

    CacheKey(
            RegionStore store,
            String text,
            Object id,
            @Nullable String tenant,
            @Nullable SharedSessionContractImplementor session) {
        this.text = text;
        this.id = id;
        this.tenant = tenant;
        this.at = store.address(text);
        this.session = session;
    }

    /** The part of the Redis key that stands for the id. */
    String text() {
        return text;
    }

    /** The Redis key, as values are sealed under it. */
    byte[] bytes() {
        return at.entry().getBytes(StandardCharsets.UTF_8);
    }

    /** The id, or the natural id's values. */
    Object id() {
        return id;
    }

    @Nullable
    String tenant() {
        return tenant;
    }

    EntryAddress at() {
        return at;
    }

    /** The session that the key was made in, which Hibernate does not always name when it uses the key. */
    @Nullable
    SharedSessionContractImplementor session() {
        return session;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey key && at.equals(key.at);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return at.entry();
    }
}
