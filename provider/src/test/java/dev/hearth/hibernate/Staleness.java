package dev.hearth.hibernate;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** When which version of a few rows was committed, and which version was read when. Safe for concurrent use. */
final class Staleness {
    private final List<Map<Integer, Long>> committed;
    private final Queue<Served> served = new ConcurrentLinkedQueue<>();

    private record Served(int row, int version, long began) {}

    Staleness(int rows) {
        committed = Stream.<Map<Integer, Long>>generate(ConcurrentHashMap::new)
                .limit(rows)
                .toList();
    }

    /** The commit of a version, each one more than the last, had ended by then. */
    void committed(int row, int version, long ended) {
        committed.get(row).put(version, ended);
    }

    void served(int row, int version, long began) {
        served.add(new Served(row, version, began));
    }

    /** How long what was read had been replaced when it was read. */
    Distribution distribution(long fromNear) {
        long[] ages = served.stream().mapToLong(this::age).sorted().toArray();
        return new Distribution(ages, fromNear);
    }

    private long age(Served read) {
        Long replaced = committed.get(read.row).get(read.version + 1);
        return replaced == null ? 0 : Math.max(0, read.began - replaced);
    }
}
