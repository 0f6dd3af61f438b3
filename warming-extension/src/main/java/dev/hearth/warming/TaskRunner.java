package dev.hearth.warming;

import dev.hearth.ClusterTasks.Claim;
import dev.hearth.ClusterTasks.Done;
import dev.hearth.ClusterTasks.Granted;
import dev.hearth.warming.ManagedTask.Wish;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a task from its turn to the end of that: claims it in the cluster, runs it, and sees to what became of it. */
final class TaskRunner {
    private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);
    private static final double DOUBLED = 2;
    private static final double JITTER = 0.5;
    private static final long CLAIM_INTERVAL = TimeUnit.SECONDS.toNanos(1);
    /* A region that is cleared has another generation, which is part of what is claimed. */
    private static final Duration EVER = Duration.ofDays(3650);

    private final WarmingNode node;
    private final Loader loader;
    private final @Nullable Learning learning;
    private final IntervalFunction backoff;

    /** @param learning null if there is nothing learned to warm */
    TaskRunner(WarmingNode node, Loader loader, @Nullable Learning learning) {
        this.node = node;
        this.loader = loader;
        this.learning = learning;
        this.backoff = backoff(node.settings());
    }

    /** The milliseconds to wait after so many failures, counted from 1. */
    static IntervalFunction backoff(WarmingSettings settings) {
        return IntervalFunction.ofExponentialRandomBackoff(
                settings.firstDelay(), DOUBLED, JITTER, settings.longestDelay());
    }

    void run(ManagedTask task) {
        Wish wish = Objects.requireNonNull(task.wish());
        long asked = node.time().nanoTime();
        Claim claim;
        try {
            claim = claim(task, wish, asked);
        } catch (RuntimeException e) {
            log.debug("[{}] task '{}' could not be claimed", node.name(), task.name(), e);
            task.waitFor("Redis does not answer", false, node.time().nanoTime() + CLAIM_INTERVAL);
            return;
        }
        if (claim instanceof Granted granted) {
            TaskRun run = new TaskRun(node, task.name(), granted, task::state, asked);
            if (task.began(run)) {
                load(task, run);
                forget(task);
            } else {
                finish(run, false, "");
            }
        } else if (claim instanceof Done) {
            forget(task);
            log.info("[{}] skips warming '{}': a run that is recent enough has succeeded", node.name(), task.name());
            task.skip("a run that is recent enough has succeeded");
        } else {
            task.waitFor("another node runs it", true, node.time().nanoTime() + CLAIM_INTERVAL);
        }
    }

    private void forget(ManagedTask task) {
        if (learning != null && task.checked().isLearned()) {
            learning.forget();
        }
    }

    // Claiming

    private Claim claim(ManagedTask task, Wish wish, long now) {
        String generation = learning != null && task.checked().isLearned()
                ? learning.definition()
                : node.cache().generation(task.checked().region()).orElse("");
        Duration freshness = node.settings().freshness();
        return node.cluster()
                .acquire(
                        task.name(),
                        node.settings().lease(),
                        task.checked().definition() + ":" + generation,
                        wish.order() > 0
                                ? Duration.ZERO
                                : counts(task, wish).plusNanos(Math.max(0, now - wish.nanoTime())),
                        freshness,
                        wish.order());
    }

    /** How long before the wish a run may have begun that fulfils it. */
    private Duration counts(ManagedTask task, Wish wish) {
        if (wish.trigger() == null) {
            return Duration.ZERO;
        }
        return switch (wish.trigger()) {
            case START, COLD -> node.settings().freshness();
            case CLEARED -> EVER;
            case SCHEDULE ->
                Triggers.tolerance(task.checked().task().schedule(), node.time().now());
        };
    }

    // Running

    private void load(ManagedTask task, TaskRun run) {
        log.info(
                "[{}] warming '{}' begins{}, attempt {}",
                node.name(),
                task.name(),
                run.goesOn() ? " where another run stopped" : "",
                task.attempt());
        try {
            WarmTarget target = target(task);
            run.estimated(loader.estimate(target));
            loader.load(target, run);
            run.over();
            succeed(task, run);
        } catch (RunEndedException e) {
            end(task, run);
        } catch (InterruptedException e) {
            // Before the thread counts as interrupted again: giving the lease back waits for Redis.
            run.end(TaskRun.Ending.CLOSED);
            end(task, run);
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(task, run, e);
        }
    }

    private WarmTarget target(ManagedTask task) {
        return learning != null && task.checked().isLearned()
                ? learning.target()
                : task.checked().task().currentTarget();
    }

    private void succeed(ManagedTask task, TaskRun run) {
        RunRecord record = run.record(TaskState.SUCCEEDED, task.attempt(), "");
        if (finish(run, true, record.line())) {
            log.info("[{}] warming '{}' is done: {}", node.name(), task.name(), run.progress());
            task.succeeded(record);
        } else {
            run.end(TaskRun.Ending.LOST);
            end(task, run);
        }
    }

    private void end(ManagedTask task, TaskRun run) {
        run.over();
        TaskRun.Ending why = Objects.requireNonNullElse(run.ending(), TaskRun.Ending.CANCELLED);
        RunRecord record = run.record(TaskState.CANCELLED, task.attempt(), why.text());
        if (why != TaskRun.Ending.LOST) {
            run.save();
            finish(run, false, record.line());
        }
        log.info("[{}] warming '{}' has ended ({}): {}", node.name(), task.name(), why.text(), run.progress());
        switch (why) {
            case LOST -> task.lostLease(record, why.text(), node.time().nanoTime() + CLAIM_INTERVAL);
            case CANCELLED -> task.ended(record);
            case CLOSED -> {
                task.ended(record);
                task.cancel(why.text());
            }
        }
    }

    private void fail(ManagedTask task, TaskRun run, Throwable cause) {
        run.over();
        run.save();
        int attempt = task.attempt();
        RunRecord record = run.record(TaskState.FAILED, attempt, String.valueOf(cause));
        finish(run, false, record.line());
        if (attempt >= node.settings().attempts()) {
            log.warn("[{}] warming '{}' has failed after {} attempts", node.name(), task.name(), attempt, cause);
            task.failed(record, String.valueOf(cause));
            return;
        }
        long wait = backoff.apply(attempt);
        log.warn(
                "[{}] warming '{}' failed at {} ({}); attempt {} follows in {} ms",
                node.name(),
                task.name(),
                run.progress(),
                cause.toString(),
                attempt + 1,
                wait);
        task.tryAgain(record, String.valueOf(cause), node.time().nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait));
    }

    private boolean finish(TaskRun run, boolean succeeded, String line) {
        try {
            return node.cluster().finish(run.granted(), succeeded, line);
        } catch (RuntimeException e) {
            log.debug(
                    "[{}] the end of task '{}' could not be written",
                    node.name(),
                    run.granted().task(),
                    e);
            return false;
        }
    }
}
