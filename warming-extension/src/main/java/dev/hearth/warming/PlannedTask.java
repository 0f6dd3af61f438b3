package dev.hearth.warming;

/**
 * A task in the order in which tasks run.
 *
 * @param estimatedRows about how many rows, or results, it has; -1 if that cannot be told cheaply
 */
public record PlannedTask(String name, Priority priority, String region, long estimatedRows) {}
