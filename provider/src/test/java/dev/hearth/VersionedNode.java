package dev.hearth;

import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Database;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** A node that runs one version of the item, in a class loader of its own. */
final class VersionedNode implements AutoCloseable {
    private final ItemVersion version;
    private final List<Class<?>> classes;
    private final HearthRegionFactory factory = new HearthRegionFactory();
    private final Nodes nodes;

    VersionedNode(ItemVersion version, Path directory, Database database, RedisEndpoint redis, String keyspace) {
        this.version = version;
        this.classes = version.load(directory);
        this.nodes = Nodes.on(database, redis)
                .setting("hibernate.cache.region_prefix", keyspace)
                .setting("hibernate.cache.hearth.redis.command-timeout", "5s")
                .regionFactory(factory)
                .classLoader(classes.get(0).getClassLoader())
                .entities(classes)
                .keepSchema()
                .poolSize(4)
                .start(1);
    }

    ItemVersion version() {
        return version;
    }

    NodeFixture node() {
        return nodes.get(0);
    }

    RegionStatistics statistics() {
        return factory.statistics(ItemVersion.ITEM).orElseThrow();
    }

    /** What the item holds as far as this version knows; null if there is none. */
    @Nullable
    Map<String, Object> read(long id) {
        return node().fromTransaction(session -> {
            Object item = find(session, id);
            return item == null ? null : version.read(item);
        });
    }

    @Nullable
    Object find(Session session, long id) {
        return session.find(classes.get(0), id);
    }

    /** A new entity of the class at the given place of the version: 0 is the item, 1 its subclass. */
    Object create(int type, long id) {
        try {
            Object item = classes.get(type).getConstructor().newInstance();
            ItemVersion.set(item, "id", id);
            return item;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the cache served the item without the database. */
    boolean hits(long id) {
        long before = statistics().hits();
        Map<String, Object> unused = read(id);
        return statistics().hits() > before;
    }

    @Override
    public void close() {
        nodes.close();
    }

    @Override
    public String toString() {
        return version.toString();
    }
}
