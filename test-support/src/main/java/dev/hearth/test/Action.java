package dev.hearth.test;

/** What a test does while something is counted. */
@FunctionalInterface
public interface Action {
    void run() throws Exception;
}
