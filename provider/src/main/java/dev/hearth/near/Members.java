package dev.hearth.near;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes that a writer waits for, as Redis knew them at some moment after {@code askedNanos}.
 *
 * @param lease the lease of every node; null while that is not known
 * @param born tells this list from one that was lost; empty while none is known
 * @param strict what each of them keeps near and strictly
 */
record Members(long askedNanos, @Nullable Duration lease, String born, Map<String, StrictSet> strict) {
    private static final Pattern HEAD = Pattern.compile("(\\d{1,12}) (\\d{16})");
    static final Members UNKNOWN = new Members(Long.MIN_VALUE / 2, null, "", Map.of());

    /** Reads the answer to a heartbeat. A node whose line makes no sense is not waited for: it is none of ours. */
    static Members parse(String answer, long askedNanos) {
        String[] lines = answer.split("\n");
        Map<String, StrictSet> members = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int space = lines[i].indexOf(' ');
            StrictSet strict = space < 0 ? null : StrictSet.parse(lines[i].substring(space + 1));
            if (strict != null) {
                members.put(lines[i].substring(0, space), strict);
            }
        }
        Matcher head = HEAD.matcher(lines[0]);
        return head.matches()
                ? new Members(
                        askedNanos,
                        Duration.of(Long.parseLong(head.group(1)), ChronoUnit.MICROS),
                        head.group(2),
                        Map.copyOf(members))
                : new Members(askedNanos, null, "", Map.copyOf(members));
    }

    /** Those of both lists. */
    Members and(Members others) {
        Map<String, StrictSet> both = new HashMap<>(others.strict);
        both.putAll(strict);
        return new Members(askedNanos, lease, born, Map.copyOf(both));
    }

    Members without(String node) {
        Map<String, StrictSet> others = new HashMap<>(strict);
        return others.remove(node) == null ? this : new Members(askedNanos, lease, born, Map.copyOf(others));
    }

    /** Those who keep this region, or the tables, strictly. */
    Set<String> keeping(String region) {
        if (strict.isEmpty()) {
            return Set.of();
        }
        Set<String> keeping = new HashSet<>();
        strict.forEach((node, kept) -> {
            if (kept.contains(region)) {
                keeping.add(node);
            }
        });
        return keeping;
    }
}
