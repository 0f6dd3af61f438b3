package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Database;
import dev.hearth.test.Eventually;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The products of a shop, as the nodes see them and as the database has them. */
final class Products {
    static final String REGION = Product.class.getName();

    /** What is owed when a change of a product could not be announced. */
    static final String TABLE = "table Product";

    static final int COUNT = 20;

    private Products() {}

    /** Nodes whose lost locks lapse while a test can wait for it. */
    static Nodes.Builder nodes(Database database, RedisEndpoint redis) {
        return Nodes.on(database, redis).setting("hibernate.cache.hearth.lock-timeout", "2s");
    }

    /** Makes products 1 to {@value #COUNT} and reads them on every node until the cache serves them. */
    static void fill(Nodes nodes) {
        persist(nodes.get(0));
        for (NodeFixture node : nodes) {
            for (long id = 1; id <= COUNT; id++) {
                awaitHit(node, id);
            }
        }
    }

    static void persist(NodeFixture node) {
        node.inTransaction(session -> {
            for (long id = 1; id <= COUNT; id++) {
                session.persist(new Product(id, "new " + id, new BigDecimal("1.50"), null));
            }
        });
    }

    static String name(NodeFixture node, long id) {
        return node.fromTransaction(session -> session.find(Product.class, id).getName());
    }

    static void rename(NodeFixture node, long id, String name) {
        node.inTransaction(session -> session.find(Product.class, id).setName(name));
    }

    /** Whether the cache served the product without the database. */
    static boolean isHit(NodeFixture node, long id) {
        long before = node.sql().ofThisThread();
        String unused = name(node, id);
        return node.sql().ofThisThread() == before;
    }

    static void awaitHit(NodeFixture node, long id) {
        Eventually.holds("the cache serves product " + id, () -> isHit(node, id));
    }

    static HearthRegionFactory factory(NodeFixture node) {
        return (HearthRegionFactory) node.implementor().getCache().getRegionFactory();
    }

    static void awaitAway(NodeFixture node) {
        Eventually.holds(
                "the node notices that Redis is away", () -> !factory(node).isAvailable());
    }

    /** Waits until the node uses all of its regions. */
    static void awaitRecovered(NodeFixture node) {
        Eventually.holds(
                "the node is back and owes nothing",
                () -> factory(node).isAvailable()
                        && factory(node).regionsInDebt().isEmpty());
    }

    /** Every node reads every product as the database has it, from the database or the cache, and then from the cache. */
    static void assertNothingStale(Database database, Nodes nodes) {
        Map<Long, String> committed = committed(database);
        for (int round = 0; round < 3; round++) {
            for (NodeFixture node : nodes) {
                Map<Long, String> seen = new TreeMap<>();
                committed.keySet().forEach(id -> seen.put(id, name(node, id)));
                assertThat(seen).isEqualTo(committed);
            }
        }
        for (NodeFixture node : nodes) {
            for (long id : committed.keySet()) {
                awaitHit(node, id);
                assertThat(name(node, id)).isEqualTo(committed.get(id));
            }
        }
    }

    static Map<Long, String> committed(Database database) {
        Map<Long, String> names = new TreeMap<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, name from Product")) {
            while (rows.next()) {
                names.put(rows.getLong(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }
}
