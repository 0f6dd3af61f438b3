package dev.hearth.encoding;

import java.util.Arrays;
import java.util.List;

/**
 * Turns the results of queries over certain tables into bytes and back. Immutable and thread-safe.
 *
 * <p>The bytes are no more trusted than those of entries: see {@link EntryCodec}. What cannot be known here is which types
 * the query expects, so only the structure of a result is checked, not the classes of its values.
 */
public final class ResultCodec {
    private final EntryCodec codec;

    ResultCodec(EntryCodec codec) {
        this.codec = codec;
    }

    /**
     * What everything that maps the tables looks like, in 64 bits: equal on every JVM with the same mapping. Sealed bytes
     * begin with it.
     */
    public long fingerprint() {
        return codec.fingerprint();
    }

    /**
     * Encodes a result for storage under a key.
     *
     * @param key the bytes of the Redis key
     * @param check of the query's {@link QueryDigest}
     * @param results as Hibernate hands them to its query cache
     * @param hints short texts to come back with the result, as many as the limit on its size leaves room for
     * @throws EncodingException if it is too large, or holds what cannot be restored
     */
    public byte[] seal(byte[] key, byte[] check, List<?> results, List<String> hints) throws EncodingException {
        return codec.seal(key, new CheckedResult(check, results, hints));
    }

    /**
     * Decodes what {@link #seal} made. The list is a new one, for the caller to keep and change.
     *
     * @param key the bytes of the Redis key under which it was found
     * @param check of the digest of the query that is asked
     * @param bytes in which it reaches from {@code offset} to the end
     * @throws UnreadableEntryException if it was written under another mapping, for another query, or is not sound
     */
    public StoredResult open(byte[] key, byte[] check, byte[] bytes, int offset) throws UnreadableEntryException {
        OpenedResult found = (OpenedResult) codec.open(key, bytes, offset);
        if (!Arrays.equals(found.check(), check)) {
            throw UnreadableEntryException.malformed("The result of another query");
        }
        return found.result();
    }
}
