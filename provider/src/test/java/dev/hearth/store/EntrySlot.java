package dev.hearth.store;

import static dev.hearth.store.ScriptBench.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of one entry, for a bench. */
final class EntrySlot implements ScriptBench.Slot<StoredKeys> {
    private final String record;
    private final String entry;
    private final String fences;

    EntrySlot(String keyspace) {
        record = keyspace + ":{region.0}";
        entry = record + ":1";
        fences = record + "#";
    }

    @Override
    public List<String> keys() {
        return List.of(entry, record, fences);
    }

    @Override
    public List<String> keysOf(Script script) {
        return switch (script) {
            case PUT_FROM_LOAD, LOCK, RELEASE, EVICT -> List.of(entry, record, fences);
            case PUT_MANY -> List.of(record, fences, entry);
            case LOOK -> List.of(record, entry);
            case OPEN_REGION, BULK_LOCK, BULK_UNLOCK, EVICT_REGION -> List.of(record, fences);
            default -> List.of();
        };
    }

    @Override
    public List<List<Object>> restore(StoredKeys state) {
        List<Object> words = new ArrayList<>(List.of("MSET"));
        add(words, entry, state.entry());
        add(words, record, state.record());
        add(words, fences, state.fences());
        return words.size() == 1 ? List.of() : List.of(words);
    }

    static void add(List<Object> words, String key, @Nullable String value) {
        if (value != null) {
            words.add(key);
            words.add(Objects.requireNonNull(StoredKeys.bytes(value)));
        }
    }

    @Override
    public List<List<Object>> read() {
        return List.of(List.of("MGET", entry, record, fences));
    }

    @Override
    public StoredKeys state(List<@Nullable Object> answers) {
        List<?> left = (List<?>) Objects.requireNonNull(answers.get(0));
        return new StoredKeys(text(left.get(0)), text(left.get(1)), text(left.get(2)));
    }
}
