package dev.hearth.statistics;

/** What happened to tables on this node since it started or was reset. Safe for concurrent use; reading calls nobody. */
public final class TableStatistics {
    private final Counter announcements = new Counter();
    private final Counter failedAnnouncements = new Counter();
    private final Counter settlements = new Counter();
    private final Counter sweptResults = new Counter();

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
        return announcements.get();
    }

    public long failedAnnouncements() {
        return failedAnnouncements.get();
    }

    public long settlements() {
        return settlements.get();
    }

    public long sweptResults() {
        return sweptResults.get();
    }

    /** Announcements since the node started, whatever was reset; the other totals likewise. */
    public long totalAnnouncements() {
        return announcements.total();
    }

    public long totalFailedAnnouncements() {
        return failedAnnouncements.total();
    }

    public long totalSettlements() {
        return settlements.total();
    }

    public long totalSweptResults() {
        return sweptResults.total();
    }

    void reset() {
        announcements.reset();
        failedAnnouncements.reset();
        settlements.reset();
        sweptResults.reset();
    }
}
