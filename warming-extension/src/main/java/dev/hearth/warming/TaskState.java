package dev.hearth.warming;

import java.util.EnumSet;
import java.util.Set;

/** Where a task stands on a node. */
public enum TaskState {
    /** Nothing has made it run yet. */
    PLANNED,
    /** It is to run: it waits for its turn, for another node that runs it, or for its next attempt. */
    WAITING,
    RUNNING,
    /** Somebody has paused it; it keeps its place, and if it was running its lease. */
    PAUSED,
    SUCCEEDED,
    /** There was nothing to do: a run that is recent enough has succeeded, perhaps on another node. */
    SKIPPED,
    /** All attempts have failed. */
    FAILED,
    CANCELLED;

    private static final Set<TaskState> OVER = EnumSet.of(SUCCEEDED, SKIPPED, FAILED, CANCELLED);

    /** Whether nothing happens until something makes the task run again. */
    public boolean isOver() {
        return OVER.contains(this);
    }

    /** The only place that says what may follow what. */
    boolean mayBecome(TaskState next) {
        return switch (this) {
            case PLANNED -> next == WAITING || next == CANCELLED;
            case WAITING -> next == RUNNING || next == PAUSED || next == SKIPPED || next == FAILED || next == CANCELLED;
            case RUNNING ->
                next == PAUSED || next == WAITING || next == SUCCEEDED || next == FAILED || next == CANCELLED;
            // A paused run may be past its last page, or lose its lease.
            case PAUSED -> next == WAITING || next == RUNNING || next.isOver();
            case SUCCEEDED, SKIPPED, FAILED, CANCELLED -> next == WAITING;
        };
    }
}
