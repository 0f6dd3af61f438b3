package dev.hearth.statistics;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of several puts.
 *
 * @param stored how many were stored
 * @param refused how many were not, by reason; reasons that did not occur are missing
 */
public record PutCounts(long stored, Map<PutRefusal, Long> refused) {
    public PutCounts {
        Map<PutRefusal, Long> copy = new EnumMap<>(PutRefusal.class);
        copy.putAll(refused);
        refused = copy;
    }

    public long refused(PutRefusal reason) {
        return refused.getOrDefault(reason, 0L);
    }

    /** How many were not stored, for whatever reason. */
    public long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
