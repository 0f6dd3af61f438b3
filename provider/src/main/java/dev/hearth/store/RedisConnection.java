package dev.hearth.store;

import dev.hearth.config.RedisSettings;
import dev.hearth.config.RedisUrl;
import dev.hearth.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Redisson client: one that the application handed in, or one of our own that reads from masters only. It is there at
 * once, whether Redis is or not; until Redis was reached for the first time it is not {@linkplain #ready() ready}. Safe for
 * any thread.
 */
public final class RedisConnection implements AutoCloseable {
    /* A lazy Redisson client connects inside the first command, on the thread that sends it, and every other command waits
     * for that. So the first command comes from a thread of ours, again and again until one succeeds, and nobody else may
     * send any before. Afterwards Redisson reconnects by itself without holding up its callers. */

    private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /* Redisson 4.7 keeps some 5 KB of every first connection that fails, until the client is closed. So our own client does
     * not try where nobody listens, and no client tries often. */
    private static final Duration LONGEST_PAUSE_OF_CLIENT = Duration.ofSeconds(30);
    /* A configuration that is not ours may find its servers in ways that we do not know. */
    private static final TcpProbe NO_PROBE = new TcpProbe(List.of(), Duration.ZERO);
    private static final String NO_CACHE = "everything is read from the database";
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final RedissonClient client;
    private final boolean owned;
    private final Topology topology;
    private final TcpProbe probe;
    private final String name;
    private final String loss;
    private final @Nullable Reconnections reconnections;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> firstAttempt = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable RedisConnection listening;
    private final Thread connector = new Thread(this::connect, "hearth-connect");

    /** How the servers behind the client belong together. */
    public enum Topology {
        SINGLE,
        /** A master and replicas, named one by one or found by asking each for its role. */
        MASTER_SLAVE,
        SENTINEL,
        CLUSTER
    }

    private RedisConnection(
            RedissonClient client,
            boolean owned,
            Topology topology,
            TcpProbe probe,
            String name,
            String loss,
            @Nullable Reconnections reconnections) {
        this.client = client;
        this.owned = owned;
        this.topology = topology;
        this.probe = probe;
        this.name = name;
        this.loss = loss;
        this.reconnections = reconnections;
        connector.setDaemon(true);
    }

    /**
     * Opens the connection that the settings ask for, without waiting for Redis.
     *
     * @throws dev.hearth.config.HearthConfigurationException if a client is handed in that reads from replicas, if names are
     *     mapped otherwise than by a prefix, or if a configuration file or a store of certificates cannot be used
     */
    public static RedisConnection open(RedisSettings settings) {
        RedisConnection connection = settings.client() != null ? wrap(settings.client()) : create(settings);
        connection.start();
        return connection;
    }

    private static RedisConnection wrap(RedissonClient client) {
        Topology topology = MastersOnly.require(client.getConfig());
        NamePrefix.require(client.getConfig(), Setting.PREFIX + "redis.client");
        return new RedisConnection(client, false, topology, NO_PROBE, "the application's client", NO_CACHE, null);
    }

    private static RedisConnection create(RedisSettings settings) {
        RedisUrl url = settings.url();
        if (url != null) {
            Config config = ClientConfig.of(settings, url);
            TcpProbe probe = new TcpProbe(url.hosts(), settings.connectTimeout());
            return create(config, MastersOnly.require(config), probe, url.toString(), NO_CACHE);
        }
        RedissonFile file = RedissonFile.read(String.valueOf(settings.config()));
        Topology topology = MastersOnly.force(file);
        NamePrefix.require(file.config(), Setting.PREFIX + "redis.config");
        return create(file.config(), topology, NO_PROBE, file.location(), NO_CACHE);
    }

    private static RedisConnection create(Config config, Topology topology, TcpProbe probe, String name, String loss) {
        Reconnections reconnections = Reconnections.of(config);
        WholeMessages.install(config);
        return new RedisConnection(Redisson.create(config), true, topology, probe, name, loss, reconnections);
    }

    /** The client; to be used only once the connection is {@link #ready()}, because it may block before. */
    public RedissonClient client() {
        return client;
    }

    /**
     * The connection to hear messages by: this one, or one of ours beside an application's client by which some could be lost
     * unnoticed. That is opened when it is first asked for, and closed with this one.
     */
    synchronized RedisConnection listening() {
        boolean closed = closing.getCount() == 0;
        if (owned || closed || !ListeningClient.isNeededBeside(client.getConfig(), topology)) {
            return this;
        }
        if (listening == null) {
            Config config = ListeningClient.beside(client.getConfig(), topology);
            listening = create(config, topology, NO_PROBE, "listening beside " + name, "nothing is kept near");
            listening.start();
        }
        return listening;
    }

    private synchronized void closeListening() {
        if (listening != null) {
            listening.close();
        }
    }

    /** What the client puts before every name; most often nothing. */
    String namePrefix() {
        return NamePrefix.of(client.getConfig());
    }

    /** Whether the client is ours, and closed with this connection. */
    public boolean owned() {
        return owned;
    }

    public Topology topology() {
        return topology;
    }

    /** Whether Redis was reached once. It stays true when Redis goes away again: that is for the commands to find out. */
    public boolean ready() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** Completes, on a thread of this connection, when it becomes {@link #ready()}; exceptionally if it is closed before. */
    public CompletionStage<Void> whenReady() {
        return ready.minimalCompletionStage();
    }

    /** Has something short done whenever a connection is made anew. Not for a client that was handed in. */
    void onReconnect(Runnable action) {
        if (reconnections != null) {
            reconnections.onReconnect(action);
        }
    }

    /** Completes with whether the first attempt to reach Redis was successful, when that is known. */
    public CompletionStage<Boolean> firstAttempt() {
        return firstAttempt.minimalCompletionStage();
    }

    /** The masters known now; none before the connection is ready. Does not wait for Redis. */
    public List<RedisNode> masters() {
        return ready() ? askForMasters() : List.of();
    }

    /** Closes the client if it is ours, waiting up to two seconds for what is under way. */
    @Override
    public void close() {
        closing.countDown();
        stopConnecting();
        ready.cancel(false);
        firstAttempt.complete(false);
        closeListening();
        if (owned) client.shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void start() {
        if (client.getConfig().isLazyInitialization()) {
            connector.start();
        } else {
            ready.complete(null);
            firstAttempt.complete(true);
        }
    }

    /* An attempt under way would otherwise meet a client that is shut down already, and Netty logs that as an error. */
    private void stopConnecting() {
        connector.interrupt();
        try {
            connector.join(SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect() {
        String lastFailure = "";
        Duration pause = FIRST_PAUSE;
        try {
            do {
                String unreachable = probe.failure();
                String failure = unreachable != null ? unreachable : tryToConnect();
                firstAttempt.complete(failure == null);
                if (failure == null) return;
                if (!failure.equals(lastFailure)) report(failure);
                lastFailure = failure;
                pause = longer(pause, unreachable != null ? LONGEST_PAUSE : LONGEST_PAUSE_OF_CLIENT);
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause, Duration longest) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }

    /* Redisson throws its own exceptions here, those of its futures, and what DNS and TLS add. */
    private @Nullable String tryToConnect() {
        try {
            int masters = askForMasters().size();
            if (masters == 0) return "no master is known";
            if (ready.complete(null)) log.info("[{}] connected to Redis, masters: {}", name, masters);
            return null;
        } catch (RuntimeException e) {
            return Failures.root(e);
        }
    }

    private void report(String failure) {
        if (closing.getCount() == 0) return;
        log.warn("[{}] Redis cannot be reached ({}); {} until it can be", name, failure, loss);
    }

    private List<RedisNode> askForMasters() {
        return switch (topology) {
            case CLUSTER -> List.copyOf(client.getRedisNodes(RedisNodes.CLUSTER).getMasters());
            case SENTINEL ->
                List.of(client.getRedisNodes(RedisNodes.SENTINEL_MASTER_SLAVE).getMaster());
            case SINGLE, MASTER_SLAVE ->
                List.of(client.getRedisNodes(RedisNodes.SINGLE).getInstance());
        };
    }
}
