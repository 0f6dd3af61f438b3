package dev.hearth.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy in front of one server, through which a test makes the network slow, silent or gone. Listens on a
 * loopback port that stays the same for its whole life. Faults add up until {@link #heal()}. Safe for concurrent use.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final InetSocketAddress server;
    private final int port = FreePorts.next();
    private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
    private final List<WireTap> taps = new CopyOnWriteArrayList<>();
    private final Lane toServer = new Lane();
    private final Lane toClient = new Lane();
    private final SubscriptionFaults subscriptions = new SubscriptionFaults(this);
    private int accepted;
    private boolean closed;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    private FaultProxy(InetSocketAddress server) {
        this.server = server;
        listen();
    }

    /** Starts a proxy in front of a server that need not be up yet. */
    public static FaultProxy to(String host, int port) {
        return new FaultProxy(new InetSocketAddress(host, port));
    }

    /** Starts a proxy in front of a Redis server. */
    public static FaultProxy to(RedisEndpoint server) {
        return to(server.host(), server.port());
    }

    /** Starts a proxy in front of a database's server; {@link Database#through} leads through it. */
    public static FaultProxy to(Database database) {
        return new FaultProxy(database.address());
    }

    public int port() {
        return port;
    }

    /** The proxy as a Redis server without credentials. */
    public RedisEndpoint endpoint() {
        return RedisEndpoint.of("127.0.0.1", port);
    }

    public String url() {
        return endpoint().url();
    }

    /** How many connections are open through the proxy. */
    public int connections() {
        return links.size();
    }

    /** Faults of the connections alone on which the client has subscribed to something. */
    public SubscriptionFaults subscriptions() {
        return subscriptions;
    }

    /** Delays each direction by half of the given round trip. */
    public void delayRoundTrip(Duration roundTrip) {
        delay(roundTrip.dividedBy(2), roundTrip.dividedBy(2));
    }

    /** Delays all bytes that are sent from now on; bandwidth and order stay. */
    public void delay(Duration requests, Duration answers) {
        toServer.delay(requests);
        toClient.delay(answers);
    }

    /**
     * Delays every piece of bytes that is sent from now on by a time of its own, in either direction: none to the given
     * one, short times being the more frequent. Connections overtake each other; the order within each stays.
     */
    public void delayRandomly(Duration maximum) {
        toServer.delayRandomly(maximum);
        toClient.delayRandomly(maximum);
    }

    /** Holds back everything both ways, as a broken cable does: connections are accepted and nothing is answered. */
    public void hold() {
        toServer.hold(true);
        toClient.hold(true);
    }

    /** Holds back the answers only: what the client asks for still happens on the server. */
    public void holdAnswers() {
        toClient.hold(true);
    }

    /** Resets all connections and refuses new ones. What was held back or under way is lost. */
    public synchronized void cut() {
        stopListening();
        links.forEach(ProxyLink::reset);
    }

    /** Resets all connections; new ones are accepted as before. What was held back or under way is lost. */
    public void reset() {
        links.forEach(ProxyLink::reset);
    }

    /** Ends every fault: what was held back flows on, delays are gone, connections are accepted. */
    public synchronized void heal() {
        delay(Duration.ZERO, Duration.ZERO);
        toServer.hold(false);
        toClient.hold(false);
        subscriptions.heal();
        if (listener == null && !closed) {
            listen();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        cut();
    }

    void tap(WireTap tap) {
        taps.add(tap);
    }

    List<WireTap> taps() {
        return taps;
    }

    Lane toServer() {
        return toServer;
    }

    Lane toClient() {
        return toClient;
    }

    /** Lets links that wait look at themselves again. */
    void wake() {
        List.of(toServer, toClient, subscriptions.toServer(), subscriptions.toClient())
                .forEach(Lane::wake);
    }

    void resetSubscriptions() {
        links.stream().filter(ProxyLink::hasSubscribed).forEach(ProxyLink::reset);
    }

    long subscribed() {
        return links.stream().filter(ProxyLink::hasSubscribed).count();
    }

    void forget(ProxyLink link) {
        links.remove(link);
    }

    private synchronized void listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            listener = socket;
            acceptor = start("accept", () -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen on port " + port, e);
        }
    }

    private synchronized void stopListening() {
        if (listener != null && acceptor != null) {
            closeQuietly(listener);
            listener = null;
            // The port is refused only once no thread accepts on it any more.
            joinUninterruptibly(acceptor);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                start("connect", () -> link(socket, client));
            }
        } catch (IOException closedByCut) {
            // The end of this thread: cut() and close() close the socket under it.
        }
    }

    private void link(ServerSocket acceptedBy, Socket client) {
        Socket upstream = new Socket();
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(server);
        } catch (IOException serverIsDown) {
            closeQuietly(upstream);
            closeQuietly(client);
            return;
        }
        synchronized (this) {
            ProxyLink link = new ProxyLink(this, accepted++, client, upstream);
            if (listener != acceptedBy) {
                link.reset();
                return;
            }
            links.add(link);
            link.start();
        }
    }

    Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + port + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception goneAnyway) {
            // Nothing depends on how a socket ends that nobody will use again.
        }
    }
}
