package dev.hearth.store;

import dev.hearth.statistics.MissReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the bytes that the scripts write. Trusts none of them. */
final class StoredForms {
    private static final int STAMP = 16;
    private static final int BODY = 1 + STAMP + STAMP;
    private static final int HOLDS = BODY + 1;
    private static final int IDENTITY = 1 + STAMP;
    private static final int BUCKETS = IDENTITY + 16;
    private static final int RECORD = BUCKETS + 4;

    /** No hold, and no announcement, lasts longer; what says so was not written by us. */
    static final long DAY_MICROS = 86_400_000_000L;

    private StoredForms() {}

    /**
     * A hit is a V of the record's generation, under no bulk lock, in a region of the server's present life that is
     * spread over as many buckets as this node believes.
     */
    static Found read(byte @Nullable [] entry, byte @Nullable [] record, byte[] identity, int buckets) {
        return bucket(record, identity, buckets).read(entry);
    }

    /** A bucket, by the record that lies there. */
    static Bucket bucket(byte @Nullable [] record, byte[] identity, int buckets) {
        return new Bucket(mustOpen(record, identity, buckets) ? null : record);
    }

    /**
     * What one read has brought of a bucket's record: looked at once for all entries that came with it.
     *
     * @param record null where the region must be opened before anything in it can be used
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bucket(byte @Nullable [] record) {
        boolean mustOpen() {
            return record == null;
        }

        Found read(byte @Nullable [] entry) {
            if (record == null) {
                return new Found.Nothing(MissReason.OTHER_GENERATION);
            }
            if (entry == null || entry.length == 0) {
                return new Found.Nothing(MissReason.ABSENT);
            }
            if (isLock(entry)) {
                return new Found.Nothing(MissReason.LOCKED);
            }
            if (entry[0] != 'V' || entry.length < BODY) {
                return new Found.Nothing(MissReason.UNDECODABLE);
            }
            if (!sameAt(entry, 1, record, 1, STAMP)) {
                return new Found.Nothing(MissReason.OTHER_GENERATION);
            }
            if (record.length > RECORD) {
                return new Found.Nothing(MissReason.BULK_LOCKED);
            }
            long stamp = digits(entry, 1 + STAMP, BODY);
            return stamp < 0 ? new Found.Nothing(MissReason.UNDECODABLE) : new Found.Value(entry, BODY, stamp);
        }
    }

    static boolean isLock(byte[] entry) {
        return entry.length > 0 && entry[0] == 'L';
    }

    /** Whether it is a soft lock that somebody holds then, in microseconds of Redis's time. */
    static boolean isHeld(byte[] entry, long now) {
        return isLock(entry)
                && entry.length > HOLDS
                && digits(entry, 1, BODY - STAMP) >= 0
                && digits(entry, BODY - STAMP, BODY) >= 0
                && (entry[BODY] == '0' || entry[BODY] == '1')
                && hasHold(entry, HOLDS, now);
    }

    /** Whether a bulk statement holds the bucket of this record then. */
    static boolean isBulkHeld(byte @Nullable [] record, long now) {
        return record != null && record.length > RECORD && isRecord(record) && hasHold(record, RECORD, now);
    }

    private static boolean hasHold(byte[] text, int from, long now) {
        int begin = from;
        for (int end = from; end < text.length; end++) {
            if (text[end] == ';') {
                long expiry = expiry(text, begin, end);
                if (expiry > now && expiry <= now + DAY_MICROS) {
                    return true;
                }
                begin = end + 1;
            }
        }
        return false;
    }

    /* What is no "transaction:expiry" has expired long ago. */
    private static long expiry(byte[] entry, int begin, int end) {
        int colon = begin;
        while (colon < end && entry[colon] != ':') {
            colon++;
        }
        return colon > begin && colon + 1 + STAMP == end ? digits(entry, colon + 1, end) : -1;
    }

    /** Whether the region must be opened before anything in it can be used. */
    static boolean mustOpen(byte @Nullable [] record, byte[] identity, int buckets) {
        return record == null
                || !isRecord(record)
                || !sameAt(record, IDENTITY, identity, 0, identity.length)
                || digits(record, BUCKETS, RECORD) != buckets;
    }

    /** A record's generation, as it stands there; null where there is none. */
    static @Nullable String generation(byte @Nullable [] record) {
        return record != null && isRecord(record) ? new String(record, 1, STAMP, StandardCharsets.US_ASCII) : null;
    }

    private static boolean isRecord(byte[] record) {
        return record.length >= RECORD && record[0] == 'R' && digits(record, 1, IDENTITY) >= 0;
    }

    static boolean sameAt(byte[] a, int from, byte[] b, int fromB, int length) {
        return a.length >= from + length && Arrays.equals(a, from, from + length, b, fromB, fromB + length);
    }

    /** The number that the digits make, or -1 where one of them is none. */
    static long digits(byte[] text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
