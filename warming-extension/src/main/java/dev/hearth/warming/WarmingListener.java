package dev.hearth.warming;

/** Hears of tasks on this node. Called on warming's own threads, which it must not hold up; what it throws is logged. */
public interface WarmingListener {
    /** A task has entered the state that its status says. */
    default void stateChanged(TaskState before, TaskStatus now) {}

    /** A run has gone on by a page. */
    default void progressed(String task, TaskProgress progress) {}
}
