package dev.hearth.warming;

import java.time.Duration;
import java.util.Map;

/**
 * What a task has done on this node, all its runs together, the present one included.
 *
 * @param read rows that came from the database
 * @param stored entries that were stored
 * @param skipped entries that were there already, or newer
 * @param running how long runs have taken
 * @param runs how many are over, by outcome: SUCCEEDED, SKIPPED, FAILED or CANCELLED; those that never were are absent
 */
public record TaskTotals(long read, long stored, long skipped, Duration running, Map<TaskState, Long> runs) {
    static final TaskTotals NONE = new TaskTotals(0, 0, 0, Duration.ZERO, Map.of());

    public TaskTotals {
        runs = Map.copyOf(runs);
    }

    TaskTotals plus(TaskTotals more) {
        return new TaskTotals(
                read + more.read, stored + more.stored, skipped + more.skipped, running.plus(more.running), runs);
    }

    TaskTotals with(Map<TaskState, Long> outcomes) {
        return new TaskTotals(read, stored, skipped, running, outcomes);
    }
}
