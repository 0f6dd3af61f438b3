package dev.hearth.warming;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that is over.
 *
 * @param node the node that ran it
 * @param outcome SUCCEEDED, SKIPPED, FAILED or CANCELLED; of a run that is tried again FAILED as well
 * @param attempt counted from 1
 * @param message why; empty if there is nothing to say
 */
public record RunRecord(
        String node,
        Instant began,
        Instant ended,
        TaskState outcome,
        long read,
        long stored,
        long skipped,
        int attempt,
        String message) {
    private static final int FIELDS = 9;

    /** As a line of the task's history in Redis. */
    String line() {
        return String.join(
                "\t",
                node,
                began.toString(),
                ended.toString(),
                outcome.name(),
                Long.toString(read),
                Long.toString(stored),
                Long.toString(skipped),
                Integer.toString(attempt),
                message.replace('\t', ' '));
    }

    /** Reads such a line; empty if it is none, which another version may have written. */
    static Optional<RunRecord> parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunRecord(
                    fields[0],
                    Instant.parse(fields[1]),
                    Instant.parse(fields[2]),
                    TaskState.valueOf(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    Long.parseLong(fields[6]),
                    Integer.parseInt(fields[7]),
                    fields[8]));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
