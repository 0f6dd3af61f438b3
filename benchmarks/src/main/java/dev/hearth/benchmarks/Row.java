package dev.hearth.benchmarks;

import java.util.function.Consumer;

/**
 * One line of the table.
 *
 * @param name as {@code --rows} has it
 * @param title as the table has it
 * @param threads how many do it at once; if more than one, or {@code throughput}, operations per second are measured
 * @param throughput whether operations per second are measured, and not the time that one takes
 * @param hit what one operation comes to in a cache that hits
 * @param filling reads everything that the operation will read
 * @param work makes the operation of one thread
 */
record Row(
        String name, String title, int threads, boolean throughput, Hit hit, Consumer<Application> filling, Work work) {

    /**
     * @param statements the SQL statements that are still prepared
     * @param hits the hits that Hibernate counts, at least
     */
    record Hit(int statements, int hits) {}

    /** Makes the operation of one thread. */
    @FunctionalInterface
    interface Work {
        /** @param seed of the thread's random choices */
        Operation on(Application application, long seed);
    }
}
