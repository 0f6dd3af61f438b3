package dev.hearth.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table hash, for a bench. */
final class TablesSlot implements ScriptBench.Slot<StoredTables> {
    private final String tables;

    TablesSlot(String keyspace) {
        tables = keyspace + ":{tables}";
    }

    @Override
    public List<String> keys() {
        return List.of(tables);
    }

    @Override
    public List<String> keysOf(Script script) {
        return switch (script) {
            case OPEN_TABLES, CLEAR_TABLES, ANNOUNCE, SETTLE -> keys();
            default -> List.of();
        };
    }

    @Override
    public List<List<Object>> restore(StoredTables state) {
        List<Object> words = new ArrayList<>(List.of("HSET", tables));
        words.addAll(state.words());
        return words.size() == 2 ? List.of() : List.of(words);
    }

    @Override
    public List<List<Object>> read() {
        List<Object> words = new ArrayList<>(List.of("HMGET", tables));
        words.addAll(StoredTables.FIELDS);
        return List.of(words);
    }

    @Override
    public StoredTables state(List<@Nullable Object> answers) {
        List<@Nullable String> values = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(answers.get(0))).forEach(value -> values.add(ScriptBench.text(value)));
        return StoredTables.of(values);
    }
}
