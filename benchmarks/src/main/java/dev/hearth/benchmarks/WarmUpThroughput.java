package dev.hearth.benchmarks;

import dev.hearth.benchmarks.model.Subscriber;
import dev.hearth.test.Database;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresServers;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Measures how fast warming fills an empty cache with all rows of a table, beside a loop that reads them through Hibernate,
 * and beside the limit: the same rows by JDBC, and as many bytes into Redis. Starts PostgreSQL and Redis itself. Prints a
 * Markdown table.
 */
public final class WarmUpThroughput {
    private static final String USAGE = """
            --rows=NUMBERS    how many rows, separated by commas (default 100000)
            --rehearsal=N     rows of a first run of each way, which is not reported (default 50000; 0 for none)
            """;
    private static final String ROWS = "--rows=";
    private static final String REHEARSAL = "--rehearsal=";

    private final Database database;
    private final RedisServerFixture redis;
    private final List<String> lines = new ArrayList<>();

    private WarmUpThroughput(Database database, RedisServerFixture redis) {
        this.database = database;
        this.redis = redis;
    }

    /** @param arguments see {@code --help} */
    public static void main(String... arguments) throws Exception {
        String sizes = "100000";
        int rehearsal = 50_000;
        for (String argument : arguments) {
            if (argument.startsWith(ROWS)) {
                sizes = argument.substring(ROWS.length());
            } else if (argument.startsWith(REHEARSAL)) {
                rehearsal = Integer.parseInt(argument.substring(REHEARSAL.length()));
            } else {
                System.out.print(USAGE);
                return;
            }
        }
        Database database = PostgresServers.create();
        try (RedisServerFixture redis = RedisServers.start()) {
            WarmUpThroughput run = new WarmUpThroughput(database, redis);
            if (rehearsal > 0) {
                run.measure(rehearsal);
                run.lines.clear();
            }
            for (String size : sizes.split(",", -1)) {
                run.measure(Integer.parseInt(size.strip()));
            }
            run.print();
        } finally {
            PostgresServers.drop(database);
        }
    }

    private void measure(int rows) throws Exception {
        System.err.println("warm-up: " + rows + " rows");
        fill(rows);
        Measured warmUp = alone(new WarmUps(database, redis.endpoint())::warming, rows);
        int entryBytes = entryBytes();
        Measured refresh = watched(new WarmUps(database, redis.endpoint())::refresh, rows);
        Measured findAll = alone(new WarmUps(database, redis.endpoint())::findAll, rows);
        Measured limit = alone(new RawCopy(database, redis.endpoint(), entryBytes)::copy, rows);
        for (Measured measured : List.of(warmUp, refresh, findAll, limit)) {
            lines.add("| %,d | %s | %,.0f | %,d | %,.0f | %s | %s | %.0f |"
                    .formatted(
                            rows,
                            measured.way,
                            measured.readRate(),
                            measured.stored,
                            measured.storedRate(),
                            ratio(warmUp, measured),
                            ratio(measured, limit),
                            measured.heapBytes / 1e6));
        }
    }

    /* A refresh stores nothing where everything is there. */
    private static String ratio(Measured one, Measured other) {
        return one.stored == 0 || other.stored == 0 ? "-" : "%.2f".formatted(one.storedRate() / other.storedRate());
    }

    /** What a way has done with the rows, and the most that the heap held after a collection. */
    record Measured(String way, int rows, long nanos, long stored, long heapBytes) {
        double readRate() {
            return rows / (nanos / 1e9);
        }

        /** Of entries that came into Redis: what is under way may be dropped, and is not stored then. */
        double storedRate() {
            return stored / (nanos / 1e9);
        }
    }

    /** A way to bring rows into Redis. */
    @FunctionalInterface
    interface Way {
        /** Answers what it took, without what the heap held. */
        Measured bring(int rows) throws Exception;
    }

    private Measured alone(Way way, int rows) throws Exception {
        try (RedisConnection connection = redis.endpoint().connect()) {
            connection.call("FLUSHALL");
        }
        return watched(way, rows);
    }

    private static Measured watched(Way way, int rows) throws Exception {
        System.gc();
        try (HeapAfterCollections heap = new HeapAfterCollections()) {
            Measured measured = way.bring(rows);
            System.err.printf(Locale.ROOT, "warm-up: %s, %,.0f rows/s%n", measured.way, measured.readRate());
            return new Measured(measured.way, rows, measured.nanos, measured.stored, heap.most());
        }
    }

    private int entryBytes() {
        try (RedisConnection connection = redis.endpoint().connect()) {
            return Math.toIntExact((Long) Objects.requireNonNull(connection.call("STRLEN", RawCopy.key(1))));
        }
    }

    /* Past Hibernate: what is measured is how rows are read. */
    private void fill(int rows) throws SQLException {
        try (Nodes plain = Nodes.on(database)
                .settings(Data.PLAIN)
                .entities(Subscriber.class)
                .start(1)) {
            System.err.println("warm-up: tables of " + plain.size() + " node are there");
        }
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into Subscriber (id, version, firstName, lastName, street, city, postcode, country,"
                            + " born, active, balance) select i, 0, 'First' || i, 'Lastname' || i,"
                            + " i || ' Long Street of the Town', 'City ' || i % 100, 10000 + i, 'Country ' || i % 10,"
                            + " date '1950-01-01' + i % 20000, i % 2 = 0, i % 1000 from generate_series(1, " + rows
                            + ") as i");
            statement.execute("VACUUM ANALYZE Subscriber");
        }
    }

    private void print() {
        System.out.println(
                "| rows | way | read/s | stored | stored/s | warming / it | it / limit | heap after collections, MB |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        lines.forEach(System.out::println);
    }
}
