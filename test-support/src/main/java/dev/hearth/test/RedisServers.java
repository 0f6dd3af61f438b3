package dev.hearth.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
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
        RedisServerFixture server = new RedisServerFixture(arguments);
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
