package dev.hearth.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All that Redis holds about two tables, a and b, and about all together; null where a field is missing. */
record StoredTables(
        @Nullable String floor,
        @Nullable String all,
        @Nullable String a,
        @Nullable String b) {
    static final StoredTables NONE = new StoredTables(null, null, null, null);

    static final List<String> FIELDS = List.of(TableStates.FLOOR, TableStates.ALL_TABLES, "a", "b");

    static StoredTables of(List<@Nullable String> values) {
        return new StoredTables(values.get(0), values.get(1), values.get(2), values.get(3));
    }

    StoredTables withFloor(@Nullable String other) {
        return new StoredTables(other, all, a, b);
    }

    /** With what {@code change} makes of each table's state. */
    StoredTables withStates(UnaryOperator<String> change) {
        return new StoredTables(floor, apply(change, all), apply(change, a), apply(change, b));
    }

    private static @Nullable String apply(UnaryOperator<String> change, @Nullable String state) {
        return state == null ? null : change.apply(state);
    }

    /** As the field's value and its name, in a command's order of words. */
    List<Object> words() {
        List<Object> words = new ArrayList<>();
        hash().forEach((field, value) -> words.addAll(List.of(field, value)));
        return words;
    }

    Map<String, byte[]> hash() {
        Map<String, byte[]> hash = new HashMap<>();
        add(hash, FIELDS.get(0), floor);
        add(hash, FIELDS.get(1), all);
        add(hash, FIELDS.get(2), a);
        add(hash, FIELDS.get(3), b);
        return hash;
    }

    private static void add(Map<String, byte[]> hash, String field, @Nullable String value) {
        if (value != null) {
            hash.put(field, Objects.requireNonNull(StoredKeys.bytes(value)));
        }
    }

    /** Whether an announcement of this transaction is in force. */
    boolean isAnnouncedBy(String transaction) {
        String hold = transaction + ":" + StoredKeys.FAR + ";";
        return all != null && all.contains(hold) || a != null && a.contains(hold) || b != null && b.contains(hold);
    }

    /** As if the announcements had been made with the timeout that ends at this time. */
    StoredTables lapse(String transaction, long micros) {
        return withStates(state ->
                state.replace(transaction + ":" + StoredKeys.FAR, transaction + ":" + String.format("%016d", micros)));
    }
}
