package dev.hearth.store;

/**
 * Where an entry lies, with the record and the fences of its bucket: all in one slot.
 *
 * @param bucket {@link #UNKNOWN} if the region had not been opened yet: then nothing may be sent to this address
 * @param hash the key text's hash, which picks bucket and fence stripe; never a Java hash code
 */
public record EntryAddress(String entry, String record, String fences, int bucket, int hash) {
    static final int UNKNOWN = -1;

    boolean known() {
        return bucket != UNKNOWN;
    }
}
