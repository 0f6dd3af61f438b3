package dev.hearth.warming;

import org.jspecify.annotations.Nullable;

/**
 * Where a run goes on that another began: what was counted until there, and the loader's own words.
 *
 * @param position null to begin at the beginning
 */
record RunCheckpoint(
        long read, long stored, long skipped, @Nullable String position) {
    static final RunCheckpoint BEGIN = new RunCheckpoint(0, 0, 0, null);

    /** Reads {@link #text}; the beginning, if it is none. */
    static RunCheckpoint parse(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split(" ", 4);
        try {
            return parts.length == 4
                    ? new RunCheckpoint(
                            Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3])
                    : BEGIN;
        } catch (NumberFormatException e) {
            return BEGIN;
        }
    }

    /** As it is kept in Redis; null if there is no position to go on from. */
    @Nullable
    String text() {
        return position == null ? null : counts() + " " + position;
    }

    private String counts() {
        return read + " " + stored + " " + skipped;
    }

    /** The counts, for those who look on. */
    String progress(long estimated) {
        return counts() + " " + estimated;
    }

    /** What {@link #progress} says; nothing, if it is none. */
    static TaskProgress progress(String text) {
        String[] parts = text.split(" ", -1);
        try {
            return parts.length == 4
                    ? new TaskProgress(
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            Long.parseLong(parts[3]),
                            0,
                            null)
                    : TaskProgress.NONE;
        } catch (NumberFormatException e) {
            return TaskProgress.NONE;
        }
    }
}
