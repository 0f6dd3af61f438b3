package dev.hearth.test;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class the shared Redis, emptied before the class, and a keyspace of its own.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RedisExtension redis = new RedisExtension();
 * }</pre>
 */
public final class RedisExtension implements BeforeAllCallback {
    private static final AtomicInteger CLASSES = new AtomicInteger();

    private final String keyspace = "test" + CLASSES.incrementAndGet();

    @Override
    public void beforeAll(ExtensionContext context) {
        endpoint().flush();
    }

    public RedisEndpoint endpoint() {
        return RedisServers.shared();
    }

    public String url() {
        return endpoint().url();
    }

    /** A keyspace that no other test class of this JVM uses. */
    public String keyspace() {
        return keyspace;
    }

    /** Opens a connection for the test's own commands. */
    public RedisConnection connect() {
        return endpoint().connect();
    }

    /** Empties the server, for a test that must not see what the one before it left. */
    public void flush() {
        endpoint().flush();
    }
}
