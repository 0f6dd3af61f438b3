package dev.hearth.histories;

import dev.hearth.test.ChildJvm;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A node in a process of its own, whose wall clock is wrong by a given time. */
final class RemoteNode implements HistoryNode {
    /* libfaketime moves the wall clock only: the monotonic clock is the machine's, so that times of different processes
     * can be compared by the checker. Both are looked at when the node has started. */
    private static final int PATIENCE_MILLIS = 120_000;
    private static final long TOLERANCE_MILLIS = 10_000;

    private final Process process;
    private final Socket socket;
    private final ObjectOutputStream orders;
    private final ObjectInputStream answers;
    private final ExecutorService waiting = Executors.newSingleThreadExecutor();

    private RemoteNode(Process process, Socket socket) throws IOException {
        this.process = process;
        this.socket = socket;
        this.orders = new ObjectOutputStream(socket.getOutputStream());
        this.answers = new ObjectInputStream(socket.getInputStream());
    }

    /** Whether the command {@code faketime} is there. */
    static boolean canFakeTime() {
        try {
            return new ProcessBuilder("faketime", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts the process and waits until its node is ready. */
    static RemoteNode start(HistoryServers.Network network, int number, Duration wallClockOffset) {
        return start(network, number, wallClockOffset, Map.of());
    }

    /** As above, with settings of its own; with a right clock no command {@code faketime} is needed. */
    static RemoteNode start(
            HistoryServers.Network network, int number, Duration wallClockOffset, Map<String, String> settings) {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(PATIENCE_MILLIS);
            Process process = start(command(network, number, wallClockOffset, settings, listener.getLocalPort()));
            try {
                RemoteNode node = new RemoteNode(process, listener.accept());
                node.checkClocks(wallClockOffset);
                return node;
            } catch (IOException | RuntimeException e) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The node's process did not start", e);
        }
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        // On recent C libraries libfaketime would otherwise end every timed wait at once.
        builder.environment().put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        return builder.start();
    }

    private static List<String> command(
            HistoryServers.Network network, int number, Duration offset, Map<String, String> settings, int port) {
        List<String> command = new ArrayList<>();
        if (!offset.isZero()) {
            command.addAll(
                    List.of("faketime", "-m", "--exclude-monotonic", "-f", "%+ds".formatted(offset.toSeconds())));
        }
        List<String> arguments = new ArrayList<>(List.of(
                String.valueOf(port),
                network.database().url(),
                network.redis().url(),
                network.keyspace(),
                String.valueOf(number)));
        settings.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        command.addAll(ChildJvm.command(NodeProcess.class, arguments));
        return command;
    }

    private void checkClocks(Duration offset) throws IOException {
        long began = System.nanoTime();
        NodeProcess.Clocks clocks = (NodeProcess.Clocks) read();
        long ended = System.nanoTime();
        long wrong = clocks.wallMillis() - System.currentTimeMillis();
        if (Math.abs(wrong - offset.toMillis()) > TOLERANCE_MILLIS) {
            throw new IllegalStateException("The wall clock is wrong by " + wrong + " ms and should be by " + offset);
        }
        if (clocks.nanoTime() < began - PATIENCE_MILLIS * 1_000_000L || clocks.nanoTime() > ended) {
            throw new IllegalStateException(
                    "The processes do not share the monotonic clock, so nothing can be checked");
        }
    }

    @Override
    public Future<Log> work(String round, long seed, Crew crew, long until) {
        return waiting.submit(() -> (Log) order(new NodeProcess.Work(round, seed, crew, until)));
    }

    @Override
    public Future<Log> settle(String round) {
        return waiting.submit(() -> (Log) order(new NodeProcess.Settle(round)));
    }

    /** How often the node has served something from near. */
    long nearHits() {
        try {
            return (Long) order(new NodeProcess.TellNearHits());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object order(NodeProcess.Order order) throws IOException {
        orders.writeObject(order);
        orders.flush();
        return read();
    }

    /** Freezes the process with SIGSTOP. What it is told meanwhile it does first when it goes on. */
    void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on. */
    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(each -> kill(name, each.pid()));
    }

    private static void kill(String signal, long pid) {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " failed with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private Object read() throws IOException {
        try {
            return answers.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        // The command faketime is the parent of the node's process.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        waiting.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
