package dev.hearth.store;

import dev.hearth.config.RedisUrl.Host;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whether anybody listens at any of some addresses, by connecting and hanging up. */
final class TcpProbe {
    private final List<Host> hosts;
    private final int timeoutMillis;

    /** A probe of no hosts finds nothing wrong. */
    TcpProbe(List<Host> hosts, Duration timeout) {
        this.hosts = List.copyOf(hosts);
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** Why nobody listens anywhere, told of the last host; null if somebody does. */
    @Nullable
    String failure() {
        String failure = null;
        for (Host host : hosts) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host.name(), host.port()), timeoutMillis);
                return null;
            } catch (IOException e) {
                failure = host + ": " + (e.getMessage() == null ? e : e.getMessage());
            }
        }
        return failure;
    }
}
