package dev.hearth.hibernate;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import java.util.Map;
import java.util.TreeMap;

/** Which of a region's counters something moves, by name, and how far. */
final class Moved {
    private Moved() {}

    static Map<String, Long> during(RegionStatistics statistics, Runnable work) {
        Map<String, Long> before = read(statistics);
        work.run();
        Map<String, Long> moved = new TreeMap<>();
        read(statistics).forEach((name, value) -> {
            long by = value - before.get(name);
            if (by != 0) {
                moved.put(name, by);
            }
        });
        return moved;
    }

    private static Map<String, Long> read(RegionStatistics statistics) {
        Map<String, Long> read = new TreeMap<>();
        for (RegionEvent event : RegionEvent.values()) {
            read.put(event.name(), statistics.get(event));
        }
        for (MissReason reason : MissReason.values()) {
            read.put("MISS " + reason, statistics.misses(reason));
        }
        for (PutRefusal refusal : PutRefusal.values()) {
            read.put("REFUSED " + refusal, statistics.refusals(refusal));
        }
        return read;
    }
}
