package dev.hearth.sample.infra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** TCP ports of this machine. */
final class Ports {
    // Below the range from which systems take the ports of outgoing connections (32768 on Linux).
    private static final int FIRST = 20_000;
    private static final int BOUND = 32_000;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    /** The wished port if nobody listens on it at the loopback address, else any free one. */
    static int freeOnLoopback(int wished) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port = wished;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isFree(loopback, port)) {
                return port;
            }
            port = ThreadLocalRandom.current().nextInt(FIRST, BOUND);
        }
        throw new IllegalStateException("No free port found between " + FIRST + " and " + BOUND);
    }

    /** Whether a server could listen there now; an address of null stands for all addresses. */
    static boolean isFree(@Nullable InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
