package dev.hearth.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hearth.statistics.MissReason;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The scripts of query results and tables on a real server and its own clock, with the keys of one bucket. */
final class QueryScriptsFixture implements AutoCloseable {
    static final String IDENTITY = "server0000000000";
    static final long HOUR_MICROS = 3_600_000_000L;
    static final long DAY_MICROS = 24 * HOUR_MICROS;
    static final long TTL_MILLIS = 60_000;
    static final long HORIZON_MICROS = 120_000_000L;

    final RedisConnection redis;
    final String record;
    final String fences;
    final String tables;

    QueryScriptsFixture(RedisExtension extension) {
        extension.flush();
        redis = extension.connect();
        record = extension.keyspace() + ":{queries.0}";
        fences = record + "#";
        tables = extension.keyspace() + ":{tables}";
        run(Script.OPEN_REGION, List.of(record, fences), IDENTITY, 1, 16);
        run(Script.OPEN_TABLES, List.of(tables), IDENTITY);
    }

    String entry(String hash) {
        return record + ":" + hash;
    }

    String list() {
        return record + "!";
    }

    String groups() {
        return record + "!!";
    }

    String group(String name) {
        return record + "!" + name;
    }

    /** The server's time in microseconds, later than that of every step before. */
    long time() {
        List<?> time = (List<?>) redis.call("TIME");
        return Long.parseLong(string(time.get(0))) * 1_000_000 + Long.parseLong(string(time.get(1)));
    }

    private static String string(@Nullable Object bulk) {
        return new String((byte[]) bulk, ISO_8859_1);
    }

    // Steps

    long put(String hash, long stamp, String group, String... names) {
        return put(hash, stamp, 1000, group, names);
    }

    long put(String hash, long stamp, long maximum, String group, String... names) {
        List<String> keys = List.of(entry(hash), record, fences, list(), groups(), group(group));
        String listed = String.join("\n", names);
        return run(
                Script.PUT_RESULT,
                keys,
                stamp,
                IDENTITY,
                TTL_MILLIS,
                HORIZON_MICROS,
                "mapping-0",
                group,
                listed,
                maximum);
    }

    long remove(String hash, Object stamp, String group) {
        return run(Script.REMOVE_RESULT, List.of(entry(hash), record), stamp, group);
    }

    long sweep(long batch, long upTo, String... names) {
        List<Object> arguments = new ArrayList<>(List.of(batch));
        for (String name : names) {
            arguments.addAll(List.of(name, upTo));
        }
        return run(Script.SWEEP_RESULTS, List.of(record, groups()), arguments.toArray());
    }

    void announce(String transaction, long timeoutMicros, String... names) {
        run(Script.ANNOUNCE, List.of(tables), with(names, IDENTITY, transaction, timeoutMicros, "-"));
    }

    long settle(String transaction, String... names) {
        return run(Script.SETTLE, List.of(tables), with(names, IDENTITY, transaction));
    }

    void clearTables() {
        run(Script.CLEAR_TABLES, List.of(tables), IDENTITY);
    }

    void openTables() {
        run(Script.OPEN_TABLES, List.of(tables), IDENTITY);
    }

    private static Object[] with(String[] names, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(Arrays.asList(names));
        return all.toArray();
    }

    private long run(Script script, List<String> keys, Object... arguments) {
        List<Object> words = new ArrayList<>();
        words.add("EVAL");
        words.add(script.load(UnaryOperator.identity()).text());
        words.add(keys.size());
        words.addAll(keys);
        words.addAll(List.of(arguments));
        return redis.number(words.toArray());
    }

    // What is there

    /** What a node that reads the result now would answer: why it is not served, or null if it is. */
    @Nullable
    MissReason read(String hash, Collection<String> names) {
        byte[] identity = IDENTITY.getBytes(ISO_8859_1);
        Found found = StoredForms.read(bytes(entry(hash)), bytes(record), identity, 1);
        return found instanceof Found.Value value
                ? TableStates.judge(hash(), names, identity, time(), value.stamp())
                : ((Found.Nothing) found).reason();
    }

    private byte @Nullable [] bytes(String key) {
        return (byte[]) redis.call("GET", key);
    }

    private Map<String, byte[]> hash() {
        List<?> words = (List<?>) redis.call("HGETALL", tables);
        Map<String, byte[]> hash = new HashMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            hash.put(string(words.get(i)), (byte[]) words.get(i + 1));
        }
        return hash;
    }

    /** The results that are there, without those that are only listed. */
    List<String> stored() {
        return redis.keys(record.replace("{", "\\{") + ":*").stream()
                .map(key -> key.substring(record.length() + 1))
                .sorted()
                .toList();
    }

    /** How many messages the scripts have published so far. */
    long messages() {
        return Long.parseLong(String.valueOf(redis.text("HGET", tables.replace("{tables}", "{nodes}!"), "last")));
    }

    boolean exists(String key) {
        return redis.number("EXISTS", key) == 1;
    }

    /** A table's state: its stamp, and then the announcements. */
    String state(String table) {
        return String.valueOf(redis.text("HGET", tables, table));
    }

    long stamp(String field) {
        String state = state(field);
        return Long.parseLong(state.startsWith("F") ? state.substring(1, 17) : state.substring(0, 16));
    }

    static String digits(long stamp) {
        return String.format("%016d", stamp);
    }

    @Override
    public void close() {
        redis.close();
    }
}
