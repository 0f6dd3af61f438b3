package dev.hearth.warming;

import org.jspecify.annotations.Nullable;

/** One run of a task, as its loader sees it. */
interface Run {
    /** Where an earlier run of the same task stopped, as that one's loader wrote it; null to begin at the beginning. */
    @Nullable
    String checkpoint();

    /**
     * Asks before each page whether to go on, and waits while the task is paused, its rate is used up, the page before took
     * much longer than usual, or the cache cannot be reached.
     *
     * @param rows how many rows the page will have at the most
     * @throws RunEndedException if the run was cancelled, or another node has taken the task over
     */
    void beforePage(int rows) throws InterruptedException;

    /**
     * Tells what a page has done, once its puts are in Redis.
     *
     * @param read rows that came from the database
     * @param stored entries that were stored
     * @param skipped entries that were there already, or newer
     * @param checkpoint from where to go on; null if the target has no order to go on in
     */
    void afterPage(long read, long stored, long skipped, @Nullable String checkpoint);
}
