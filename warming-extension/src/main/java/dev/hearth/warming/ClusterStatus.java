package dev.hearth.warming;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as all nodes see it.
 *
 * @param runner the node that runs it; null if none does
 * @param began when the last run began; null if none has
 * @param succeeded when the last run that succeeded had begun; null if none has
 * @param progress how far the present or the last run is
 * @param paused whether it is paused on all nodes
 * @param history the last runs on all nodes, the latest first
 */
public record ClusterStatus(
        String name,
        @Nullable String runner,
        @Nullable Instant began,
        @Nullable Instant succeeded,
        TaskProgress progress,
        boolean paused,
        List<RunRecord> history) {}
