package dev.hearth.warming;

/** Brings what a target names from the database into the cache. Safe for concurrent runs of different targets. */
interface Loader {
    /** About how many rows, or results, the target has; -1 if that cannot be told cheaply. */
    long estimate(WarmTarget target);

    /**
     * Loads the target page by page, from the run's checkpoint on, and returns when all of it has been read.
     *
     * @throws RunEndedException if the run is not to go on
     * @throws RuntimeException if the database fails; what was put until then stays, and the checkpoint says where to go on
     */
    void load(WarmTarget target, Run run) throws InterruptedException;
}
