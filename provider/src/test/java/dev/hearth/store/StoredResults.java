package dev.hearth.store;

import org.jspecify.annotations.Nullable;

/**
 * All that Redis holds about one query result, null where a key or a member is missing.
 *
 * @param listed the result's score in the list of its bucket
 * @param grouped the result's score in the list of its group
 * @param group the names of the tables that its group reads
 */
record StoredResults(
        @Nullable String entry,
        @Nullable String record,
        @Nullable String fences,
        @Nullable String listed,
        @Nullable String grouped,
        @Nullable String group) {
    static final StoredResults NONE = new StoredResults(null, null, null, null, null, null);

    StoredResults withEntry(@Nullable String other) {
        return new StoredResults(other, record, fences, listed, grouped, group);
    }

    StoredResults withRecord(@Nullable String other) {
        return new StoredResults(entry, other, fences, listed, grouped, group);
    }

    StoredResults withoutFences() {
        return new StoredResults(entry, record, null, listed, grouped, group);
    }

    StoredResults withoutLists() {
        return new StoredResults(entry, record, fences, null, null, null);
    }
}
