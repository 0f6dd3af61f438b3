package dev.hearth.store;

import dev.hearth.config.RedisSettings;
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
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final RedissonClient client;
    private final boolean owned;
    private final Topology topology;
    private final String name;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> firstAttempt = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread connector = new Thread(this::connect, "hearth-connect");

    /** How the servers behind the client belong together. */
    public enum Topology {
        SINGLE,
        /** A master and replicas, named one by one or found by asking each for its role. */
        MASTER_SLAVE,
        SENTINEL,
        CLUSTER
    }

    private RedisConnection(RedissonClient client, boolean owned, Topology topology, String name) {
        this.client = client;
        this.owned = owned;
        this.topology = topology;
        this.name = name;
        connector.setDaemon(true);
    }

    /**
     * Opens the connection that the settings ask for, without waiting for Redis.
     *
     * @throws dev.hearth.config.HearthConfigurationException if a client is handed in that reads from replicas, or if a
     *     configuration file or a store of certificates cannot be used
     */
    public static RedisConnection open(RedisSettings settings) {
        RedissonClient given = settings.client();
        RedisConnection connection = given != null
                ? new RedisConnection(given, false, MastersOnly.require(given.getConfig()), "the application's client")
                : create(settings);
        connection.start();
        return connection;
    }

    private static RedisConnection create(RedisSettings settings) {
        if (settings.url() != null) {
            Config config = ClientConfig.of(settings, settings.url());
            return create(config, MastersOnly.require(config), settings.url().toString());
        }
        RedissonFile file = RedissonFile.read(String.valueOf(settings.config()));
        return create(file.config(), MastersOnly.force(file), file.location());
    }

    private static RedisConnection create(Config config, Topology topology, String name) {
        return new RedisConnection(Redisson.create(config), true, topology, name);
    }

    /** The client; to be used only once the connection is {@link #ready()}, because it may block before. */
    public RedissonClient client() {
        return client;
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
        if (owned) client.shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void start() {
        if (client.getConfig().isLazyInitialization()) {
            connector.start();
        } else {
            ready.complete(null);
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
                String failure = tryToConnect();
                firstAttempt.complete(failure == null);
                if (failure == null) return;
                if (!failure.equals(lastFailure)) report(failure);
                lastFailure = failure;
                pause = longer(pause);
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /* Redisson throws its own exceptions here, those of its futures, and what DNS and TLS add. */
    private @Nullable String tryToConnect() {
        try {
            int masters = askForMasters().size();
            if (masters == 0) return "no master is known";
            if (ready.complete(null)) log.info("[{}] connected to Redis, masters: {}", name, masters);
            return null;
        } catch (RuntimeException e) {
            return rootCause(e);
        }
    }

    private void report(String failure) {
        if (closing.getCount() == 0) return;
        log.warn(
                "[{}] Redis cannot be reached ({}); everything is read from the database, and the connection is tried "
                        + "again every {} s at the latest",
                name,
                failure,
                LONGEST_PAUSE.toSeconds());
    }

    private static String rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) cause = cause.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
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
