package dev.hearth.boot.actuate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** What warming does on this node. */
public record WarmingDescriptor(List<UnitWarming> units) implements OperationResponseBody {
    /**
     * Of one session factory.
     *
     * @param health {@code healthy}, {@code degraded} or {@code failed}
     * @param rowsPerSecond how many rows this node reads in a second at the most; 0 for no limit
     */
    public record UnitWarming(String unit, String health, int rowsPerSecond, List<Task> tasks) {}

    /**
     * One task as this node sees it.
     *
     * @param state {@code planned}, {@code waiting}, {@code running}, {@code paused}, {@code succeeded}, {@code skipped},
     *     {@code failed} or {@code cancelled}
     * @param attempt the present attempt, counted from 1; 0 before the first
     * @param next when its schedule has it run next; null for never
     * @param history its last runs on this node, the latest first
     */
    public record Task(
            String name,
            String priority,
            String region,
            String state,
            int attempt,
            Progress progress,
            @Nullable Instant next,
            List<RunDescriptor> history) {}

    /**
     * @param estimated about how many rows there are; null if that is not known
     * @param remainingMillis about how long it will take; null if that is not known
     */
    public record Progress(
            long read,
            long stored,
            long skipped,
            @Nullable Long estimated,
            double rowsPerSecond,
            @Nullable Long remainingMillis) {}

    /** A run that is over. Why it failed is in the log, since the reason may hold what was read. */
    public record RunDescriptor(
            String node,
            Instant began,
            Instant ended,
            String outcome,
            long read,
            long stored,
            long skipped,
            int attempt) {}
}
