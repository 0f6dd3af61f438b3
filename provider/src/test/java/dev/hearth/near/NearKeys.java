package dev.hearth.near;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hearth.test.RedisConnection;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a walk does to Redis besides its actors, and sees of it. Not safe for concurrent use. */
final class NearKeys {
    private static final Pattern STAMP = Pattern.compile("\\d{16}");

    private final RedisConnection redis;
    private final String keyspace;
    private final List<Object[]> beginning = new ArrayList<>();
    private final String stamp;

    /** Remembers the regions and tables as they are now, where nobody has changed anything. */
    NearKeys(RedisConnection redis, String keyspace) {
        this.redis = redis;
        this.keyspace = keyspace;
        for (String region : List.of(":{Things.0}", ":{Queries.q.0}")) {
            for (String key : List.of(keyspace + region, keyspace + region + "#")) {
                beginning.add(new Object[] {"SET", key, Objects.requireNonNull(redis.call("GET", key), key)});
            }
        }
        String floor = Objects.requireNonNull(redis.text("HGET", tables(), "#"));
        beginning.add(new Object[] {"DEL", tables()});
        beginning.add(new Object[] {"HSET", tables(), "#", floor});
        long latest = Long.parseLong(floor.substring(1, 17));
        for (String region : List.of(":{Things.0}", ":{Queries.q.0}")) {
            latest = Math.max(latest, Long.parseLong(generation(keyspace + region)));
        }
        stamp = String.format("%016d", latest + 1);
    }

    /** How far the server's time is ahead of its clock, as a script reads it. */
    static String ahead(String keyspace) {
        return "(tonumber(redis.call('GET', '" + clock(keyspace) + "')) or 0)";
    }

    private static String clock(String keyspace) {
        return keyspace + ":clock";
    }

    private String tables() {
        return keyspace + ":{tables}";
    }

    private String generation(String record) {
        return Objects.requireNonNull(redis.text("GETRANGE", record, 1, 16));
    }

    /** Everything but the time is as it was, and this is published under both keys. */
    void restore(String entry, String result, byte[] body) {
        List<Object[]> commands = new ArrayList<>(beginning);
        for (String key : List.of(entry, result)) {
            String record = key.substring(0, key.indexOf('}') + 1);
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            value.writeBytes(("V" + generationAtTheBeginning(record) + stamp).getBytes(ISO_8859_1));
            value.writeBytes(body);
            commands.add(new Object[] {"SET", key, value.toByteArray()});
        }
        redis.callAll(commands);
    }

    private String generationAtTheBeginning(String record) {
        for (Object[] command : beginning) {
            if (record.equals(command[1])) {
                return new String((byte[]) command[2], 1, 16, ISO_8859_1);
            }
        }
        throw new IllegalStateException(record);
    }

    void forgetNodes() {
        redis.call("DEL", keyspace + ":{nodes}");
    }

    /** For good: nodes have heard of the later time, and what they stamp must not be ahead of Redis. */
    void passOnServer(Duration time) {
        redis.call("INCRBY", clock(keyspace), time.toNanos() / 1000);
    }

    /** @param fences whether somebody reads them */
    String entry(String key, boolean fences) {
        String record = key.substring(0, key.indexOf('}') + 1);
        return fences
                ? read(new Object[] {"MGET", key, record, record + "#"})
                : read(new Object[] {"MGET", key, record});
    }

    String results(String key, String table) {
        String record = key.substring(0, key.indexOf('}') + 1);
        return read(new Object[] {"MGET", key, record}, new Object[] {"HMGET", tables(), "#", table, "*"});
    }

    private String read(Object[]... commands) {
        List<Object[]> all = new ArrayList<>(List.of(commands));
        all.add(new Object[] {"TIME"});
        all.add(new Object[] {"GET", clock(keyspace)});
        List<@Nullable Object> answers = redis.callAll(all);
        StringBuilder text = new StringBuilder();
        for (Object answer : answers.subList(0, commands.length)) {
            for (Object part : (List<?>) Objects.requireNonNull(answer)) {
                text.append(text(part)).append('/');
            }
        }
        List<?> time = (List<?>) Objects.requireNonNull(answers.get(commands.length));
        Object ahead = answers.get(commands.length + 1);
        long now = Long.parseLong(text(time.get(0))) * 1_000_000
                + Long.parseLong(text(time.get(1)))
                + (ahead == null ? 0 : Long.parseLong(text(ahead)));
        return text.append(String.format("%016d", now)).toString();
    }

    private static String text(@Nullable Object bulk) {
        return bulk == null ? "-" : new String((byte[]) bulk, ISO_8859_1);
    }

    /** Every stamp as its place among those in the text, since nothing but their order matters. */
    static String inOrder(String text) {
        TreeSet<String> stamps = new TreeSet<>();
        Matcher found = STAMP.matcher(text);
        while (found.find()) {
            stamps.add(found.group());
        }
        List<String> order = List.copyOf(stamps);
        return STAMP.matcher(text).replaceAll(match -> "t" + order.indexOf(match.group()));
    }
}
