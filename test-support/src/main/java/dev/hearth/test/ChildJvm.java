package dev.hearth.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of a test in a process of its own, with the class path of this one. Closing it kills it. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /**
     * Starts it. Its output is this process's; its input ends when this process does, so that it may end, too, by
     * {@link #awaitEndOfInput}.
     */
    public static ChildJvm start(Class<?> main, List<String> arguments) {
        try {
            return new ChildJvm(new ProcessBuilder(command(main, arguments))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(main.getName() + " did not start", e);
        }
    }

    /** The command that starts it. */
    public static List<String> command(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** In the child: returns when the process is gone that started it. */
    public static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Nobody writes to it.
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a power failure would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
