package dev.hearth.sample.infra;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first rows of the shop: the same ones each time. Ids count from 1. */
final class ShopRows {
    private static final Logger log = LoggerFactory.getLogger(ShopRows.class);

    private static final int CATEGORIES = 200;
    private static final int PRODUCTS = 10_000;
    private static final int CUSTOMERS = 5_000;
    private static final int ORDERS = 20_000;
    private static final int MOST_LINES = 5;
    private static final int MOST_PIECES = 3;
    private static final int STOCK = 1_000;
    private static final long SEED = 42;
    private static final int SEQUENCE_BLOCK = 50;
    private static final int BATCH = 1_000;

    private static final String[] MAKES = {
        "Amber", "Birch", "Copper", "Dune", "Ember", "Flint", "Granite", "Hazel", "Indigo", "Juniper", "Linen", "Maple",
        "Nordic", "Ochre", "Pine", "Quartz", "Rowan", "Slate", "Teal", "Walnut"
    };
    private static final String[] THINGS = {
        "lamp", "chair", "table", "kettle", "blanket", "shelf", "mirror", "clock", "basket", "stool"
    };
    private static final String[] FIRST_NAMES = {
        "Ada", "Bela", "Chloe", "Dario", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kiran", "Lena", "Malik",
        "Nora", "Omar", "Petra", "Quinn", "Rosa", "Sven", "Tomas"
    };
    private static final String[] LAST_NAMES = {
        "Abbott", "Berg", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Horvat", "Ito", "Jensen", "Kaya", "Lund",
        "Moreau", "Novak", "Okafor", "Petit", "Rossi", "Silva", "Tanaka", "Weber"
    };
    private static final OffsetDateTime FIRST_ORDER = OffsetDateTime.of(2026, 1, 1, 8, 0, 0, 0, ZoneOffset.UTC);
    private static final Duration BETWEEN_ORDERS = Duration.ofMinutes(13);

    private record Line(int order, int product, int quantity) {
        Object[] columns(int id) {
            return new Object[] {id, order, product, quantity, price(product)};
        }
    }

    private final Connection connection;

    ShopRows(Connection connection) {
        this.connection = connection;
    }

    /** Writes all rows; the caller commits. */
    void write() throws SQLException {
        insert("category", CATEGORIES, id -> new Object[] {id, 0, categoryName(id)});
        insert("product", PRODUCTS, id ->
                new Object[] {id, 0, "SKU-%05d".formatted(id), productName(id), price(id), STOCK, categoryOf(id)});
        insert("customer", CUSTOMERS, id -> new Object[] {id, 0, customerName(id), "customer" + id + "@example.com"});
        List<Line> lines = lines();
        Map<Integer, BigDecimal> totals = totals(lines);
        insert(
                "orders", ORDERS, id -> new Object[] {
                    id, 0, customerOf(id), FIRST_ORDER.plus(BETWEEN_ORDERS.multipliedBy(id)), totals.get(id)
                });
        insert("order_line", lines.size(), id -> lines.get(id - 1).columns(id));
        leaveBehind("orders_seq", ORDERS);
        leaveBehind("order_line_seq", lines.size());
    }

    private void insert(String table, int rows, IntFunction<Object[]> columns) throws SQLException {
        log.info("Filling the shop: {} rows into {}", rows, table);
        String marks = String.join(", ", Collections.nCopies(columns.apply(1).length, "?"));
        try (PreparedStatement statement =
                connection.prepareStatement("insert into " + table + " values (" + marks + ")")) {
            for (int id = 1; id <= rows; id++) {
                Object[] values = columns.apply(id);
                for (int column = 0; column < values.length; column++) {
                    statement.setObject(column + 1, values[column]);
                }
                statement.addBatch();
                if (id % BATCH == 0 || id == rows) {
                    statement.executeBatch();
                }
            }
        }
    }

    /** Hibernate takes the value of a sequence as the last id of a block, so the next block begins after the rows. */
    private void leaveBehind(String sequence, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select setval('" + sequence + "', " + (rows + SEQUENCE_BLOCK) + ", false)");
        }
    }

    /** One to five products for each order, never the same one twice. */
    private static List<Line> lines() {
        Random random = new Random(SEED);
        List<Line> lines = new ArrayList<>();
        for (int order = 1; order <= ORDERS; order++) {
            Set<Integer> products = new LinkedHashSet<>();
            int count = 1 + random.nextInt(MOST_LINES);
            while (products.size() < count) {
                products.add(1 + random.nextInt(PRODUCTS));
            }
            for (int product : products) {
                lines.add(new Line(order, product, 1 + random.nextInt(MOST_PIECES)));
            }
        }
        return lines;
    }

    private static Map<Integer, BigDecimal> totals(List<Line> lines) {
        Map<Integer, BigDecimal> totals = new HashMap<>();
        for (Line line : lines) {
            BigDecimal cost = price(line.product()).multiply(BigDecimal.valueOf(line.quantity()));
            totals.merge(line.order(), cost, BigDecimal::add);
        }
        return totals;
    }

    private static String categoryName(int category) {
        return MAKES[(category - 1) % MAKES.length] + " " + THINGS[(category - 1) / MAKES.length % THINGS.length];
    }

    private static int categoryOf(int product) {
        return 1 + (product - 1) % CATEGORIES;
    }

    private static String productName(int product) {
        return categoryName(categoryOf(product)) + " no. " + (1 + (product - 1) / CATEGORIES);
    }

    /** 1.99 to 201.98. */
    private static BigDecimal price(int product) {
        return BigDecimal.valueOf(199 + product * 7_919L % 20_000, 2);
    }

    private static String customerName(int customer) {
        int last = (customer - 1) / FIRST_NAMES.length % LAST_NAMES.length;
        return FIRST_NAMES[(customer - 1) % FIRST_NAMES.length] + " " + LAST_NAMES[last];
    }

    private static int customerOf(int order) {
        return 1 + (order - 1) % CUSTOMERS;
    }
}
