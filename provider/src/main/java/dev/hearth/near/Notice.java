package dev.hearth.near;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message on the keyspace's channel says; {@code common.lua} writes them. Trusts none of it. */
sealed interface Notice {
    /**
     * A message, and its place among those that one counter has counted.
     *
     * @param number null on a Cluster, where messages have none
     * @param notice null for a message that makes no sense here, which may be a newer version's
     */
    record Numbered(@Nullable Number number, @Nullable Notice notice) {}

    /** One more than that of the message before, by the same counter; another one may count another database's messages. */
    record Number(String counter, long value) {}

    /** Who asks that the message be acknowledged. */
    record Asker(String node, long number) {}

    /** One entry may have changed; {@code region} is the region's name as it stands in keys. */
    record Entry(@Nullable Asker asker, String region, String key) implements Notice {}

    /** Everything in one bucket of the region may have changed. */
    record Region(@Nullable Asker asker, String region, int bucket) implements Notice {}

    /** An entry and tables may change, by the same transaction. */
    record Both(@Nullable Asker asker, Entry entry, Tables tables) implements Notice {}

    /** These tables may change, or have changed; {@link #ALL} stands for every table. */
    record Tables(@Nullable Asker asker, List<String> names) implements Notice {}

    /** A node lives, and has been known to the others without a gap since that stamp. */
    record Beat(String node, long number, String since) implements Notice {}

    /** A node's heartbeat has come through another master of a Cluster. */
    record Pulse(String node, long number, int part) implements Notice {}

    /** A node serves nothing any more. */
    record Gone(String node) implements Notice {}

    String ALL = "#";

    Pattern NUMBERED = Pattern.compile("(-|(\\d{16})\\.(\\d{1,18})) (.+)", Pattern.DOTALL);
    Pattern LINE = Pattern.compile("([ERTCBPG]) (-|(\\w+):(\\d{1,18})) (.+)", Pattern.DOTALL);
    Pattern KEY = Pattern.compile("[^{}]+:\\{([^{}]+)\\.(\\d{1,4})\\}(?::(.+))?", Pattern.DOTALL);
    Pattern BEAT = Pattern.compile("(\\w+) (\\d{1,18}) (\\d{16})");
    Pattern PULSE = Pattern.compile("(\\w+) (\\d{1,18}) (\\d{1,5})");

    /** The message's number and meaning. */
    static Numbered numbered(String message) {
        Matcher numbered = NUMBERED.matcher(message);
        if (!numbered.matches()) {
            return new Numbered(null, null);
        }
        String counter = numbered.group(2);
        return new Numbered(
                counter == null ? null : new Number(counter, Long.parseLong(numbered.group(3))), of(numbered.group(4)));
    }

    /** The meaning of a message without its number, or null if it has none. */
    static @Nullable Notice of(String message) {
        Matcher line = LINE.matcher(message);
        if (!line.matches()) {
            return null;
        }
        Asker asker = line.group(3) == null ? null : new Asker(line.group(3), Long.parseLong(line.group(4)));
        String subject = line.group(5);
        return switch (line.group(1).charAt(0)) {
            case 'T' -> new Tables(asker, List.of(subject.split("\n")));
            case 'C' -> both(asker, subject);
            case 'B' -> beat(subject);
            case 'P' -> pulse(subject);
            case 'G' -> new Gone(subject);
            default -> change(asker, subject);
        };
    }

    private static @Nullable Notice change(@Nullable Asker asker, String subject) {
        Matcher key = KEY.matcher(subject);
        if (!key.matches()) {
            return null;
        }
        return key.group(3) == null
                ? new Region(asker, key.group(1), Integer.parseInt(key.group(2)))
                : new Entry(asker, key.group(1), key.group(3));
    }

    private static @Nullable Notice both(@Nullable Asker asker, String subject) {
        int end = subject.indexOf('\n');
        return end >= 0 && change(null, subject.substring(0, end)) instanceof Entry entry
                ? new Both(
                        asker,
                        entry,
                        new Tables(null, List.of(subject.substring(end + 1).split("\n"))))
                : null;
    }

    private static @Nullable Notice pulse(String subject) {
        Matcher pulse = PULSE.matcher(subject);
        return pulse.matches()
                ? new Pulse(pulse.group(1), Long.parseLong(pulse.group(2)), Integer.parseInt(pulse.group(3)))
                : null;
    }

    private static @Nullable Notice beat(String subject) {
        Matcher beat = BEAT.matcher(subject);
        return beat.matches() ? new Beat(beat.group(1), Long.parseLong(beat.group(2)), beat.group(3)) : null;
    }
}
