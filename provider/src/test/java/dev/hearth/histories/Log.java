package dev.hearth.histories;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one worker did and saw. Used by one thread until the worker has ended. */
final class Log implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Read> reads = new ArrayList<>();
    private final ArrayList<CommitAttempt> attempts = new ArrayList<>();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private final ArrayList<String> surprises = new ArrayList<>();

    void read(Read read) {
        reads.add(read);
    }

    void attempt(CommitAttempt attempt) {
        attempts.add(attempt);
    }

    /** Counts one operation under what became of it. */
    void outcome(String operation) {
        outcomes.merge(operation, 1, Integer::sum);
    }

    /** An operation failed in a way that no race between attempts explains. */
    void surprise(String failure) {
        surprises.add(failure);
    }

    void add(Log other) {
        reads.addAll(other.reads);
        attempts.addAll(other.attempts);
        other.outcomes.forEach((operation, count) -> outcomes.merge(operation, count, Integer::sum));
        surprises.addAll(other.surprises);
    }

    List<Read> reads() {
        return reads;
    }

    List<CommitAttempt> attempts() {
        return attempts;
    }

    Map<String, Integer> outcomes() {
        return outcomes;
    }

    List<String> surprises() {
        return surprises;
    }
}
