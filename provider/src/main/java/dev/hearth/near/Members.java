package dev.hearth.near;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes that a writer waits for, as Redis knew them at some moment after {@code askedNanos}.
 *
 * @param lease the lease of every node; null while that is not known
 * @param strict what each of them keeps near and strictly
 */
record Members(long askedNanos, @Nullable Duration lease, Map<String, StrictSet> strict) {
    static final Members UNKNOWN = new Members(Long.MIN_VALUE / 2, null, Map.of());

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
        Duration lease = lines[0].matches("\\d{1,12}") ? Duration.of(Long.parseLong(lines[0]), ChronoUnit.MICROS) : null;
        return new Members(askedNanos, lease, Map.copyOf(members));
    }

    Members without(String node) {
        Map<String, StrictSet> others = new HashMap<>(strict);
        return others.remove(node) == null ? this : new Members(askedNanos, lease, Map.copyOf(others));
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
