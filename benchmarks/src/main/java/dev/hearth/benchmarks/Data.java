package dev.hearth.benchmarks;

import dev.hearth.benchmarks.model.Customer;
import dev.hearth.benchmarks.model.Purchase;
import dev.hearth.benchmarks.model.PurchaseLine;
import dev.hearth.benchmarks.model.Subscriber;
import dev.hearth.test.Database;
import dev.hearth.test.Nodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The rows that every variant finds in its database. */
final class Data {
    /** The ids of customers and of subscribers are 1 to this. */
    static final int PEOPLE = 1_000;

    /** The ids of orders are 1 to this. */
    static final int PURCHASES = 200;

    static final List<Class<?>> ENTITIES =
            List.of(Customer.class, Subscriber.class, Purchase.class, PurchaseLine.class);

    /** Hibernate without a cache. */
    static final Map<String, Object> PLAIN = Map.of(
            Nodes.REGION_FACTORY,
            Nodes.UNSET,
            "hibernate.cache.use_second_level_cache",
            "false",
            "hibernate.cache.use_query_cache",
            "false",
            "hibernate.jdbc.batch_size",
            "100",
            "hibernate.order_inserts",
            "true");

    private Data() {}

    /** Creates tables and rows in an empty database, past any cache, and lets PostgreSQL look at them. */
    static void fill(Database database) {
        try (Nodes plain = Nodes.on(database).settings(PLAIN).entities(ENTITIES).start(1)) {
            plain.get(0).inTransaction(session -> {
                for (long id = 1; id <= PEOPLE; id++) {
                    Customer customer = new Customer(id);
                    session.persist(customer);
                    session.persist(new Subscriber(id));
                    if (id <= PURCHASES) {
                        session.persist(new Purchase(id, customer));
                    }
                }
            });
        }
        analyze(database);
    }

    private static void analyze(Database database) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be analyzed", e);
        }
    }
}
