package dev.hearth.hibernate;

import dev.hearth.encoding.KeyEncoder;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.RegionStore;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A key as Hibernate passes it around: what it stands for, and where that lies in Redis. For the thread of one session, but
 * for one made of its address.
 */
final class CacheKey {
    /* Hibernate makes keys of every entity that a cached result brings and of its natural id, and nothing is looked up by most
     * of them. So the text is made when it is asked for, which is before whatever is changed under the key. */
    private final RegionStore store;
    private final @Nullable KeyEncoder encoder;
    private @Nullable String text;
    private final Object id;
    private final @Nullable String tenant;
    private @Nullable EntryAddress at;
    private final @Nullable SharedSessionContractImplementor session;

    /** The key of what lies there, which says nothing of the id. */
    CacheKey(RegionStore store, EntryAddress at) {
        this(store, null, at.key(), at.key(), null, null);
        this.at = at;
    }

    CacheKey(RegionStore store, KeyEncoder encoder, Object id, @Nullable String tenant) {
        this(store, encoder, null, id, tenant, null);
    }

    /** Made in this session. */
    CacheKey(
            RegionStore store,
            KeyEncoder encoder,
            Object id,
            @Nullable String tenant,
            SharedSessionContractImplementor session) {
        this(store, encoder, null, id, tenant, session);
    }

    private CacheKey(
            RegionStore store,
            @Nullable KeyEncoder encoder,
            @Nullable String text,
            Object id,
            @Nullable String tenant,
            @Nullable SharedSessionContractImplementor session) {
        this.store = store;
        this.encoder = encoder;
        this.text = text;
        this.id = id;
        this.tenant = tenant;
        this.session = session;
    }

    /** The part of the Redis key that stands for the id. */
    String text() {
        String known = text;
        if (known == null) {
            known = text = Objects.requireNonNull(encoder).encode(id, tenant);
        }
        return known;
    }

    /** The Redis key, as values are sealed under it. */
    byte[] bytes() {
        return at().entry().getBytes(StandardCharsets.UTF_8);
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
        EntryAddress known = at;
        if (known == null) {
            known = at = store.address(text());
        }
        return known;
    }

    /** The session that the key was made in, which Hibernate does not always name when it uses the key. */
    @Nullable
    SharedSessionContractImplementor session() {
        return session;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey key && at().equals(key.at());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return at().entry();
    }
}
