package dev.hearth.warming;

/** What all nodes can be told to do with a task. */
public enum TaskOrder {
    /** One of them runs it, unless one does already. */
    START,
    PAUSE,
    RESUME,
    /** The run ends, and no other node takes it over. */
    CANCEL
}
