package dev.hearth.store;

import dev.hearth.encoding.KeyEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Where an entry lies, with the record and the fences of its bucket: all in one slot. Two of one region and key are equal.
 * Safe for any thread.
 */
public final class EntryAddress {
    /* What the near tier serves needs the key alone, so the rest is made when it is first asked for. Threads that race
     * make the same. */
    static final int UNKNOWN = -1;

    private final Buckets buckets;
    private final String key;
    private @Nullable Place place;

    private record Place(String entry, String record, int bucket, int hash) {}

    EntryAddress(Buckets buckets, String key) {
        this.buckets = buckets;
        this.key = key;
    }

    /** The key's text within its region. */
    public String key() {
        return key;
    }

    /** The entry's key in Redis. */
    public String entry() {
        return place().entry;
    }

    /** The key of the record of its bucket. */
    public String record() {
        return place().record;
    }

    String fences() {
        return Buckets.fences(place().record);
    }

    /** {@link #UNKNOWN} as long as the region has not been opened: then nothing may be sent to this address. */
    int bucket() {
        return place().bucket;
    }

    /** The key text's hash, which picks bucket and fence stripe; never a Java hash code. */
    int hash() {
        return place().hash;
    }

    boolean known() {
        return bucket() != UNKNOWN;
    }

    /** Whether the entry still lies there: the number of buckets can become another one. */
    public boolean isCurrent() {
        Place known = place();
        return known.bucket == buckets.of(known.hash);
    }

    private Place place() {
        Place known = place;
        if (known == null) {
            int hash = (int) KeyEncoder.hash(key);
            int bucket = buckets.of(hash);
            String record = buckets.record(bucket);
            known = new Place(record + ":" + key, record, bucket, hash);
            if (bucket != UNKNOWN) {
                place = known;
            }
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || other instanceof EntryAddress at && at.buckets == buckets && at.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return entry();
    }
}
