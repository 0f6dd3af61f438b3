package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What two nodes must agree on before one reads what the other wrote: the layout of a role and the version of the encoding,
 * in 64 bits.
 */
final class MappingFingerprint {
    /** Rises when the form of any value on the wire changes. */
    static final int ENCODING_VERSION = 1;

    private MappingFingerprint() {}

    /** The first eight bytes of a SHA-256 over the encoding's version and a text that describes the layout. */
    static long of(String layout) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("hearth encoding " + ENCODING_VERSION + '\n').getBytes(UTF_8));
            return ByteBuffer.wrap(digest.digest(layout.getBytes(UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
