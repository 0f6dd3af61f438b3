package dev.hearth.warming;

/** What makes a task run. */
public enum Trigger {
    /** The node starts. Where several nodes start together, one of them runs the task. */
    START,
    /** The time of its schedule has come. */
    SCHEDULE,
    /** The region of its entities was cleared, by whichever node. */
    CLEARED,
    /** Too many reads of its region on this node missed. */
    COLD
}
