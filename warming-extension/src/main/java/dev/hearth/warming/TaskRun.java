package dev.hearth.warming;

import dev.hearth.ClusterTasks.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a task on this node, under its lease. Its loader calls it from one thread, everybody else from any. */
final class TaskRun implements Run {
    private static final Logger log = LoggerFactory.getLogger(TaskRun.class);
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(5);
    private static final long SAVE_INTERVAL = TimeUnit.MILLISECONDS.toNanos(250);

    /** Why a run ends before it is done. */
    enum Ending {
        CANCELLED("cancelled"),
        LOST("its lease has lapsed"),
        CLOSED("the node closes");

        private final String text;

        Ending(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private final WarmingNode node;
    private final String task;
    private final Granted granted;
    private final Supplier<TaskState> state;
    private final RunCheckpoint from;
    private final Instant began;
    private final long beganNanos;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private volatile long leaseUntil;
    private volatile long estimated = -1;
    private volatile RunCheckpoint at;
    private volatile long idleNanos;
    private volatile long endedNanos;
    private final Slowdown slowdown;
    private long pageNanos;
    private int pageRows;
    private long spareUntil;
    private long savedNanos;
    private long loggedNanos;
    private boolean saved;

    /**
     * @param state of the task, which may be paused
     * @param askedNanos when the lease was asked for, since when it may have run
     */
    TaskRun(WarmingNode node, String task, Granted granted, Supplier<TaskState> state, long askedNanos) {
        this.node = node;
        this.task = task;
        this.granted = granted;
        this.state = state;
        this.from = RunCheckpoint.parse(granted.checkpoint());
        this.at = from;
        this.began = node.time().now().toInstant();
        this.beganNanos = node.time().nanoTime();
        this.leaseUntil = askedNanos + node.settings().lease().toNanos();
        this.loggedNanos = beganNanos;
        this.slowdown = new Slowdown(node.settings().slowFactor());
        this.spareUntil = beganNanos;
    }

    Granted granted() {
        return granted;
    }

    Instant began() {
        return began;
    }

    void estimated(long rows) {
        estimated = rows;
    }

    /** Whether it goes on where another run stopped. */
    boolean goesOn() {
        return from.position() != null;
    }

    // As the loader sees it

    @Override
    public @Nullable String checkpoint() {
        return from.position();
    }

    @Override
    public void beforePage(int rows) throws InterruptedException {
        long paced = Long.MIN_VALUE;
        long idleFrom = node.time().nanoTime();
        while (true) {
            refuseIfEnded();
            if (state.get() == TaskState.PAUSED) {
                save();
                sleep(SLICE);
            } else if (!node.available()) {
                sleep(SLICE);
            } else {
                long now = node.time().nanoTime();
                if (paced == Long.MIN_VALUE) {
                    idleNanos = idleNanos + now - idleFrom;
                    paced = now + Math.max(node.pacing().reserve(rows, now), spareUntil - now);
                }
                if (now - paced >= 0) {
                    pageNanos = now;
                    pageRows = rows;
                    return;
                }
                sleep(Math.min(SLICE, paced - now));
            }
        }
    }

    private void sleep(long nanos) throws InterruptedException {
        node.time().sleep(nanos);
    }

    private void refuseIfEnded() {
        if (node.time().nanoTime() - leaseUntil > 0) {
            end(Ending.LOST);
        }
        Ending why = ending.get();
        if (why != null) {
            throw new RunEndedException(why.text());
        }
    }

    @Override
    public void afterPage(long read, long stored, long skipped, @Nullable String checkpoint) {
        RunCheckpoint before = at;
        at = new RunCheckpoint(
                before.read() + read,
                before.stored() + stored,
                before.skipped() + skipped,
                checkpoint == null ? before.position() : checkpoint);
        saved = false;
        long now = node.time().nanoTime();
        spareFor(slowdown.pauseAfter(now - pageNanos, pageRows, read), now);
        if (savedNanos == 0 || now - savedNanos >= SAVE_INTERVAL) {
            save();
        }
        node.observers().progressed(task, progress());
        if (now - loggedNanos >= LOG_INTERVAL) {
            loggedNanos = now;
            log.info("[{}] warming '{}': {}", node.name(), task, progress());
        }
    }

    private void spareFor(long pause, long now) {
        spareUntil = now + pause;
        if (pause > 0) {
            log.debug(
                    "[{}] warming '{}' pauses for {} ms: its last page took much longer than usual",
                    node.name(),
                    task,
                    TimeUnit.NANOSECONDS.toMillis(pause));
        }
    }

    // As others see it

    /** Has it end at its next page. The first reason counts. */
    void end(Ending why) {
        ending.compareAndSet(null, why);
    }

    @Nullable
    Ending ending() {
        return ending.get();
    }

    /** Writes the checkpoint, unless that was done; Redis being away is no reason to stop before the lease lapses. */
    void save() {
        if (!saved) {
            RunCheckpoint present = at;
            saved = keep(() -> node.cluster()
                    .checkpoint(granted, node.settings().lease(), present.progress(estimated), present.text()));
            savedNanos = node.time().nanoTime();
        }
    }

    /** Keeps the lease. */
    void renew() {
        var unused = keep(() -> node.cluster().renew(granted, node.settings().lease()));
    }

    /** Whether the lease should be renewed by now. */
    boolean renewalIsDue() {
        long left = leaseUntil - node.time().nanoTime();
        return left < node.settings().lease().toNanos() * 2 / 3;
    }

    /* False if Redis did not answer. */
    private boolean keep(Supplier<Boolean> step) {
        long asked = node.time().nanoTime();
        try {
            if (step.get()) {
                leaseUntil = asked + node.settings().lease().toNanos();
            } else {
                end(Ending.LOST);
            }
            return true;
        } catch (CacheException e) {
            log.debug("[{}] the lease of task '{}' could not be renewed now", node.name(), task, e);
            return false;
        }
    }

    /** The run goes on no longer: its rate stays as it is. */
    void over() {
        endedNanos = node.time().nanoTime();
    }

    private long until() {
        return endedNanos == 0 ? node.time().nanoTime() : endedNanos;
    }

    /** What this run has done itself. */
    TaskTotals own() {
        RunCheckpoint present = at;
        return new TaskTotals(
                present.read() - from.read(),
                present.stored() - from.stored(),
                present.skipped() - from.skipped(),
                Duration.ofNanos(until() - beganNanos),
                Map.of());
    }

    TaskProgress progress() {
        RunCheckpoint present = at;
        long until = until();
        double seconds = Math.max(1, until - beganNanos - idleNanos) / 1e9;
        double rate = (present.read() - from.read()) / seconds;
        long left = estimated - present.read();
        boolean known = estimated >= 0 && rate > 0 && endedNanos == 0;
        return new TaskProgress(
                present.read(),
                present.stored(),
                present.skipped(),
                estimated,
                rate,
                known ? Duration.ofMillis(Math.round(Math.max(0, left) / rate * 1000)) : null);
    }

    RunRecord record(TaskState outcome, int attempt, String message) {
        RunCheckpoint present = at;
        return new RunRecord(
                node.name(),
                began,
                node.time().now().toInstant(),
                outcome,
                present.read(),
                present.stored(),
                present.skipped(),
                attempt,
                message);
    }
}
