package dev.hearth.statistics;

import java.util.concurrent.atomic.LongAdder;

/** What happened to tables on this node since it started. Safe for concurrent use; reading calls nobody. */
public final class TableStatistics {
    private final LongAdder announcements = new LongAdder();
    private final LongAdder failedAnnouncements = new LongAdder();
    private final LongAdder settlements = new LongAdder();
    private final LongAdder sweptResults = new LongAdder();

    /** Redis has taken a transaction's announcement, or its renewal. */
    public void announced() {
        announcements.increment();
    }

    /** An announcement could not be written to Redis. */
    public void failedAnnouncement() {
        failedAnnouncements.increment();
    }

    /** Redis has heard of a transaction's end, or of a change that nobody announced. */
    public void settled() {
        settlements.increment();
    }

    /** Results were removed because a table of theirs had changed. */
    public void swept(long results) {
        sweptResults.add(results);
    }

    public long announcements() {
        return announcements.sum();
    }

    public long failedAnnouncements() {
        return failedAnnouncements.sum();
    }

    public long settlements() {
        return settlements.sum();
    }

    public long sweptResults() {
        return sweptResults.sum();
    }
}
