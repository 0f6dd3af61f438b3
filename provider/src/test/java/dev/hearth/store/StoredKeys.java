package dev.hearth.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hearth.statistics.MissReason;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All that Redis holds about one entry: three keys as Latin-1 text, null where a key is missing. */
record StoredKeys(
        @Nullable String entry,
        @Nullable String record,
        @Nullable String fences) {
    /** The expiry of a hold that no schedule has let lapse yet: beyond every time that a walk reaches. */
    static final long FAR = 9_000_000_000_000_000L;

    private static final Pattern EXPIRY = Pattern.compile(":(\\d{16});");

    StoredKeys withEntry(@Nullable String other) {
        return new StoredKeys(other, record, fences);
    }

    StoredKeys withRecord(@Nullable String other) {
        return new StoredKeys(entry, other, fences);
    }

    StoredKeys withoutFences() {
        return new StoredKeys(entry, record, null);
    }

    /** What a node that knows the server by this identity reads. */
    Found read(String identity) {
        return StoredForms.read(bytes(entry), bytes(record), identity.getBytes(ISO_8859_1), 1);
    }

    boolean mustOpen(String identity) {
        return fences == null
                || read(identity) instanceof Found.Nothing nothing
                        && nothing.reason() == MissReason.OTHER_GENERATION
                        && StoredForms.mustOpen(bytes(record), identity.getBytes(ISO_8859_1), 1);
    }

    boolean isValue() {
        return entry != null && entry.startsWith("V");
    }

    boolean isLock() {
        return entry != null && entry.startsWith("L");
    }

    boolean isHeldBy(String transaction) {
        return isLock() && holds(entry, transaction);
    }

    /** Whether no other's soft lock is in force that was there before this one's. */
    boolean isFirstOf(String transaction) {
        return isLock() && entry.indexOf(":" + FAR) == entry.indexOf(transaction + ":" + FAR) + transaction.length();
    }

    boolean isBulkLockedBy(String transaction) {
        return holds(record, transaction);
    }

    /** Whether a soft lock stands there whose holds have all lapsed. */
    boolean isLapsed() {
        return isLock() && latestExpiry() < FAR;
    }

    long latestExpiry() {
        return EXPIRY.matcher(entry == null ? "" : entry)
                .results()
                .map(MatchResult::group)
                .mapToLong(text -> Long.parseLong(text.substring(1, 17)))
                .max()
                .orElse(0);
    }

    /** As if the lock had been taken with the timeout that ends at this time. */
    StoredKeys lapse(String transaction, long micros) {
        return withEntry(lapse(entry, transaction, micros));
    }

    StoredKeys lapseBulk(String transaction, long micros) {
        return withRecord(lapse(record, transaction, micros));
    }

    private static @Nullable String lapse(@Nullable String text, String transaction, long micros) {
        return text == null
                ? null
                : text.replace(transaction + ":" + FAR, transaction + ":" + String.format("%016d", micros));
    }

    private static boolean holds(@Nullable String text, String transaction) {
        return text != null && text.contains(transaction + ":" + FAR + ";");
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(ISO_8859_1);
    }
}
