package dev.hearth.encoding;

/**
 * What stands for a query with its parameters, equal on every node.
 *
 * @param text 43 characters of the URL-safe Base64 alphabet, for the Redis key
 * @param check 16 bytes of another hash over the same, to be kept with the result and compared when it is read
 */
@SuppressWarnings("ArrayRecordComponent") // compared by ResultCodec only
public record QueryDigest(String text, byte[] check) {}
