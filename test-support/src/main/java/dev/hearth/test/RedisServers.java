package dev.hearth.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import redis.embedded.core.ExecutableProvider;

/**
 * Where Redis comes from. The shared server is the one that {@value #URL} names, else a container where a Docker
 * engine answers, else an embedded binary; {@code hearth.test.servers=embedded} or {@code docker} decides between the
 * last two. Private servers are always processes on this machine, because tests kill and pause them. {@value #BINARY}
 * names another {@code redis-server} or {@code valkey-server} to run instead of the embedded one.
 */
public final class RedisServers {
    /** System property: the URL of an expendable server; tests empty it. */
    public static final String URL = "hearth.test.redis.url";

    /** System property: the executable to run instead of the embedded one. */
    public static final String BINARY = "hearth.test.redis.binary";

    private static final int REDIS_PORT = 6379;
    // The oldest version that Hearth supports.
    private static final String IMAGE = "redis:6.2";

    private static final int CLUSTER_ATTEMPTS = 5;
    private static final int SLOTS = 16_384;

    private RedisServers() {}

    /** The server that all ordinary tests of this JVM share, started at the first call and gone with the JVM. */
    public static RedisEndpoint shared() {
        return Shared.ENDPOINT;
    }

    /**
     * Starts a server of the caller's own, which the caller closes.
     *
     * @param arguments further arguments of {@code redis-server}, for instance {@code --maxmemory}, {@code 10mb}
     */
    public static RedisServerFixture start(String... arguments) {
        return started(new RedisServerFixture(null, arguments));
    }

    private static RedisServerFixture started(RedisServerFixture server) {
        try {
            server.start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /**
     * Starts a server that can be part of a Cluster. Its second port, 10,000 above the first, lies among those that the
     * system gives to outgoing connections, so that one attempt may find it taken.
     */
    public static RedisServerFixture startForCluster() {
        for (int attempt = 1; ; attempt++) {
            try {
                return start("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1");
            } catch (IllegalStateException e) {
                if (attempt == CLUSTER_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Starts a server that speaks TLS alone, and asks clients for no certificate. It can only be killed and closed.
     *
     * @param certificate its certificate, as PEM
     * @param key the key of that, as PEM
     * @throws IllegalStateException if the executable was built without TLS
     */
    public static RedisServerFixture startWithTls(Path certificate, Path key) {
        return start(
                "--port",
                "0",
                "--tls-port",
                RedisServerFixture.PORT,
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                certificate.toString(),
                "--tls-auth-clients",
                "no");
    }

    /** Starts a replica of a server, and returns once it has its data. */
    public static RedisServerFixture startReplica(RedisServerFixture master, String... arguments) {
        String[] all = Stream.concat(
                        Stream.of("--replicaof", "127.0.0.1", Integer.toString(master.port())),
                        Arrays.stream(arguments))
                .toArray(String[]::new);
        RedisServerFixture replica = start(all);
        try (RedisConnection connection = master.connect()) {
            Eventually.holds(
                    "the replica has the data of its master",
                    () -> String.valueOf(connection.text("INFO", "replication"))
                            .contains("port=" + replica.port() + ",state=online"));
        }
        return replica;
    }

    /**
     * Starts a Sentinel that decides alone about a master.
     *
     * @param configuration further lines of its configuration
     */
    public static RedisServerFixture startSentinel(RedisServerFixture master, String name, String... configuration) {
        String lines = "sentinel monitor " + name + " 127.0.0.1 " + master.port() + " 1\n"
                + "sentinel down-after-milliseconds " + name + " 1000\n" + String.join("\n", configuration) + "\n";
        return started(new RedisServerFixture(lines, "--sentinel"));
    }

    /** Makes servers, which can be part of a Cluster, a Cluster of masters that share the slots. */
    public static void formCluster(List<RedisServerFixture> masters) {
        int share = SLOTS / masters.size() + 1;
        for (int i = 0; i < masters.size(); i++) {
            try (RedisConnection master = masters.get(i).connect()) {
                IntStream slots = IntStream.range(i * share, Math.min(SLOTS, (i + 1) * share));
                master.call(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots.mapToObj(String::valueOf))
                        .toArray());
                master.call("CLUSTER", "MEET", "127.0.0.1", masters.get(0).port());
            }
        }
        for (RedisServerFixture each : masters) {
            try (RedisConnection master = each.connect()) {
                Eventually.holds("the cluster has formed", () -> {
                    String state = String.valueOf(master.text("CLUSTER", "INFO"));
                    return state.contains("cluster_state:ok")
                            && state.contains("cluster_known_nodes:" + masters.size());
                });
            }
        }
    }

    static Path executable() throws IOException {
        String named = System.getProperty(BINARY);
        return named != null ? Path.of(named) : Embedded.executable();
    }

    private static RedisEndpoint locate() {
        String named = System.getProperty(URL);
        if (named != null) {
            return new RedisEndpoint(named);
        }
        return TestServers.inContainers() ? startContainer() : start().endpoint();
    }

    // Testcontainers removes the container when the JVM has gone.
    @SuppressWarnings("resource")
    private static RedisEndpoint startContainer() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(REDIS_PORT);
        container.start();
        return RedisEndpoint.of(container.getHost(), container.getMappedPort(REDIS_PORT));
    }

    private static final class Shared {
        static final RedisEndpoint ENDPOINT = locate();
    }

    /** Unpacked once per JVM: the library writes the binary into a new temporary folder at every call. */
    private static final class Embedded {
        private static final ExecutableProvider PROVIDER = ExecutableProvider.newJarResourceProvider();
        private static @Nullable File unpacked;

        static synchronized Path executable() throws IOException {
            if (unpacked == null) {
                unpacked = PROVIDER.get();
                unpacked.deleteOnExit();
            }
            return unpacked.toPath();
        }
    }
}
