package dev.hearth.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * Where PostgreSQL comes from: the server that {@value #URL} names, else a container where a Docker engine answers,
 * else an embedded binary; {@code hearth.test.servers=embedded} or {@code docker} decides between the last two. One
 * server serves the whole JVM and goes with it.
 */
public final class PostgresServers {
    /** System property: a JDBC URL with a user who may create databases. */
    public static final String URL = "hearth.test.postgres.url";

    private static final int POSTGRES_PORT = 5432;
    private static final String IMAGE = "postgres:18";
    private static final String CONNECTIONS = "300";
    // A busy machine takes longer than the ten seconds that are usual.
    private static final Duration STARTUP = Duration.ofMinutes(2);

    private PostgresServers() {}

    /** Creates an empty database; {@link #drop} removes it. */
    public static Database create() {
        String name = "hearth_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name);
        return Shared.SERVER.named(name);
    }

    /** Removes a database made by {@link #create()}, closing what is still connected to it. */
    public static void drop(Database database) {
        int end = database.url().indexOf('?');
        String path = end < 0 ? database.url() : database.url().substring(0, end);
        execute("DROP DATABASE IF EXISTS " + path.substring(path.lastIndexOf('/') + 1) + " WITH (FORCE)");
    }

    private static void execute(String sql) {
        try (Connection connection = Shared.SERVER.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed on the test PostgreSQL: " + sql, e);
        }
    }

    private static Database locate() {
        String named = System.getProperty(URL);
        if (named != null) {
            return new Database(named);
        }
        return TestServers.inContainers() ? startContainer() : startEmbedded();
    }

    // Closed by the hook that it registers itself.
    @SuppressWarnings("resource")
    private static Database startEmbedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", CONNECTIONS)
                    .setRegisterShutdownHook(true)
                    .setPGStartupWait(STARTUP)
                    .start();
            return new Database("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Testcontainers removes the container when the JVM has gone.
    @SuppressWarnings("resource")
    private static Database startContainer() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withExposedPorts(POSTGRES_PORT)
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + CONNECTIONS)
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2));
        container.start();
        return new Database("jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(POSTGRES_PORT)
                + "/postgres?user=postgres");
    }

    private static final class Shared {
        static final Database SERVER = locate();
    }
}
