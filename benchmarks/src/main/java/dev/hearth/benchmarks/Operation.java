package dev.hearth.benchmarks;

/** What one thread does again and again; each call is a session and a transaction of its own. */
@FunctionalInterface
interface Operation {
    /** The part that is timed. */
    void run();

    /** What has to be seen to before the next {@link #run()}; not timed, and mostly nothing. */
    default void ready() {}
}
