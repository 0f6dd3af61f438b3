package dev.hearth.warming;

import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task on this node, from one state to the next. Safe for concurrent use. */
final class ManagedTask {
    private static final int HISTORY = 20;

    private final TaskCatalog.Checked checked;
    private final Observers observers;
    private final Deque<RunRecord> history = new ArrayDeque<>();
    private final Map<TaskState, Long> outcomes = new EnumMap<>(TaskState.class);
    private TaskTotals past = TaskTotals.NONE;
    private TaskState state = TaskState.PLANNED;
    private String reason = "";
    private int attempt;
    private TaskProgress progress = TaskProgress.NONE;
    private @Nullable TaskRun run;
    private @Nullable Wish wish;
    private boolean again;
    private boolean claiming;
    private boolean elsewhere;
    private long notBefore;
    private long lastStart;
    private @Nullable ZonedDateTime next;

    ManagedTask(TaskCatalog.Checked checked, Observers observers) {
        this.checked = checked;
        this.observers = observers;
    }

    /**
     * That a task runs.
     *
     * @param trigger null if somebody wants it
     * @param nanoTime when that was
     * @param order the number of the order to all nodes that it comes from; 0 if from none
     */
    record Wish(@Nullable Trigger trigger, long nanoTime, long order) {
        Wish(@Nullable Trigger trigger, long nanoTime) {
            this(trigger, nanoTime, 0);
        }
    }

    TaskCatalog.Checked checked() {
        return checked;
    }

    String name() {
        return checked.task().name();
    }

    Priority priority() {
        return checked.task().priority();
    }

    synchronized TaskState state() {
        return state;
    }

    synchronized TaskStatus status() {
        TaskRun present = run;
        return new TaskStatus(
                name(),
                priority(),
                checked.region(),
                state,
                reason,
                attempt,
                present == null ? progress : present.progress(),
                next == null ? null : next.toInstant(),
                List.copyOf(history));
    }

    synchronized TaskTotals totals() {
        TaskRun present = run;
        return (present == null ? past : past.plus(present.own())).with(outcomes);
    }

    /* The one place where a state changes. */
    private void become(TaskState next, String why) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("Task '" + name() + "' is " + state + " and cannot become " + next);
        }
        TaskState before = state;
        state = next;
        reason = why;
        observers.changed(before, status());
    }

    // Wishes

    /** Has the task run, unless it is to run already; answers whether that changed anything. */
    synchronized boolean wish(Wish wanted) {
        if (state != TaskState.PLANNED && !state.isOver()) {
            // What a run has loaded before its region was cleared is gone.
            again |= wanted.trigger() == Trigger.CLEARED && (state == TaskState.RUNNING || state == TaskState.PAUSED);
            return false;
        }
        begin(wanted);
        return true;
    }

    private void begin(Wish wanted) {
        wish = wanted;
        attempt = 0;
        notBefore = wanted.nanoTime();
        elsewhere = false;
        progress = TaskProgress.NONE;
        become(
                TaskState.WAITING,
                wanted.trigger() == null ? "asked for" : wanted.trigger().name());
    }

    synchronized boolean pause() {
        if (state == TaskState.PAUSED || !state.mayBecome(TaskState.PAUSED)) {
            return false;
        }
        become(TaskState.PAUSED, "");
        return true;
    }

    synchronized boolean resume() {
        if (state != TaskState.PAUSED) {
            return false;
        }
        become(run == null ? TaskState.WAITING : TaskState.RUNNING, "");
        return true;
    }

    synchronized boolean cancel(String why) {
        if (state.isOver()) {
            return false;
        }
        again = false;
        if (run != null) {
            run.end(TaskRun.Ending.CANCELLED);
        }
        become(TaskState.CANCELLED, why);
        return true;
    }

    // Turns

    /** Whether a run could begin now. */
    synchronized boolean ready(long nanoTime) {
        return state == TaskState.WAITING && !claiming && run == null && nanoTime - notBefore >= 0;
    }

    /** Whether tasks of later classes wait for it: for one that another node runs they do not. */
    synchronized boolean goesFirst() {
        return state == TaskState.RUNNING || (state == TaskState.WAITING && !elsewhere) || claiming;
    }

    /** Whether it takes up a worker. */
    synchronized boolean busy() {
        return claiming || (run != null && state == TaskState.RUNNING);
    }

    /** A number that grows with each turn that a task gets. */
    synchronized long lastStart() {
        return lastStart;
    }

    /** The task's turn has come. */
    synchronized void turn(long number) {
        claiming = true;
        lastStart = number;
    }

    synchronized @Nullable Wish wish() {
        return wish;
    }

    // Running

    /** The task is this node's. False if it is not wanted any more. */
    synchronized boolean began(TaskRun started) {
        claiming = false;
        elsewhere = false;
        if (state != TaskState.WAITING) {
            return false;
        }
        run = started;
        attempt++;
        become(TaskState.RUNNING, attempt == 1 ? "" : reason);
        return true;
    }

    /** It was not to be had now. */
    synchronized void waitFor(String why, boolean otherNode, long nanoTime) {
        claiming = false;
        elsewhere = otherNode;
        notBefore = nanoTime;
        if (state == TaskState.WAITING) {
            reason = why;
        }
    }

    synchronized void skip(String why) {
        claiming = false;
        if (state == TaskState.WAITING) {
            outcomes.merge(TaskState.SKIPPED, 1L, Long::sum);
            become(TaskState.SKIPPED, why);
        }
    }

    synchronized @Nullable TaskRun run() {
        return run;
    }

    synchronized int attempt() {
        return attempt;
    }

    /** The run is over, with success. */
    synchronized void succeeded(RunRecord record) {
        leave(record);
        if (underWay()) {
            become(TaskState.SUCCEEDED, "");
        }
        if (again && state == TaskState.SUCCEEDED) {
            again = false;
            begin(new Wish(Trigger.CLEARED, notBefore));
        }
    }

    /** The run is over, and the task tried again after this moment. */
    synchronized void tryAgain(@Nullable RunRecord record, String why, long nanoTime) {
        leave(record);
        notBefore = nanoTime;
        if (state == TaskState.RUNNING) {
            become(TaskState.WAITING, why);
        }
    }

    /** As {@link #tryAgain}, where the attempt does not count. */
    synchronized void lostLease(RunRecord record, String why, long nanoTime) {
        attempt--;
        tryAgain(record, why, nanoTime);
    }

    /** The run is over, and so are the attempts. */
    synchronized void failed(RunRecord record, String why) {
        leave(record);
        if (underWay()) {
            become(TaskState.FAILED, why);
        }
    }

    /** The run is over, because it was told to end. */
    synchronized void ended(RunRecord record) {
        leave(record);
    }

    /* It may have been cancelled in the meantime, and be wanted anew. */
    private boolean underWay() {
        return state == TaskState.RUNNING || state == TaskState.PAUSED;
    }

    private void leave(@Nullable RunRecord record) {
        if (run != null) {
            progress = run.progress();
            past = past.plus(run.own());
        }
        run = null;
        if (record != null) {
            outcomes.merge(record.outcome(), 1L, Long::sum);
            history.addFirst(record);
            while (history.size() > HISTORY) {
                history.removeLast();
            }
        }
    }

    // Schedule

    synchronized void schedule(@Nullable ZonedDateTime time) {
        next = time;
    }

    synchronized boolean due(ZonedDateTime now) {
        return next != null && !next.isAfter(now);
    }
}
