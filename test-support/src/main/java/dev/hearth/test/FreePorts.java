package dev.hearth.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds loopback ports that stay usable while their server is down. */
final class FreePorts {
    // Below the range from which systems take the ports of outgoing connections (32768 on Linux): a client that
    // reconnects in a loop would otherwise take, or even connect to itself on, the port of a server that is down.
    private static final int FIRST = 20_000;
    private static final int BOUND = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePorts() {}

    static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BOUND);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port found between " + FIRST + " and " + BOUND);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
