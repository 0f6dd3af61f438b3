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

    private final Map<String, Share> regions = new HashMap<>();
    private long met;
    private long all;
    private long memory;
    private long maximumMemory;

    /** What was met of one region. */
    private record Share(long keys, long bytes) {
        static final Share NONE = new Share(0, 0);

        Share plus(Share other) {
            return new Share(keys + other.keys, bytes + other.bytes);
        }
    }

    /** Takes in what {@code sample.lua} has answered, and answers where the walk goes on. */
    String add(String page) {
        String[] lines = page.split("\n");
        String[] head = lines[0].split(" ");
        met += Long.parseLong(head[MET]);
        all = Long.parseLong(head[ALL]);
        memory = Long.parseLong(head[MEMORY]);
        maximumMemory = Long.parseLong(head[MAXIMUM_MEMORY]);
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(" ", 3);
            regions.merge(parts[2], new Share(Long.parseLong(parts[0]), Long.parseLong(parts[1])), Share::plus);
        }
        return head[CURSOR];
    }

    /** Whether the walk has met as many keys as there are. */
    boolean isComplete() {
        return met >= all;
    }

    /** How many entries of the region there are, by the share of them among what was met. */
    long of(String keyName) {
        return ofAll(regions.getOrDefault(keyName, Share.NONE).keys);
    }

    /** How many bytes the region's entries take, by their share among what was met; 0 where Redis does not tell. */
    long bytesOf(String keyName) {
        return ofAll(regions.getOrDefault(keyName, Share.NONE).bytes);
    }

    private long ofAll(long counted) {
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
