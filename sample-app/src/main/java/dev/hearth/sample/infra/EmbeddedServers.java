package dev.hearth.sample.infra;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL and a Redis that came with the shop, and how one instance tells another of them. */
record EmbeddedServers(EmbeddedPostgres postgres, EmbeddedRedis redis) {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServers.class);

    static EmbeddedServers start() throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            throw new IOException("There is no embedded Redis 6.2 for Windows");
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        try {
            return new EmbeddedServers(postgres, EmbeddedRedis.start());
        } catch (IOException | RuntimeException e) {
            postgres.stop();
            throw e;
        }
    }

    ServerAddresses addresses() {
        return new ServerAddresses(postgres.url(), redis.url());
    }

    boolean answer() {
        return postgres.answers() && redis.answers();
    }

    /** Stops both and deletes their data. Never throws, because the shop is closing: what fails is logged. */
    void stop() {
        try {
            redis.stop();
        } catch (IOException e) {
            log.warn("Redis at {} did not stop: {}", redis.url(), e.getMessage());
        }
        try {
            postgres.stop();
        } catch (IOException e) {
            log.warn("PostgreSQL at {} did not stop: {}", postgres.url(), e.getMessage());
        }
        log.info("PostgreSQL and Redis are stopped and their data is deleted");
    }

    Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("postgres.url", postgres.url());
        properties.setProperty("postgres.data", postgres.data().toString());
        properties.setProperty("redis.url", redis.url());
        properties.setProperty("redis.directory", redis.directory().toString());
        return properties;
    }

    /** Empty if a property is missing. */
    static Optional<EmbeddedServers> from(Properties properties) {
        @Nullable String postgresUrl = properties.getProperty("postgres.url");
        @Nullable String data = properties.getProperty("postgres.data");
        @Nullable String redisUrl = properties.getProperty("redis.url");
        @Nullable String directory = properties.getProperty("redis.directory");
        if (postgresUrl == null || data == null || redisUrl == null || directory == null) {
            return Optional.empty();
        }
        return Optional.of(new EmbeddedServers(
                new EmbeddedPostgres(postgresUrl, Path.of(data)), new EmbeddedRedis(redisUrl, Path.of(directory))));
    }
}
