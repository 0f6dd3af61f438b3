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
 * Runs the real scripts of a slot's keys on a real server, each on what the caller lets them hold and at a time of the
 * caller's choice. Not safe for concurrent use.
 *
 * @param <S> what the keys hold
 */
final class ScriptBench<S> implements AutoCloseable {
    /* The clock is the one thing about a script that a test cannot set, so now() is made to read it from a key. A script
     * then depends on nothing but its call, and a call that was made before is answered from memory. */
    private static final String REAL_TIME = "redis.call('TIME')";

    /* A walk's holds expire in another age, so that only the walk lets them lapse; no lock of ours does. */
    private static final String FORGED = "stamp > t + 86400000000";

    /* A write much larger than the socket's buffers gains nothing. */
    private static final int CALLS_AT_ONCE = 500;

    /** One step of the protocol: the script, its arguments, the server's time, and what the keys hold before. */
    record Call<S>(Script script, List<String> arguments, long micros, S before) {}

    /** What the script answered and left; the entry's remaining time is -1 where the script did not write it. */
    record Outcome<S>(long answer, S after, long entryMillis) {}

    /** The keys of one slot. */
    interface Slot<S> {
        /** All of them, the entry first. */
        List<String> keys();

        /** Those that the script is given, none if it is a script of other slots. */
        List<String> keysOf(Script script);

        /** The commands that make the keys, of which there are none, hold this. */
        List<List<Object>> restore(S state);

        /** The commands whose answers tell what the keys hold. */
        List<List<Object>> read();

        S state(List<@Nullable Object> answers);
    }

    private final RedisConnection connection;
    private final Slot<S> slot;
    private final String clock;
    private final Map<Script, String> digests = new EnumMap<>(Script.class);
    private final Map<Call<S>, Outcome<S>> known = new HashMap<>();

    /** {@code change} edits the text of each script; see {@link Script#load}. */
    ScriptBench(RedisEndpoint redis, Slot<S> slot, UnaryOperator<String> change) {
        this.connection = redis.connect();
        this.slot = slot;
        this.clock = slot.keys().get(0) + "clock";
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

    Outcome<S> run(Call<S> call) {
        run(List.of(call));
        return outcome(call);
    }

    /** Makes the calls that were not made before. */
    void run(Collection<Call<S>> calls) {
        List<Call<S>> fresh = calls.stream()
                .filter(call -> !known.containsKey(call))
                .distinct()
                .toList();
        for (int from = 0; from < fresh.size(); from += CALLS_AT_ONCE) {
            runAtOnce(fresh.subList(from, Math.min(fresh.size(), from + CALLS_AT_ONCE)));
        }
    }

    /** What became of a call that was made. */
    Outcome<S> outcome(Call<S> call) {
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

    private void runAtOnce(List<Call<S>> calls) {
        List<Object[]> commands = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (Call<S> call : calls) {
            commands.add(command("DEL", slot.keys()));
            commands.add(new Object[] {"SET", clock, call.micros()});
            slot.restore(call.before()).forEach(words -> commands.add(words.toArray()));
            commands.add(evaluate(call));
            slot.read().forEach(words -> commands.add(words.toArray()));
            commands.add(new Object[] {"PTTL", slot.keys().get(0)});
            ends.add(commands.size());
        }
        List<@Nullable Object> answers = connection.callAll(commands);
        int read = slot.read().size();
        for (int i = 0; i < calls.size(); i++) {
            int last = ends.get(i) - 1;
            S after = slot.state(answers.subList(last - read, last));
            long answer = number(answers.get(last - read - 1));
            known.put(calls.get(i), new Outcome<>(answer, after, number(answers.get(last))));
        }
    }

    private Object[] evaluate(Call<S> call) {
        List<String> keys = slot.keysOf(call.script());
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(call.script() + " has no keys in this slot");
        }
        List<Object> words = new ArrayList<>(List.of(Objects.requireNonNull(digests.get(call.script())), keys.size()));
        words.addAll(keys);
        call.arguments().forEach(argument -> words.add(argument.getBytes(ISO_8859_1)));
        return command("EVALSHA", words);
    }

    private static Object[] command(String name, List<?> words) {
        List<Object> all = new ArrayList<>(List.of(name));
        all.addAll(words);
        return all.toArray();
    }

    /** A number, or one in digits. */
    private static long number(@Nullable Object answer) {
        return answer instanceof byte[] digits
                ? Long.parseLong(new String(digits, ISO_8859_1))
                : (Long) Objects.requireNonNull(answer);
    }

    /** States that differ in one key share the text of the others. */
    static @Nullable String text(@Nullable Object bulk) {
        return bulk == null ? null : new String((byte[]) bulk, ISO_8859_1).intern();
    }

    @Override
    public void close() {
        connection.close();
    }
}
