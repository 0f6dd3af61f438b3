package dev.hearth.encoding;

import dev.hearth.encoding.UnreadableEntryException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a payload: fingerprint (8 bytes), checksum (4 bytes), flags (1 byte), payload. The checksum is a CRC-32C
 * over the key, the fingerprint, the flags and the payload as stored, so a value that was copied under another key does not
 * open. It finds damage; it is no protection from somebody who can write to Redis, and what opens is still not trusted.
 */
final class Envelope {
    static final int OVERHEAD = Long.BYTES + Integer.BYTES + 1;

    private static final int FLAGS_OFFSET = OVERHEAD - 1;
    private static final byte PLAIN = 0;
    private static final byte COMPRESSED = 1;

    private Envelope() {}

    /** Wraps a payload for storage under a key. */
    static byte[] seal(byte[] key, long fingerprint, byte[] payload, EntryLimits limits) {
        byte @Nullable [] compressed = limits.compresses(payload.length) ? Compression.compress(payload) : null;
        byte[] stored = compressed == null ? payload : compressed;
        byte flags = compressed == null ? PLAIN : COMPRESSED;
        ByteBuffer body = ByteBuffer.allocate(OVERHEAD + stored.length)
                .putLong(fingerprint)
                .putInt(0)
                .put(flags)
                .put(stored);
        return body.putInt(Long.BYTES, checksum(key, body.array(), 0)).array();
    }

    /** The payload of what {@link #seal} made from the same key and fingerprint. */
    static Payload open(byte[] key, long fingerprint, byte[] bytes, int offset, EntryLimits limits)
            throws UnreadableEntryException {
        if (offset < 0 || bytes.length - offset < OVERHEAD) {
            throw UnreadableEntryException.malformed("Shorter than an envelope");
        }
        ByteBuffer body = ByteBuffer.wrap(bytes);
        if (body.getInt(offset + Long.BYTES) != checksum(key, bytes, offset)) {
            throw UnreadableEntryException.malformed("The checksum is another one");
        }
        if (body.getLong(offset) != fingerprint) {
            throw new UnreadableEntryException(Reason.OTHER_MAPPING, "Written under another mapping", null);
        }
        int start = offset + OVERHEAD;
        return switch (bytes[offset + FLAGS_OFFSET]) {
            case PLAIN -> new Payload(bytes, start);
            case COMPRESSED -> new Payload(Compression.decompress(bytes, start, limits.maximumEntrySize()), 0);
            default -> throw UnreadableEntryException.malformed("Unknown flags");
        };
    }

    /** A payload that reaches from an offset to the end of its array. */
    @SuppressWarnings("ArrayRecordComponent") // read at once and never compared
    record Payload(byte[] bytes, int offset) {}

    private static int checksum(byte[] key, byte[] bytes, int offset) {
        CRC32C checksum = new CRC32C();
        checksum.update(key);
        checksum.update(bytes, offset, Long.BYTES);
        checksum.update(bytes, offset + FLAGS_OFFSET, bytes.length - offset - FLAGS_OFFSET);
        return (int) checksum.getValue();
    }

    /** Puts the right checksum over altered bytes, as somebody with access to Redis could. */
    static byte[] reseal(byte[] key, byte[] body) {
        byte[] copy = Arrays.copyOf(body, body.length);
        ByteBuffer.wrap(copy).putInt(Long.BYTES, checksum(key, copy, 0));
        return copy;
    }
}
