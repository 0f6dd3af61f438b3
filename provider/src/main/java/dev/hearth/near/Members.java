package dev.hearth.near;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The other nodes that a writer waits for, as Redis knew them at some moment after {@code askedNanos}.
 *
 * @param strict what each of them keeps near and strictly
 */
record Members(long askedNanos, Map<String, StrictSet> strict) {
    /** Reads the answer to a heartbeat. A node whose line makes no sense is not waited for: it is none of ours. */
    static Members parse(String lines, long askedNanos) {
        Map<String, StrictSet> members = new HashMap<>();
        for (String line : lines.split("\n")) {
            int space = line.indexOf(' ');
            StrictSet strict = space < 0 ? null : StrictSet.parse(line.substring(space + 1));
            if (strict != null) {
                members.put(line.substring(0, space), strict);
            }
        }
        return new Members(askedNanos, Map.copyOf(members));
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
