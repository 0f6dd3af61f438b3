package dev.hearth;

import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RemoteTier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that one node at a time runs for all nodes of a keyspace, such as warming. A task is run under a lease that its
 * runner keeps; if it dies, the lease lapses by Redis's clock, and another node goes on from the checkpoint. A runner that
 * has lost its lease without knowing, because it was stalled, is refused by its token.
 *
 * <p>Everything waits for Redis, one command timeout at the most, and throws {@link CacheException} if there is no answer:
 * then it is not known whether the step was done. Safe for concurrent use.
 */
public final class ClusterTasks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int STAMP = 16;

    private final RemoteTier tier;

    ClusterTasks(RemoteTier tier) {
        this.tier = tier;
    }

    /** What became of the wish to run a task. */
    public sealed interface Claim {}

    /**
     * The task is this node's.
     *
     * @param token names the lease; greater than those before it
     * @param checkpoint where a run of the same definition stopped before its end; null to begin at the beginning
     */
    public record Granted(String task, long token, @Nullable String checkpoint) implements Claim {}

    /** Another node runs the task. */
    public record Held() implements Claim {}

    /** A run that began recently enough has succeeded. */
    public record Done() implements Claim {}

    /**
     * A task as all nodes see it.
     *
     * @param runner the node that runs it; null if none does
     * @param begun when the last run began; null if none has
     * @param succeeded when the last run that succeeded had begun; null if none has
     * @param progress what the present or the last runner said; empty if nothing
     * @param checkpoint where the next run goes on; null if at the beginning
     * @param history a line for each run, the latest first, 20 at the most
     * @param order what somebody wants all nodes to do with it; null if nobody has wanted anything
     */
    public record Task(
            String name,
            @Nullable String runner,
            @Nullable Instant begun,
            @Nullable Instant succeeded,
            String progress,
            @Nullable String checkpoint,
            List<String> history,
            @Nullable Order order) {}

    /**
     * What somebody wants all nodes to do with a task.
     *
     * @param number greater than those of the task's orders before
     * @param words of those who give and take it
     */
    public record Order(long number, String words) {}

    /** This node's name, which no other has. */
    public String node() {
        return tier.node();
    }

    /**
     * Asks for a task. A node that holds it already gets a new token, and its old one is refused from then on.
     *
     * @param task 1 to 100 letters, digits, dots, underscores or hyphens
     * @param lease until when the runner is taken for dead unless it renews, at least a second
     * @param definition what the task does: neither success nor checkpoint of another definition count
     * @param successCounts how long ago a run may have begun that succeeded, so that it counts for this one; zero for no time
     * @param checkpointCounts how old a checkpoint may be to go on from it
     */
    public Claim acquire(
            String task, Duration lease, String definition, Duration successCounts, Duration checkpointCounts) {
        return acquire(task, lease, definition, successCounts, checkpointCounts, 0);
    }

    /**
     * As {@link #acquire(String, Duration, String, Duration, Duration)}, because of an order.
     *
     * @param order its number: a run that began after the order counts as well if it succeeded; 0 for no order
     */
    public Claim acquire(
            String task,
            Duration lease,
            String definition,
            Duration successCounts,
            Duration checkpointCounts,
            long order) {
        checkName(task);
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("A lease must be at least 1 s, but was " + lease);
        }
        long answer = await(tier.tasks().acquire(task, lease, definition, successCounts, checkpointCounts, order));
        if (answer == 0) {
            return new Held();
        }
        return answer < 0 ? new Done() : new Granted(task, answer, checkpoint(task));
    }

    private static void checkName(String task) {
        if (!NAME.matcher(task).matches()) {
            throw new IllegalArgumentException("A task's name must be 1 to 100 letters, digits, dots, underscores or"
                    + " hyphens, for example products, but was '" + task + "'");
        }
    }

    /* Read after the lease was granted, since when no other node can have written it. */
    private @Nullable String checkpoint(String task) {
        return await(tier.tasks().read(List.of(task)))
                .getOrDefault(task, Map.of())
                .get("checkpoint");
    }

    /** Keeps the lease for so long from now on; false if it has lapsed already, and the runner must stop. */
    public boolean renew(Granted granted, Duration lease) {
        return await(tier.tasks().renew(granted.task(), granted.token(), lease));
    }

    /**
     * Says how far the run is, and keeps the lease; false if that has lapsed already, and the runner must stop.
     *
     * @param progress for those who look
     * @param checkpoint for the next runner; null to leave the last one
     */
    public boolean checkpoint(Granted granted, Duration lease, String progress, @Nullable String checkpoint) {
        return await(tier.tasks().checkpoint(granted.task(), granted.token(), lease, progress, checkpoint));
    }

    /**
     * Ends the run and its lease; false if that has lapsed already, so that nothing was written. What did not succeed
     * leaves its checkpoint.
     *
     * @param line for the history, without line breaks; empty for none
     */
    public boolean finish(Granted granted, boolean succeeded, String line) {
        return await(tier.tasks().finish(granted.task(), granted.token(), succeeded, line.replaceAll("\\R", " ")));
    }

    /**
     * Leaves an order for all nodes, in place of the task's order before; answers its number. Nodes learn of it by looking at
     * {@link #tasks}.
     */
    public long order(String task, String words) {
        checkName(task);
        return await(tier.tasks().order(task, words, 0));
    }

    /** Puts back an order that Redis has lost, for nodes that have not seen it, unless a later one stands there. */
    public void restore(String task, Order order) {
        checkName(task);
        long unused = await(tier.tasks().order(task, order.words(), order.number()));
    }

    /** Tasks as all nodes see them, in this order; one that nobody has run yet as well. */
    public List<Task> tasks(Collection<String> names) {
        long now = tier.now().micros();
        Map<String, Map<String, String>> fields = await(tier.tasks().read(names));
        return names.stream()
                .map(name -> task(name, fields.getOrDefault(name, Map.of()), now))
                .toList();
    }

    private static Task task(String name, Map<String, String> fields, long now) {
        long expiry = micros(fields.get("expiry"));
        String history = fields.getOrDefault("history", "");
        return new Task(
                name,
                expiry > now ? fields.get("node") : null,
                instant(fields.get("begun")),
                instant(fields.get("done")),
                fields.getOrDefault("progress", ""),
                fields.get("checkpoint"),
                history.isEmpty() ? List.of() : List.of(history.split("\n")),
                order(fields.getOrDefault("order", "")));
    }

    private static @Nullable Order order(String text) {
        long number = text.length() < STAMP ? 0 : micros(text.substring(0, STAMP));
        return number == 0 ? null : new Order(number, text.substring(STAMP));
    }

    private static @Nullable Instant instant(@Nullable String digits) {
        long micros = micros(digits);
        return micros == 0 ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(@Nullable String digits) {
        return digits != null && digits.matches("\\d{16}") ? Long.parseLong(digits) : 0;
    }

    private <T> T await(CompletableFuture<T> step) {
        try {
            return tier.await(step);
        } catch (RedisUnavailableException e) {
            throw new CacheException("Redis did not answer for a cluster task: " + e.getMessage(), e);
        }
    }
}
