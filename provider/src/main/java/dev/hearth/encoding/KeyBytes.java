package dev.hearth.encoding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Collects the canonical bytes of a key: equal values give equal bytes in every JVM, and no two different sequences of
 * writes give the same bytes, since every write is self-delimiting. Not thread-safe; used once.
 */
final class KeyBytes {
    /* A value is a tag byte (KeyScalar, or one of the two here) and then its fields. Numbers of variable length are
     * little-endian groups of seven bits; text keeps each UTF-16 unit apart, so that unpaired surrogates survive. */
    private static final int TAG_NULL = 0;
    private static final int TAG_LIST = 1;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    String base64() {
        return new String(BASE64.encode(toArray()), StandardCharsets.ISO_8859_1);
    }

    String sha256() {
        return BASE64.encodeToString(digest("SHA-256"));
    }

    /** The hash of all bytes so far. */
    byte[] digest(String algorithm) {
        try {
            MessageDigest hash = MessageDigest.getInstance(algorithm);
            hash.update(bytes, 0, size);
            return hash.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform lacks " + algorithm, e);
        }
    }

    KeyBytes nothing() {
        return octet(TAG_NULL);
    }

    /** Opens a list: exactly {@code length} values follow. */
    KeyBytes list(int length) {
        return octet(TAG_LIST).unsigned(length);
    }

    /** Appends the low eight bits. */
    KeyBytes octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Appends a number that is mostly small and never negative; a negative one takes ten bytes. */
    KeyBytes unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        return octet((int) rest);
    }

    /** Appends a number of either sign, short when it is near zero. */
    KeyBytes signed(long value) {
        return unsigned(value << 1 ^ value >> 63);
    }

    /** Appends all 64 bits, the highest first. */
    KeyBytes fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
        return this;
    }

    KeyBytes block(byte[] value) {
        unsigned(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    KeyBytes text(CharSequence value) {
        int length = value.length();
        unsigned(length);
        for (int i = 0; i < length; i++) {
            unit(value.charAt(i));
        }
        return this;
    }

    private void unit(char unit) {
        if (unit < 0x80) {
            octet(unit);
        } else if (unit < 0x800) {
            octet(0xC0 | unit >> 6).octet(0x80 | unit & 0x3F);
        } else {
            octet(0xE0 | unit >> 12).octet(0x80 | unit >> 6 & 0x3F).octet(0x80 | unit & 0x3F);
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
