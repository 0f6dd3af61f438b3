package dev.hearth.encoding;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import dev.hearth.encoding.EncodingException.Reason;
import java.nio.ByteBuffer;
import org.hibernate.cache.spi.entry.CacheEntry;

/**
 * Turns the cached values of one role into bytes and back. Immutable and thread-safe.
 *
 * <p>The bytes carry a fingerprint of the mapping and a checksum over the key, and are otherwise taken for what an attacker
 * might have put there: reading them never loads a class, allocates no more than a small multiple of their size, and fails
 * with {@link UnreadableEntryException} only.
 */
public final class EntryCodec {
    private final Engines engines;
    private final EntryForm form;
    private final ValueTable table;
    private final EntryLimits limits;
    private final long fingerprint;

    EntryCodec(Engines engines, EntryForm form, ValueTable table, EntryLimits limits) {
        this.engines = engines;
        this.form = form;
        this.table = table;
        this.limits = limits;
        this.fingerprint = MappingFingerprint.of(form.describe() + table.describe());
    }

    /** Whether a value holds the live object itself ({@code use_reference_entries}) and so can only be kept on the heap. */
    public static boolean isReference(Object value) {
        return value instanceof CacheEntry entry && entry.isReferenceEntry();
    }

    /** What the mapping of this role looks like, in 64 bits: equal on every JVM with the same mapping. */
    public long fingerprint() {
        return fingerprint;
    }

    /** The fingerprint as what {@link #seal} makes begins with it. */
    public byte[] head() {
        return ByteBuffer.allocate(Long.BYTES).putLong(fingerprint).array();
    }

    /**
     * Encodes a value for storage under a key.
     *
     * @param key the bytes of the Redis key
     * @param value as Hibernate handed it over, structured or not
     * @throws EncodingException if it is too large, or holds what cannot be restored; the message names the attribute
     */
    public byte[] seal(byte[] key, Object value) throws EncodingException {
        return Envelope.seal(key, fingerprint, encode(value), limits);
    }

    /**
     * Decodes what {@link #seal} made.
     *
     * @param key the bytes of the Redis key under which it was found
     * @param bytes in which it reaches from {@code offset} to the end
     * @return what Hibernate handed over, in the form it expects
     * @throws UnreadableEntryException if it was written under another mapping or is not sound
     */
    public Object open(byte[] key, byte[] bytes, int offset) throws UnreadableEntryException {
        return decode(Envelope.open(key, fingerprint, bytes, offset, limits));
    }

    private byte[] encode(Object value) throws EncodingException {
        ValueEngine engine = engines.obtain();
        try {
            WireOutput out = engine.write(table, limits.maximumEntrySize());
            form.write(engine, out, value);
            if (out.position() > limits.maximumEntrySize()) {
                throw tooLarge();
            }
            return out.toBytes();
        } catch (KryoBufferOverflowException e) {
            throw tooLarge();
        } catch (RuntimeException e) {
            throw new EncodingException(Reason.NOT_ENCODABLE, String.valueOf(e.getMessage()), e);
        } finally {
            engines.free(engine);
        }
    }

    private EncodingException tooLarge() {
        return new EncodingException(
                Reason.TOO_LARGE, "The entry takes more than " + limits.maximumEntrySize() + " bytes", null);
    }

    /* The constructors of records and user classes run here, and may throw anything when they are given forged values. */
    private Object decode(Envelope.Payload payload) throws UnreadableEntryException {
        ValueEngine engine = engines.obtain();
        try {
            WireInput in = engine.read(table, payload.bytes(), payload.offset());
            Object value = form.read(engine, in);
            if (in.remaining() > 0) {
                throw UnreadableEntryException.malformed(in.remaining() + " bytes too many");
            }
            return value;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw new UnreadableEntryException(
                    UnreadableEntryException.Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        } finally {
            engines.free(engine);
        }
    }
}
