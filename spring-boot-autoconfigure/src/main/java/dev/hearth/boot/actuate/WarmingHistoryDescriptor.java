package dev.hearth.boot.actuate;

import dev.hearth.boot.actuate.WarmingDescriptor.Progress;
import dev.hearth.boot.actuate.WarmingDescriptor.RunDescriptor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** The tasks as all nodes see them. */
public record WarmingHistoryDescriptor(List<UnitHistory> units) implements OperationResponseBody {
    /** @param available false if Redis did not answer, so that nothing is known */
    public record UnitHistory(String unit, boolean available, List<ClusterTask> tasks) {}

    /**
     * @param runner the node that runs it; null if none does
     * @param began when the last run began; null if none has
     * @param succeeded when the last run that succeeded had begun; null if none has
     * @param paused whether it is paused on all nodes
     * @param history the last runs on all nodes, the latest first
     */
    public record ClusterTask(
            String name,
            @Nullable String runner,
            @Nullable Instant began,
            @Nullable Instant succeeded,
            Progress progress,
            boolean paused,
            List<RunDescriptor> history) {}
}
