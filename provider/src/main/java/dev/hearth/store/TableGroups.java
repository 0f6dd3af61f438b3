package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Names for sets of tables: results that read the same tables are one group, under a name that all nodes give it. */
final class TableGroups {
    /** There are about as many sets of tables as there are shapes of queries; beyond this many they are made anew. */
    private static final int REMEMBERED = 4096;

    private static final int ID_BYTES = 8;

    private final Map<Set<String>, TableGroup> known = new ConcurrentHashMap<>();

    TableGroup of(Collection<String> tables) {
        Set<String> set = tables instanceof Set<String> same ? same : Set.copyOf(tables);
        TableGroup group = known.get(set);
        if (group == null) {
            group = make(set);
            if (known.size() < REMEMBERED) {
                known.put(Set.copyOf(set), group);
            }
        }
        return group;
    }

    private static TableGroup make(Set<String> tables) {
        String names = String.join("\n", new TreeSet<>(tables));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
            return new TableGroup(HexFormat.of().formatHex(digest, 0, ID_BYTES), names);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
