package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that one node at a time runs for all: a lease for each in Redis, with a token by which a runner is refused that has
 * lost its lease without knowing. Safe for concurrent use; nothing here waits.
 */
public final class TaskStore {
    /* A task is one hash under the tag that all tasks share. Only Redis's time decides whether a lease is in force. */
    private static final List<String> FIELDS =
            List.of("node", "expiry", "begun", "done", "progress", "checkpoint", "history", "order");
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final int HISTORY_LINES = 20;

    private final String node;
    private final String prefix;
    private final Commands commands;

    TaskStore(String node, String keyspace, Commands commands) {
        this.node = node;
        this.prefix = keyspace + ":{tasks}";
        this.commands = commands;
    }

    /** Answers what {@code task_acquire.lua} does: a token, 0 or -1. */
    public CompletableFuture<Long> acquire(
            String task,
            Duration lease,
            String definition,
            Duration successCounts,
            Duration checkpointCounts,
            long since) {
        return commands.run(
                Script.TASK_ACQUIRE,
                key(task),
                node,
                RegionStore.micros(lease),
                definition,
                RegionStore.micros(successCounts),
                RegionStore.micros(checkpointCounts),
                RETENTION.toMillis(),
                since);
    }

    /** Keeps the lease; false if it has lapsed. */
    public CompletableFuture<Boolean> renew(String task, long token, Duration lease) {
        return commands.run(Script.TASK_RENEW, key(task), token, RegionStore.micros(lease))
                .thenApply(done -> done == 1);
    }

    /** Writes how far the run is, and keeps the lease; false if that has lapsed. */
    public CompletableFuture<Boolean> checkpoint(
            String task, long token, Duration lease, String progress, @Nullable String checkpoint) {
        return commands.run(
                        Script.TASK_CHECKPOINT,
                        key(task),
                        token,
                        RegionStore.micros(lease),
                        progress,
                        checkpoint == null ? "" : checkpoint)
                .thenApply(done -> done == 1);
    }

    /** Ends the run and its lease; false if that has lapsed. The line is left out of the history if empty. */
    public CompletableFuture<Boolean> finish(String task, long token, boolean succeeded, String line) {
        return commands.run(
                        Script.TASK_FINISH,
                        key(task),
                        token,
                        succeeded ? 1 : 0,
                        line,
                        HISTORY_LINES,
                        RETENTION.toMillis())
                .thenApply(done -> done == 1);
    }

    /**
     * Leaves an order for all nodes, in place of the one before, and answers the number of the one that stands then.
     *
     * @param number of an order that was given before and is gone; 0 for a new one
     */
    public CompletableFuture<Long> order(String task, String words, long number) {
        return commands.run(Script.TASK_ORDER, key(task), words, RETENTION.toMillis(), number);
    }

    /** The fields of tasks, by task: what {@code tasks.lua} says of them; without those that a task does not have. */
    public CompletableFuture<Map<String, Map<String, String>>> read(Collection<String> tasks) {
        Map<String, CompletableFuture<Map<String, byte[]>>> asked = new LinkedHashMap<>();
        tasks.forEach(task -> asked.put(task, commands.fields(prefix + task, FIELDS)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(answered -> {
                    Map<String, Map<String, String>> all = new LinkedHashMap<>();
                    asked.forEach((task, fields) -> all.put(task, texts(fields.join())));
                    return all;
                });
    }

    private static Map<String, String> texts(Map<String, byte[]> fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value != null) {
                texts.put(name, new String(value, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    private List<Object> key(String task) {
        return List.of(prefix + task);
    }
}
