package dev.hearth.hibernate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.near.NearRegion;
import dev.hearth.protocol.Participant;
import dev.hearth.protocol.Sealed;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.PutMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Entries that hold live objects ({@code hibernate.cache.use_reference_entries}): the objects stay on this node's heap,
 * and what lies in Redis tells whether they may still be served. Safe for concurrent sessions.
 */
final class ReferenceEntries {
    /* The entry in Redis is a marker with a token that is written once. An object may be served while the token stands
     * that stood there before the object was loaded: nothing can have invalidated the entry in between, since every
     * invalidation removes the token, and no token ever comes back. */
    private static final byte[] KIND = "hearthRF".getBytes(StandardCharsets.US_ASCII);
    private static final int TOKEN = 16;
    private static final long MAXIMUM_OBJECTS = 100_000;

    private record Held(byte[] token, Object entry) {}

    private final NearRegion region;
    private final Cache<String, Held> objects;

    ReferenceEntries(NearRegion region) {
        this.region = region;
        this.objects = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_OBJECTS)
                .expireAfterWrite(region.store().settings().timeToLive())
                .build();
    }

    /** Whether the value found is a marker of such an entry. */
    static boolean isMarker(Found.Value found) {
        byte[] bytes = found.bytes();
        int offset = found.offset();
        return bytes.length == offset + KIND.length + TOKEN
                && Arrays.equals(bytes, offset, offset + KIND.length, KIND, 0, KIND.length);
    }

    /** The object behind the marker, if this node has it; otherwise the session will load it, under this token. */
    @Nullable
    Object get(TransactionContext context, EntryAddress at, Found.Value marker) {
        byte[] token = Arrays.copyOfRange(marker.bytes(), marker.offset() + KIND.length, marker.bytes().length);
        Held held = objects.getIfPresent(at.entry());
        if (held != null && Arrays.equals(held.token, token)) {
            return held.entry;
        }
        context.found(at, token);
        return null;
    }

    /** Keeps what the session has loaded under the token it found before; without one, it offers a new one to Redis. */
    boolean put(TransactionContext context, EntryAddress at, Object entry, PutMode mode) {
        Participant participant = context.participant();
        byte[] found = context.foundToken(at);
        if (found != null && !participant.changes(region.store(), at)) {
            objects.put(at.entry(), new Held(found, entry));
            return true;
        }
        PutMode offered = mode == PutMode.REPLACE ? mode : PutMode.ABSENT;
        return participant.putFromLoad(region, at, hold(at, entry), offered);
    }

    /** Keeps what the session has inserted and committed, and offers a new token to Redis. */
    boolean putInserted(Participant participant, EntryAddress at, Object entry) {
        return participant.putInserted(region, at, hold(at, entry));
    }

    /** Keeps the object under a new token; answers the marker that makes it readable. */
    private Sealed hold(EntryAddress at, Object entry) {
        byte[] token = newToken();
        objects.put(at.entry(), new Held(token, entry));
        return new Sealed(entry, marker(token));
    }

    private static byte[] newToken() {
        UUID random = UUID.randomUUID();
        return ByteBuffer.allocate(TOKEN)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
    }

    private static byte[] marker(byte[] token) {
        return ByteBuffer.allocate(KIND.length + TOKEN).put(KIND).put(token).array();
    }
}
