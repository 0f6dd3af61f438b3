package dev.hearth.encoding;

/**
 * How large the entries of one region may get.
 *
 * @param maximumEntrySize bytes of an encoded entry before compression, at least 64; a larger entry is not encoded
 * @param compressionThreshold bytes from which a payload is compressed if that makes it smaller, or -1 for never
 */
public record EntryLimits(int maximumEntrySize, int compressionThreshold) {
    /** 1 MiB, never compressed. */
    public static final EntryLimits DEFAULTS = new EntryLimits(1 << 20, -1);

    private static final int SMALLEST_MAXIMUM = 64;

    public EntryLimits {
        if (maximumEntrySize < SMALLEST_MAXIMUM) {
            throw new IllegalArgumentException(
                    "maximumEntrySize must be at least " + SMALLEST_MAXIMUM + " bytes, but was " + maximumEntrySize);
        }
        if (compressionThreshold < -1) {
            throw new IllegalArgumentException(
                    "compressionThreshold must be a number of bytes, or -1 for never, but was " + compressionThreshold);
        }
    }

    boolean compresses(int payloadLength) {
        return compressionThreshold >= 0 && payloadLength >= compressionThreshold;
    }
}
