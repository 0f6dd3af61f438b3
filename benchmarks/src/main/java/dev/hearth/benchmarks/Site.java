package dev.hearth.benchmarks;

import dev.hearth.test.Action;
import dev.hearth.test.Database;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.PostgresServers;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisEndpoint;
import dev.hearth.test.RedisServers;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and Redis, as {@code test-support} finds or starts them: reached as they are, or, if there is a delay, both
 * through a proxy that adds it each way.
 */
final class Site implements AutoCloseable {
    private static final String JDBC = "jdbc:";
    private static final int TRIPS = 300;

    private final Duration delay;
    private final RedisEndpoint redis;
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<Database> databases = new ArrayList<>();
    private @Nullable FaultProxy postgresProxy;

    /** @param delay added each way in front of both servers; with zero there are no proxies */
    Site(Duration delay) {
        this.delay = delay;
        RedisEndpoint server = RedisServers.shared();
        redis = delay.isZero() ? server : delayed(FaultProxy.to(server)).endpoint();
    }

    RedisEndpoint redis() {
        return redis;
    }

    /** A database of its own with the rows of {@link Data}, dropped when the site closes. */
    Database newDatabase() {
        Database direct = PostgresServers.create();
        databases.add(direct);
        Data.fill(direct);
        return reached(direct);
    }

    /** Microseconds from PING to PONG over a bare socket, in the median. */
    double redisRoundTrip() {
        try (RedisConnection connection = redis.connect()) {
            return median(() -> connection.call("PING"));
        }
    }

    /** Microseconds that PostgreSQL takes for an empty statement, in the median. */
    double postgresRoundTrip() {
        Database database = reached(databases.get(0));
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return median(() -> statement.execute(""));
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL cannot be reached", e);
        }
    }

    private static double median(Action trip) {
        Histogram times = new Histogram(3);
        try {
            for (int i = 0; i < TRIPS; i++) {
                long begin = System.nanoTime();
                trip.run();
                times.recordValue(System.nanoTime() - begin);
            }
        } catch (Exception e) {
            throw new IllegalStateException("A round trip failed", e);
        }
        return times.getValueAtPercentile(50) / 1e3;
    }

    /** The database as the application reaches it. */
    private Database reached(Database direct) {
        return delay.isZero() ? direct : throughProxy(direct);
    }

    private Database throughProxy(Database direct) {
        URI server = URI.create(direct.url().substring(JDBC.length()));
        if (postgresProxy == null) {
            postgresProxy = delayed(FaultProxy.to(server.getHost(), server.getPort()));
        }
        String authority = server.getHost() + ":" + server.getPort();
        return new Database(direct.url().replace(authority, "127.0.0.1:" + postgresProxy.port()));
    }

    private FaultProxy delayed(FaultProxy proxy) {
        proxies.add(proxy);
        proxy.delay(delay, delay);
        return proxy;
    }

    @Override
    public void close() {
        proxies.forEach(FaultProxy::close);
        databases.forEach(PostgresServers::drop);
    }
}
