package dev.hearth.hibernate;

import dev.hearth.test.Database;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Nodes that the tests of a class share, on real servers, with a database and a keyspace of their own. Tests make their
 * own rows, so that none sees what another has left.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CacheNodesExtension nodes = CacheNodesExtension.start(2);
 * }</pre>
 */
final class CacheNodesExtension implements BeforeAllCallback, AfterAllCallback {
    static final String KEYSPACE = "hibernate.cache.hearth.keyspace";

    private final PostgresExtension postgres = new PostgresExtension();
    private final RedisExtension redis = new RedisExtension();
    private final int count;
    private final UnaryOperator<Nodes.Builder> builder;
    private final List<CachingNode> started = new ArrayList<>();
    private @Nullable Nodes nodes;
    private @Nullable RedisConnection connection;

    private CacheNodesExtension(int count, UnaryOperator<Nodes.Builder> builder) {
        this.count = count;
        this.builder = builder;
    }

    /** Nodes with the shop as their entities. */
    static CacheNodesExtension start(int count) {
        return start(count, UnaryOperator.identity());
    }

    /** Nodes with other entities or settings. */
    static CacheNodesExtension start(int count, UnaryOperator<Nodes.Builder> builder) {
        return new CacheNodesExtension(count, builder);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.beforeAll(context);
        redis.beforeAll(context);
        connection = redis.connect();
        Nodes running = nodes = builder.apply(builder()).start(count);
        running.forEach(node -> started.add(caching(node)));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (nodes != null) {
            nodes.close();
        }
        if (connection != null) {
            connection.close();
        }
        postgres.afterAll(context);
    }

    /** A builder for further nodes on the same servers and keyspace. */
    Nodes.Builder builder() {
        // These tests are about what is cached: a busy machine must not open a circuit.
        return Nodes.on(postgres.database(), redis.endpoint())
                .setting(KEYSPACE, redis.keyspace())
                .setting("hibernate.cache.hearth.redis.command-timeout", "10s");
    }

    /** One of those further nodes, seen as the others are. */
    CachingNode caching(NodeFixture node) {
        RedisConnection opened = connection;
        if (opened == null) {
            throw new IllegalStateException("There are nodes only while a test class runs");
        }
        return new CachingNode(node, opened);
    }

    CachingNode get(int index) {
        return started.get(index);
    }

    Database database() {
        return postgres.database();
    }

    RedisExtension redis() {
        return redis;
    }
}
