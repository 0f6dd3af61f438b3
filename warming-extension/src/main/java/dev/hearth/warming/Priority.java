package dev.hearth.warming;

/** How soon a task runs: one of a later class waits until none of an earlier one is left to run on the node. */
public enum Priority {
    /** Before the application is ready, where it is told to wait. */
    CRITICAL,
    HIGH,
    NORMAL,
    LOW
}
