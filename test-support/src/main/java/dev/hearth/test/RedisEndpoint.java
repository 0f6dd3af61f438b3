package dev.hearth.test;

import java.net.URI;

/**
 * Where a Redis server listens.
 *
 * @param url {@code redis://[user:password@]host:port}
 */
public record RedisEndpoint(String url) {
    public RedisEndpoint {
        URI parsed = URI.create(url);
        if (!"redis".equals(parsed.getScheme()) || parsed.getHost() == null || parsed.getPort() < 1) {
            throw new IllegalArgumentException(
                    "A Redis URL looks like redis://127.0.0.1:6379 and names its port, but was '" + url + "'");
        }
    }

    static RedisEndpoint of(String host, int port) {
        return new RedisEndpoint("redis://" + host + ":" + port);
    }

    public String host() {
        return URI.create(url).getHost();
    }

    public int port() {
        return URI.create(url).getPort();
    }

    /** Opens a connection for a test's own commands, authenticated if the URL says so. */
    public RedisConnection connect() {
        return RedisConnection.open(this);
    }

    /** Empties the server: all keys of all databases. */
    public void flush() {
        try (RedisConnection connection = connect()) {
            connection.call("FLUSHALL");
        }
    }
}
