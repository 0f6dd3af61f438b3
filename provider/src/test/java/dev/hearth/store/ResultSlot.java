package dev.hearth.store;

import static dev.hearth.store.ScriptBench.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of a query region's bucket with one result, for a bench. */
final class ResultSlot implements ScriptBench.Slot<StoredResults> {
    static final String GROUP = "g";

    private static final String HASH = "1";

    private final String record;
    private final String entry;
    private final String fences;
    private final String list;
    private final String groups;
    private final String group;

    ResultSlot(String keyspace) {
        record = keyspace + ":{queries.0}";
        entry = record + ":" + HASH;
        fences = record + "#";
        list = record + "!";
        groups = record + "!!";
        group = record + "!" + GROUP;
    }

    @Override
    public List<String> keys() {
        return List.of(entry, record, fences, list, groups, group);
    }

    @Override
    public List<String> keysOf(Script script) {
        return switch (script) {
            case PUT_RESULT -> keys();
            case REMOVE_RESULT -> List.of(entry, record);
            case SWEEP_RESULTS -> List.of(record, groups);
            case OPEN_REGION, EVICT_REGION -> List.of(record, fences);
            default -> List.of();
        };
    }

    @Override
    public List<List<Object>> restore(StoredResults state) {
        List<List<Object>> commands = new ArrayList<>();
        List<Object> words = new ArrayList<>(List.of("MSET"));
        EntrySlot.add(words, entry, state.entry());
        EntrySlot.add(words, record, state.record());
        EntrySlot.add(words, fences, state.fences());
        if (words.size() > 1) {
            commands.add(words);
        }
        add(commands, state.listed(), "ZADD", list, state.listed(), GROUP + ":" + HASH);
        add(commands, state.grouped(), "ZADD", group, state.grouped(), HASH);
        add(commands, state.group(), "HSET", groups, GROUP, state.group());
        return commands;
    }

    private static void add(List<List<Object>> commands, @Nullable String value, @Nullable Object... words) {
        if (value != null) {
            commands.add(List.of(words));
        }
    }

    @Override
    public List<List<Object>> read() {
        return List.of(
                List.of("MGET", entry, record, fences),
                List.of("ZSCORE", list, GROUP + ":" + HASH),
                List.of("ZSCORE", group, HASH),
                List.of("HGET", groups, GROUP));
    }

    @Override
    public StoredResults state(List<@Nullable Object> answers) {
        List<?> left = (List<?>) Objects.requireNonNull(answers.get(0));
        return new StoredResults(
                text(left.get(0)),
                text(left.get(1)),
                text(left.get(2)),
                text(answers.get(1)),
                text(answers.get(2)),
                text(answers.get(3)));
    }
}
