package dev.hearth.store;

import java.util.HashMap;
import java.util.Map;

/** What a walk over one master's keys has met so far. For one thread at a time. */
final class KeyCount {
    /* The line that a page begins with; the regions' lines follow. */
    private static final int CURSOR = 0;
    private static final int MET = 1;
    private static final int ALL = 2;
    private static final int MEMORY = 3;
    private static final int MAXIMUM_MEMORY = 4;

    private final Map<String, Long> regions = new HashMap<>();
    private long met;
    private long all;
    private long memory;
    private long maximumMemory;

    /** Takes in what {@code sample.lua} has answered, and answers where the walk goes on. */
    String add(String page) {
        String[] lines = page.split("\n");
        String[] head = lines[0].split(" ");
        met += Long.parseLong(head[MET]);
        all = Long.parseLong(head[ALL]);
        memory = Long.parseLong(head[MEMORY]);
        maximumMemory = Long.parseLong(head[MAXIMUM_MEMORY]);
        for (int i = 1; i < lines.length; i++) {
            int space = lines[i].indexOf(' ');
            regions.merge(lines[i].substring(space + 1), Long.parseLong(lines[i].substring(0, space)), Long::sum);
        }
        return head[CURSOR];
    }

    /** Whether the walk has met as many keys as there are. */
    boolean isComplete() {
        return met >= all;
    }

    /** How many entries of the region there are, by the share of them among what was met. */
    long of(String keyName) {
        long counted = regions.getOrDefault(keyName, 0L);
        return met == 0 ? 0 : Math.round((double) counted * all / met);
    }

    boolean tellsMemory() {
        return memory >= 0;
    }

    /** Bytes that the master uses. */
    long memory() {
        return memory;
    }

    /** Bytes that the master may use; 0 for no limit. */
    long maximumMemory() {
        return maximumMemory;
    }
}
