package dev.hearth.test;

import dev.hearth.test.shop.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Several nodes on one database and one Redis.
 *
 * <pre>{@code
 * try (Nodes nodes = Nodes.on(postgres.database(), redis.endpoint())
 *         .setting("hibernate.cache.region_prefix", redis.keyspace())
 *         .settingOf(1, "hibernate.cache.hearth.redis.url", proxy.url())
 *         .start(2)) {
 *     nodes.get(0).inTransaction(Shop::fill);
 * }
 * }</pre>
 */
public final class Nodes implements AutoCloseable, Iterable<NodeFixture> {
    /** The setting that names the region factory, by class name, short name, class or instance. */
    public static final String REGION_FACTORY = "hibernate.cache.region.factory_class";

    /** The value that takes a setting away which nodes have otherwise. */
    public static final Object UNSET = new Object();

    /**
     * The setting that says what is kept inside the process. Nodes of tests keep nothing unless told otherwise, so that
     * what they read tells what lies in Redis.
     */
    public static final String NEAR = "hibernate.cache.hearth.near";

    /** The setting that tells Hearth where Redis is. */
    public static final String REDIS_URL = "hibernate.cache.hearth.redis.url";

    private final List<NodeFixture> nodes;

    private Nodes(List<NodeFixture> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Nodes with Hearth as their cache and the shop as their entities, unless the builder is told otherwise. */
    public static Builder on(Database database, RedisEndpoint redis) {
        return on(database).setting(REDIS_URL, redis.url());
    }

    /** As {@link #on}, where a setting of the caller's says how Redis is reached, or none does. */
    public static Builder on(Database database) {
        return new Builder(database);
    }

    public NodeFixture get(int index) {
        return nodes.get(index);
    }

    public int size() {
        return nodes.size();
    }

    @Override
    public Iterator<NodeFixture> iterator() {
        return nodes.iterator();
    }

    @Override
    public void close() {
        closeAll(nodes);
    }

    private static void closeAll(List<NodeFixture> nodes) {
        RuntimeException failure = null;
        for (NodeFixture node : nodes) {
            try {
                node.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** What the nodes have in common and in what they differ. */
    public static final class Builder {
        private static final int POOL_SIZE = 10;

        private final Database database;
        private final Map<String, Object> common = new HashMap<>();
        private final Map<Integer, Map<String, Object>> own = new HashMap<>();
        private List<Class<?>> entities = Shop.ENTITIES;
        private ClassLoader loader = Nodes.class.getClassLoader();
        private boolean createSchema = true;
        private int poolSize = POOL_SIZE;
        private Duration connectionTimeout = Duration.ofSeconds(30);

        private Builder(Database database) {
            this.database = database;
            common.put(REGION_FACTORY, "dev.hearth.HearthRegionFactory");
            common.put(NEAR, "off");
        }

        /** A setting of every node; values may be objects where Hibernate takes them. */
        public Builder setting(String name, Object value) {
            common.put(name, value);
            return this;
        }

        public Builder settings(Map<String, ?> settings) {
            common.putAll(settings);
            return this;
        }

        /** A setting of one node, counted from 0, before the common ones. */
        public Builder settingOf(int node, String name, Object value) {
            own.computeIfAbsent(node, key -> new HashMap<>()).put(name, value);
            return this;
        }

        /** The region factory of every node: a class name, a short name, a class or an instance. */
        public Builder regionFactory(Object factory) {
            return setting(REGION_FACTORY, factory);
        }

        public Builder entities(Class<?>... classes) {
            entities = List.of(classes);
            return this;
        }

        public Builder entities(List<Class<?>> classes) {
            entities = List.copyOf(classes);
            return this;
        }

        /** The class loader through which Hibernate finds classes by name. */
        public Builder classLoader(ClassLoader classLoader) {
            loader = classLoader;
            return this;
        }

        /** Connections per node at most, 10 by default; the test server takes 300 in all. */
        public Builder poolSize(int connections) {
            poolSize = connections;
            return this;
        }

        /** How long a node waits for a connection to the database, 30 s by default. */
        public Builder connectionTimeout(Duration timeout) {
            connectionTimeout = timeout;
            return this;
        }

        /** The tables are there already. By default the first node drops and creates them. */
        public Builder keepSchema() {
            createSchema = false;
            return this;
        }

        /** Starts the nodes one after the other. */
        public Nodes start(int count) {
            List<NodeFixture> started = new ArrayList<>();
            try {
                IntStream.range(0, count).mapToObj(this::startOne).forEach(started::add);
            } catch (RuntimeException e) {
                closeAll(started);
                throw e;
            }
            return new Nodes(started);
        }

        private NodeFixture startOne(int index) {
            Map<String, Object> settings = new HashMap<>(common);
            if (index == 0 && createSchema) {
                settings.put("hibernate.hbm2ddl.auto", "create");
            }
            settings.putAll(own.getOrDefault(index, Map.of()));
            return NodeFixture.start(database, poolSize, connectionTimeout, settings, entities, loader);
        }
    }
}
