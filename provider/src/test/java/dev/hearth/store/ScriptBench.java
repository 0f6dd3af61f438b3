package dev.hearth.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the real scripts on a real server, each on keys of the caller's choice and at a time of the caller's choice. Not
 * safe for concurrent use.
 */
final class ScriptBench implements AutoCloseable {
    /* The clock is the one thing about a script that a test cannot set, so now() is made to read it from a key. A script
     * then depends on nothing but its call, and a call that was made before is answered from memory. */
    private static final String REAL_TIME = "redis.call('TIME')";

    /* A walk's holds expire in another age, so that only the walk lets them lapse; no lock of ours does. */
    private static final String FORGED = "stamp > t + 86400000000";

    /* A write much larger than the socket's buffers gains nothing. */
    private static final int CALLS_AT_ONCE = 500;

    /** One step of the protocol: the script, its arguments, the server's time, and what the keys hold before. */
    record Call(Script script, List<String> arguments, long micros, StoredKeys before) {}

    /** What the script answered and left; the entry's remaining time is -1 where the script did not write it. */
    record Outcome(long answer, StoredKeys after, long entryMillis) {}

    private final RedisConnection connection;
    private final String entry;
    private final String record;
    private final String fences;
    private final String clock;
    private final Map<Script, String> digests = new EnumMap<>(Script.class);
    private final Map<Call, Outcome> known = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    /** {@code change} edits the text of each script; see {@link Script#load}. */
    ScriptBench(RedisEndpoint redis, String keyspace, UnaryOperator<String> change) {
        connection = redis.connect();
        record = keyspace + ":{region.0}";
        entry = record + ":1";
        fences = record + "#";
        clock = record + "clock";
        String logicalTime = "{ 0, redis.call('GET', '" + clock + "') }";
        for (Script script : Script.values()) {
            Script.Loaded loaded = script.load(
                    text -> change.apply(text).replace(REAL_TIME, logicalTime).replace(FORGED, "false"));
            if (!loaded.text().contains(logicalTime)) {
                throw new IllegalStateException("No script asks for the time by " + REAL_TIME + " any more");
            }
            digests.put(script, Objects.requireNonNull(connection.text("SCRIPT", "LOAD", loaded.text())));
        }
    }

    Outcome run(Call call) {
        run(List.of(call));
        return outcome(call);
    }

    /** Makes the calls that were not made before. */
    void run(Collection<Call> calls) {
        List<Call> fresh = calls.stream()
                .filter(call -> !known.containsKey(call))
                .distinct()
                .toList();
        for (int from = 0; from < fresh.size(); from += CALLS_AT_ONCE) {
            runAtOnce(fresh.subList(from, Math.min(fresh.size(), from + CALLS_AT_ONCE)));
        }
    }

    /** What became of a call that was made. */
    Outcome outcome(Call call) {
        return Objects.requireNonNull(known.get(call));
    }

    int callsMade() {
        return known.size();
    }

    /** What calls of this script have answered, in order. */
    SortedSet<Long> answers(Script script) {
        SortedSet<Long> answers = new TreeSet<>();
        known.forEach((call, outcome) -> {
            if (call.script() == script) {
                answers.add(outcome.answer());
            }
        });
        return answers;
    }

    private void runAtOnce(List<Call> calls) {
        List<Object[]> commands = new ArrayList<>();
        for (Call call : calls) {
            commands.add(new Object[] {"DEL", entry, record, fences});
            commands.add(restore(call));
            commands.add(evaluate(call));
            commands.add(new Object[] {"MGET", entry, record, fences});
            commands.add(new Object[] {"PTTL", entry});
        }
        List<@Nullable Object> answers = connection.callAll(commands);
        for (int i = 0; i < calls.size(); i++) {
            List<@Nullable Object> own = answers.subList(5 * i, 5 * i + 5);
            List<?> left = (List<?>) Objects.requireNonNull(own.get(3));
            StoredKeys after = new StoredKeys(text(left.get(0)), text(left.get(1)), text(left.get(2)));
            known.put(calls.get(i), new Outcome(number(own.get(2)), after, number(own.get(4))));
        }
    }

    private Object[] restore(Call call) {
        List<Object> words = new ArrayList<>(List.of("MSET", clock, call.micros()));
        add(words, entry, call.before().entry());
        add(words, record, call.before().record());
        add(words, fences, call.before().fences());
        return words.toArray();
    }

    private static void add(List<Object> words, String key, @Nullable String value) {
        if (value != null) {
            words.add(key);
            words.add(value.getBytes(ISO_8859_1));
        }
    }

    private Object[] evaluate(Call call) {
        List<Object> words = new ArrayList<>(List.of("EVALSHA", Objects.requireNonNull(digests.get(call.script()))));
        words.addAll(
                switch (call.script()) {
                    case PUT_FROM_LOAD, LOCK, RELEASE, EVICT -> List.of(3, entry, record, fences);
                    case OPEN_REGION, BULK_LOCK, BULK_UNLOCK, EVICT_REGION -> List.of(2, record, fences);
                    default -> throw new IllegalArgumentException(call.script() + " takes other keys");
                });
        call.arguments().forEach(argument -> words.add(argument.getBytes(ISO_8859_1)));
        return words.toArray();
    }

    private static long number(@Nullable Object answer) {
        return (Long) Objects.requireNonNull(answer);
    }

    /* States that differ in one key share the text of the others. */
    private @Nullable String text(@Nullable Object bulk) {
        return bulk == null ? null : texts.computeIfAbsent(new String((byte[]) bulk, ISO_8859_1), text -> text);
    }

    @Override
    public void close() {
        connection.close();
    }
}
