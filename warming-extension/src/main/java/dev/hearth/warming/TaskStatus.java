package dev.hearth.warming;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as this node sees it.
 *
 * @param reason why it is in its state, where there is more to say; empty otherwise
 * @param attempt the present attempt, counted from 1; 0 before the first
 * @param next when its schedule has it run next; null for never
 * @param history its last runs on this node, the latest first
 */
public record TaskStatus(
        String name,
        Priority priority,
        String region,
        TaskState state,
        String reason,
        int attempt,
        TaskProgress progress,
        @Nullable Instant next,
        List<RunRecord> history) {}
