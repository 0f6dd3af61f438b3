package dev.hearth.benchmarks;

import dev.hearth.benchmarks.Row.Hit;
import dev.hearth.benchmarks.model.Customer;
import dev.hearth.benchmarks.model.Person;
import dev.hearth.benchmarks.model.Purchase;
import dev.hearth.benchmarks.model.Subscriber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hibernate.KeyType;

/** The rows that there are. Those that write come last, since they make query results stale. */
final class Rows {
    static final List<Row> ALL = all();

    private static final Set<String> GROUPS = Set.of("all", "reads", "queries", "scaling");

    private Rows() {}

    /** The rows of these names or groups, in the order of the table. */
    static List<Row> named(List<String> names) {
        Set<String> left = new LinkedHashSet<>(names);
        List<Row> found = ALL.stream()
                .filter(row -> names.contains(row.name()) || names.stream().anyMatch(group -> in(group, row)))
                .toList();
        found.forEach(row -> left.remove(row.name()));
        left.removeAll(GROUPS);
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("--rows takes all, reads, queries, scaling, "
                    + String.join(", ", ALL.stream().map(Row::name).toList()) + ", but was given " + left);
        }
        return found;
    }

    private static boolean in(String group, Row row) {
        return switch (group) {
            case "all" -> true;
            case "reads" -> !row.throughput() && !row.name().equals("update");
            case "queries" -> row.name().startsWith("query");
            case "scaling" -> row.name().startsWith("find-");
            default -> false;
        };
    }

    private static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(timed("idle", "idle transaction", new Hit(0, 0), app -> {}, (app, seed) -> Reads.idle(app)));
        rows.add(timed("find", "`find` by id", new Hit(0, 1), Rows::readCustomers, Reads::find));
        rows.add(timed(
                "natural-id", "`find` by natural id", new Hit(0, 2), Rows::readNaturalIds, Reads::findByNaturalId));
        rows.add(timed(
                "collection",
                "an order and its 5 lines",
                new Hit(0, 2 + Purchase.LINES),
                Rows::readPurchases,
                Reads::collection));
        IntStream.of(1, 20, 100, 500)
                .mapToObj(results -> query("query-" + results, "FULL", Customer.class, results))
                .forEach(rows::add);
        rows.add(query("query-500-shallow", "SHALLOW", Subscriber.class, 500));
        IntStream.of(20, 100, 500).mapToObj(Rows::readOnlyQuery).forEach(rows::add);
        IntStream.of(1, 2, 4, 8, 32).mapToObj(Rows::scaling).forEach(rows::add);
        rows.add(timed("update", "update one entity", new Hit(1, 1), Rows::readEverywhere, Update::new));
        rows.add(new Row(
                "mixed",
                "80 % `find`, 20 % update, 32 threads",
                32,
                true,
                new Hit(1, 0),
                Rows::readEverywhere,
                Mixed::new));
        return List.copyOf(rows);
    }

    private static Row timed(String name, String title, Hit hit, Consumer<Application> filling, Row.Work work) {
        return new Row(name, title, 1, false, hit, filling, work);
    }

    private static Row query(String name, String layout, Class<? extends Person> type, int results) {
        return query(
                name,
                "query of " + results + ", " + layout,
                type,
                results,
                (app, seed) -> Reads.query(app, type, results));
    }

    private static Row readOnlyQuery(int results) {
        return query(
                "query-" + results + "-read-only",
                "query of " + results + ", FULL, read-only",
                Customer.class,
                results,
                (app, seed) -> Reads.readOnlyQuery(app, Customer.class, results));
    }

    private static Row query(String name, String title, Class<? extends Person> type, int results, Row.Work work) {
        return timed(
                name,
                title,
                new Hit(0, 1),
                app -> {
                    app.inTransaction(Reads.all(type, results));
                    app.inTransaction(session -> Reads.queried(session, type, results));
                },
                work);
    }

    private static Row scaling(int threads) {
        String title = "`find` by id, " + threads + (threads == 1 ? " thread" : " threads");
        return new Row("find-" + threads, title, threads, true, new Hit(0, 1), Rows::readCustomers, Reads::find);
    }

    private static void readCustomers(Application application) {
        application.inTransaction(Reads.all(Customer.class, Data.PEOPLE));
    }

    private static void readEverywhere(Application application) {
        readCustomers(application);
        application.onOtherNodes(Reads.all(Customer.class, Data.PEOPLE));
    }

    private static void readNaturalIds(Application application) {
        readCustomers(application);
        application.inTransaction(session -> {
            for (long id = 1; id <= Data.PEOPLE; id++) {
                session.find(Customer.class, Customer.emailOf(id), KeyType.NATURAL);
            }
        });
    }

    private static void readPurchases(Application application) {
        application.inTransaction(session -> {
            for (long id = 1; id <= Data.PURCHASES; id++) {
                Reads.lines(session, id);
            }
        });
    }
}
