package dev.hearth.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One connection through a {@link FaultProxy}: a reader and a writer for each direction. */
final class ProxyLink {
    /* A reader stamps every chunk with the moment at which it is due and goes on reading, so that a delay adds latency
     * and takes no bandwidth; the writer gives the chunks on in order. The end of a stream travels as a chunk too, so
     * what a server said before it died still arrives. */
    private static final int CHUNK = 16 * 1024;

    private final FaultProxy proxy;
    private final int number;
    private final Socket client;
    private final Socket server;
    private final AtomicBoolean closed = new AtomicBoolean();

    ProxyLink(FaultProxy proxy, int number, Socket client, Socket server) {
        this.proxy = proxy;
        this.number = number;
        this.client = client;
        this.server = server;
    }

    void start() {
        start("requests", client, server, proxy.toServer(), this::tapRequest, (bytes, length) -> {});
        start("answers", server, client, proxy.toClient(), (bytes, length) -> {}, this::tapAnswer);
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
            proxy.toServer().wake();
            proxy.toClient().wake();
            proxy.forget(this);
            synchronized (this) {
                proxy.taps().forEach(tap -> tap.closed(number));
            }
        }
    }

    private void start(String name, Socket from, Socket to, FaultProxy.Lane lane, Listener atRead, Listener atWrite) {
        BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
        proxy.start(number + "-" + name + "-in", () -> read(from, queue, lane, atRead));
        proxy.start(number + "-" + name + "-out", () -> write(to, queue, lane, atWrite));
    }

    private void read(Socket from, BlockingQueue<Chunk> queue, FaultProxy.Lane lane, Listener listener) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                listener.passes(buffer, length);
                queue.add(new Chunk(System.nanoTime() + lane.delayNanos(), Arrays.copyOf(buffer, length)));
            }
        } catch (IOException closedOrReset) {
            // The same as an orderly end: the other side hears of it after what is still under way.
        }
        queue.add(new Chunk(System.nanoTime() + lane.delayNanos(), new byte[0]));
    }

    private void write(Socket to, BlockingQueue<Chunk> queue, FaultProxy.Lane lane, Listener listener) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = queue.take(); chunk.bytes.length > 0; chunk = queue.take()) {
                awaitDue(chunk);
                lane.awaitOpen(this);
                if (isClosed()) {
                    return;
                }
                listener.passes(chunk.bytes, chunk.bytes.length);
                out.write(chunk.bytes);
            }
            lane.awaitOpen(this);
        } catch (IOException closedOrReset) {
            // Either side is gone, so the whole connection goes.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void awaitDue(Chunk chunk) {
        for (long left = chunk.due - System.nanoTime(); left > 0 && !isClosed(); left = chunk.due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void tapRequest(byte[] bytes, int length) {
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
