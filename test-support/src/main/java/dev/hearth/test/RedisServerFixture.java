package dev.hearth.test;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server of a test's own: a process on this machine that the test may stop, kill, pause and bring back. Its
 * port and its files stay the same for its whole life. Gone, files included, once it is closed or the JVM ends.
 *
 * <p>It saves nothing by itself: what a start finds is what the last {@link #stop()}, {@link #saveSnapshot()} or
 * {@link #restoreSnapshot()} left on disk.
 */
public final class RedisServerFixture implements AutoCloseable {
    /** Stands for the port in arguments, which is not known before. */
    static final String PORT = "{port}";

    private static final long START_SECONDS = 20;
    /* The second is a Sentinel's, which does not say that it is ready. */
    private static final List<String> READY = List.of("Ready to accept connections", "Sentinel ID is");

    private final Path directory;
    private final @Nullable String configuration;
    private final List<String> arguments;
    private final int port = FreePorts.next();
    private final Thread closer = new Thread(this::discard, "redis-closer-" + port);
    private @Nullable Process process;

    /**
     * @param configuration the text of the file that is named first; null for none
     * @param arguments in which {@value #PORT} stands for the server's port
     */
    RedisServerFixture(@Nullable String configuration, String... arguments) {
        this.configuration = configuration;
        this.arguments = List.of(arguments);
        try {
            directory = Files.createTempDirectory("hearth-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(closer);
    }

    public RedisEndpoint endpoint() {
        return RedisEndpoint.of("127.0.0.1", port);
    }

    public String url() {
        return endpoint().url();
    }

    public int port() {
        return port;
    }

    /** Opens a connection for the test's own commands. */
    public RedisConnection connect() {
        return endpoint().connect();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Starts the server with what lies on its disk and returns once it accepts connections. */
    public synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException("Redis on port " + port + " is already running");
        }
        try {
            Process started = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shuts the server down in order, its data saved for the next start. */
    public synchronized void stop() {
        Process running = running();
        // Redis closes the connection instead of answering, so the end of the process is the answer.
        try (RedisConnection connection = connect()) {
            connection.call("SHUTDOWN", "SAVE");
        } catch (UncheckedIOException expected) {
            // see above
        }
        awaitEnd(running);
    }

    /** Ends the server with SIGKILL: what it had not saved is lost. */
    public synchronized void kill() {
        Process running = running();
        running.destroyForcibly();
        awaitEnd(running);
    }

    /** Freezes the server with SIGSTOP: connections are still accepted, and nothing is answered. */
    public synchronized void pause() {
        signal("STOP");
    }

    /** Lets a paused server go on; it answers what was sent in the meantime. */
    public synchronized void resume() {
        signal("CONT");
    }

    /** Saves the data of this moment, for the next start and for {@link #restoreSnapshot()}. */
    public synchronized void saveSnapshot() {
        try (RedisConnection connection = connect()) {
            connection.call("SAVE");
        }
        copy(dump(), snapshot());
    }

    /** Puts the data of the last {@link #saveSnapshot()} back for the next start; the server must be down. */
    public synchronized void restoreSnapshot() {
        requireDown();
        copy(snapshot(), dump());
    }

    /** Empties the server's disk, so that the next start has no data; the server must be down. */
    public synchronized void loseData() {
        requireDown();
        try {
            Files.deleteIfExists(dump());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(closer);
        discard();
    }

    private synchronized void discard() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(process);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(RedisServers.executable().toString());
        if (configuration != null) {
            command.add(Files.writeString(directory.resolve("redis.conf"), configuration)
                    .toString());
        }
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--daemonize", "no"));
        command.addAll(List.of("--dir", directory.toString(), "--dbfilename", "dump.rdb"));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--loglevel", "notice"));
        arguments.forEach(argument -> command.add(argument.replace(PORT, Integer.toString(port))));
        return command;
    }

    private void awaitReady(Process started) {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        List<String> output = new ArrayList<>();
        Thread reader = new Thread(() -> drain(started, output, ready), "redis-output-" + port);
        reader.setDaemon(true);
        reader.start();
        boolean up;
        try {
            up = ready.get(START_SECONDS, SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            up = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            up = false;
        }
        if (!up) {
            started.destroyForcibly();
            synchronized (output) {
                throw new IllegalStateException(
                        "Redis did not start on port " + port + ":\n" + String.join("\n", output));
            }
        }
    }

    /** Reads on after the start, because a full pipe would stop the server. */
    private static void drain(Process started, List<String> output, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines = started.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (READY.stream().anyMatch(line::contains)) {
                    ready.complete(true);
                }
                if (!ready.isDone()) {
                    synchronized (output) {
                        output.add(line);
                    }
                }
            }
        } catch (IOException e) {
            synchronized (output) {
                output.add(e.toString());
            }
        }
        ready.complete(false);
    }

    private void signal(String name) {
        try {
            Process signal = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(running().pid()))
                    .start();
            awaitEnd(signal);
            if (signal.exitValue() != 0) {
                throw new IllegalStateException("kill -" + name + " failed with " + signal.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("Redis on port " + port + " is not running");
        }
        return process;
    }

    private void requireDown() {
        if (isRunning()) {
            throw new IllegalStateException("Redis on port " + port + " must be down to change its disk");
        }
    }

    private Path dump() {
        return directory.resolve("dump.rdb");
    }

    private Path snapshot() {
        return directory.resolve("snapshot.rdb");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(START_SECONDS, SECONDS)) {
                throw new IllegalStateException("Process " + process.pid() + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a process was ending", e);
        }
    }
}
