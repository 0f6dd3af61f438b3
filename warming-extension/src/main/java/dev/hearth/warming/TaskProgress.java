package dev.hearth.warming;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param read rows that came from the database, those of a former runner included where it went on from there
 * @param stored entries that were stored
 * @param skipped entries that were there already, or newer
 * @param estimated about how many rows there are; -1 if that is not known
 * @param rowsPerSecond rows read by this runner, by the time that it was not paused
 * @param remaining about how long it will take; null if that is not known
 */
public record TaskProgress(
        long read,
        long stored,
        long skipped,
        long estimated,
        double rowsPerSecond,
        @Nullable Duration remaining) {
    static final TaskProgress NONE = new TaskProgress(0, 0, 0, -1, 0, null);

    /** As text for a log: {@code 1200 of about 5000 rows (1100 stored, 100 skipped), 950 rows/s, 4 s left}. */
    @Override
    public String toString() {
        return read + (estimated < 0 ? "" : " of about " + estimated) + " rows (" + stored + " stored, " + skipped
                + " skipped), " + Math.round(rowsPerSecond) + " rows/s"
                + (remaining == null ? "" : ", about " + remaining.toSeconds() + " s left");
    }
}
