package dev.hearth.warming;

import dev.hearth.ClusterTasks;
import dev.hearth.HearthRegionFactory;

/** What everything that warms on one node shares. */
record WarmingNode(
        HearthRegionFactory cache,
        ClusterTasks cluster,
        WarmingSettings settings,
        WarmingTime time,
        Pacing pacing,
        Observers observers) {
    /** Its name, which no other node has. */
    String name() {
        return cluster.node();
    }

    /** Whether there is a cache to warm. */
    boolean available() {
        return cache.isAvailable();
    }
}
