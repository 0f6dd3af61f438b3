package dev.hearth.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One connection through a {@link FaultProxy}: a reader and a writer for each direction. */
final class ProxyLink {
    /* A reader stamps every chunk with the moment at which it is due and goes on reading, so that a delay adds latency
     * and takes no bandwidth; the writer gives the chunks on in order. The end of a stream travels as a chunk too, so
     * what a server said before it died still arrives. */
    private static final int CHUNK = 16 * 1024;
    private static final int TORN_OFF = 3;
    private static final long TEARING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    // A client writes it in one piece, at the beginning of a connection or after answers that it has waited for.
    private static final String SUBSCRIBE = "SUBSCRIBE\r\n";

    private final FaultProxy proxy;
    private final int number;
    private final Socket client;
    private final Socket server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean subscribed;

    ProxyLink(FaultProxy proxy, int number, Socket client, Socket server) {
        this.proxy = proxy;
        this.number = number;
        this.client = client;
        this.server = server;
    }

    void start() {
        start("requests", client, server, this::requestLanes, this::request, (bytes, length) -> {});
        start("answers", server, client, this::answerLanes, (bytes, length) -> {}, this::tapAnswer);
    }

    /** Whether the client has sent a {@code SUBSCRIBE}. */
    boolean hasSubscribed() {
        return subscribed;
    }

    private List<Lane> requestLanes() {
        return subscribed ? List.of(proxy.toServer(), proxy.subscriptions().toServer()) : List.of(proxy.toServer());
    }

    private List<Lane> answerLanes() {
        return subscribed ? List.of(proxy.toClient(), proxy.subscriptions().toClient()) : List.of(proxy.toClient());
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Ends the connection abruptly: both sides see a reset. */
    void reset() {
        end(true);
    }

    /** Ends the connection in order: what was already given on arrives. */
    void close() {
        end(false);
    }

    private void end(boolean abruptly) {
        if (closed.compareAndSet(false, true)) {
            end(client, abruptly);
            end(server, abruptly);
            proxy.wake();
            proxy.forget(this);
            synchronized (this) {
                proxy.taps().forEach(tap -> tap.closed(number));
            }
        }
    }

    private void start(
            String name, Socket from, Socket to, Supplier<List<Lane>> lanes, Listener atRead, Listener atWrite) {
        BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
        proxy.start(number + "-" + name + "-in", () -> read(from, queue, lanes, atRead));
        proxy.start(number + "-" + name + "-out", () -> write(to, queue, lanes, atWrite));
    }

    private void read(Socket from, BlockingQueue<Chunk> queue, Supplier<List<Lane>> lanes, Listener listener) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                listener.passes(buffer, length);
                queue.add(new Chunk(due(lanes), Arrays.copyOf(buffer, length)));
                if (from == server && subscribed) {
                    proxy.subscriptions().haveCome(length);
                }
            }
        } catch (IOException closedOrReset) {
            // The same as an orderly end: the other side hears of it after what is still under way.
        }
        queue.add(new Chunk(due(lanes), new byte[0]));
    }

    private void write(Socket to, BlockingQueue<Chunk> queue, Supplier<List<Lane>> lanes, Listener listener) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = queue.take(); chunk.bytes.length > 0; chunk = queue.take()) {
                awaitDue(chunk);
                awaitOpen(lanes);
                if (isClosed()) {
                    return;
                }
                byte[] bytes = lanes.get().stream().anyMatch(Lane::isTorn) ? gathered(chunk, queue) : chunk.bytes;
                listener.passes(bytes, bytes.length);
                if (bytes == chunk.bytes) {
                    out.write(bytes);
                } else {
                    tear(bytes, out);
                }
            }
            awaitOpen(lanes);
        } catch (IOException closedOrReset) {
            // Either side is gone, so the whole connection goes.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** The chunk, and those behind it that are there already. */
    private static byte[] gathered(Chunk first, BlockingQueue<Chunk> queue) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first.bytes);
        for (Chunk next = queue.peek(); next != null && next.bytes.length > 0; next = queue.peek()) {
            all.writeBytes(next.bytes);
            queue.remove();
        }
        return all.toByteArray();
    }

    private static void tear(byte[] bytes, OutputStream out) throws IOException {
        int first = Math.max(0, bytes.length - TORN_OFF);
        out.write(bytes, 0, first);
        LockSupport.parkNanos(TEARING_NANOS);
        out.write(bytes, first, bytes.length - first);
    }

    private static long due(Supplier<List<Lane>> lanes) {
        return System.nanoTime()
                + lanes.get().stream().mapToLong(Lane::delayNanos).sum();
    }

    private void awaitOpen(Supplier<List<Lane>> lanes) throws InterruptedException {
        for (Lane lane : lanes.get()) {
            lane.awaitOpen(this);
        }
    }

    private void awaitDue(Chunk chunk) {
        for (long left = chunk.due - System.nanoTime(); left > 0 && !isClosed(); left = chunk.due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void request(byte[] bytes, int length) {
        if (!subscribed && new String(bytes, 0, length, ISO_8859_1).contains(SUBSCRIBE)) {
            subscribed = true;
        }
        tapWhileOpen(tap -> tap.toServer(number, bytes, length));
    }

    private void tapAnswer(byte[] bytes, int length) {
        tapWhileOpen(tap -> tap.toClient(number, bytes, length));
    }

    /** Under the lock, so that nothing of a connection is heard after its end. */
    private synchronized void tapWhileOpen(Consumer<WireTap> listening) {
        if (!isClosed()) {
            proxy.taps().forEach(listening);
        }
    }

    private static void end(Socket socket, boolean abruptly) {
        try (socket) {
            socket.setSoLinger(abruptly, 0);
        } catch (IOException goneAnyway) {
            // Nothing depends on how a socket ends that nobody will use again.
        }
    }

    private interface Listener {
        void passes(byte[] bytes, int length);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(long due, byte[] bytes) {}
}
