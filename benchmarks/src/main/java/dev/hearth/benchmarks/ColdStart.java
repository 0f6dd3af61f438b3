package dev.hearth.benchmarks;

import dev.hearth.benchmarks.ShopRequests.Taken;
import dev.hearth.test.Database;
import dev.hearth.test.PostgresServers;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Compares the first requests to the packaged sample shop after a start with an empty Redis: without warming, and with it.
 * Starts PostgreSQL and Redis itself, and the shop anew for each turn. Prints a Markdown table of medians over the rounds.
 */
public final class ColdStart {
    private static final String USAGE = """
            --jar=FILE      the packaged shop (default sample-app/target/hearth-sample-app.jar)
            --requests=N    how many requests follow each start (default 10000)
            --clients=N     how many clients send them (default 4)
            --rounds=N      how often either way has its turn (default 5)
            """;
    private static final int FIRST = 1_000;
    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.99;

    private enum Way {
        COLD("--hearth.warming.enabled=false"),
        WARM("--hearth.warming.enabled=true");

        private final String argument;

        Way(String argument) {
            this.argument = argument;
        }
    }

    /** One turn. */
    private record Turn(long readyNanos, Taken taken) {}

    private final Database database;
    private final RedisServerFixture redis;
    private final Path jar;
    private final int requests;
    private final int clients;
    private final Path log = Files.createTempFile("hearth-shop", ".log");
    private final Map<Way, List<Turn>> turns = new EnumMap<>(Way.class);

    private ColdStart(Database database, RedisServerFixture redis, Path jar, int requests, int clients)
            throws Exception {
        this.database = database;
        this.redis = redis;
        this.jar = jar;
        this.requests = requests;
        this.clients = clients;
    }

    /** @param arguments see {@code --help} */
    public static void main(String... arguments) throws Exception {
        Path jar = Path.of("sample-app/target/hearth-sample-app.jar");
        Map<String, Integer> numbers = new HashMap<>(Map.of("requests", 10_000, "clients", 4, "rounds", 5));
        for (String argument : arguments) {
            String[] parts = argument.replaceFirst("^--", "").split("=", 2);
            if (parts.length == 2 && parts[0].equals("jar")) {
                jar = Path.of(parts[1]);
            } else if (parts.length == 2 && numbers.containsKey(parts[0])) {
                numbers.put(parts[0], Integer.parseInt(parts[1]));
            } else {
                System.out.print(USAGE);
                return;
            }
        }
        if (!Files.exists(jar)) {
            throw new IllegalArgumentException("There is no " + jar.toAbsolutePath()
                    + "; build it with mvn -pl sample-app -am package, or name another by --jar=");
        }
        Database database = PostgresServers.create();
        try (RedisServerFixture redis = RedisServers.start()) {
            new ColdStart(database, redis, jar, numbers.getOrDefault("requests", 0), numbers.getOrDefault("clients", 0))
                    .run(numbers.getOrDefault("rounds", 0));
        } finally {
            PostgresServers.drop(database);
        }
    }

    private void run(int rounds) throws Exception {
        // The first start fills the database.
        System.err.println("cold start: rehearsal, " + describe(Way.COLD, turn(Way.COLD)));
        for (int round = 1; round <= rounds; round++) {
            for (Way way : round % 2 == 1 ? List.of(Way.COLD, Way.WARM) : List.of(Way.WARM, Way.COLD)) {
                Turn turn = turn(way);
                turns.computeIfAbsent(way, key -> new ArrayList<>()).add(turn);
                System.err.println("cold start: round " + round + ", " + describe(way, turn));
            }
        }
        print();
        Files.delete(log);
    }

    private Turn turn(Way way) throws Exception {
        try (RedisConnection connection = redis.endpoint().connect()) {
            connection.call("FLUSHALL");
        }
        try (ShopProcess shop = ShopProcess.start(
                jar,
                log,
                List.of(
                        "--shop.postgres.url=" + database.url(),
                        "--shop.redis.url=" + redis.endpoint().url(),
                        way.argument))) {
            return new Turn(shop.readyNanos(), new ShopRequests(requests).send(shop, clients));
        }
    }

    private String describe(Way way, Turn turn) {
        return String.format(
                Locale.ROOT,
                "%s: ready after %.1f s, %d statements, p99 %.2f ms",
                name(way),
                turn.readyNanos / 1e9,
                turn.taken.statements(requests),
                turn.taken.millis(requests, HIGH));
    }

    private static String name(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "| start | ready, s | SQL of the first %,d | p50, ms | p99, ms | SQL of all %,d | p50, ms | p99, ms |%n",
                Math.min(FIRST, requests),
                requests);
        System.out.println("|---|---|---|---|---|---|---|---|");
        turns.forEach((way, all) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %,.0f | %.2f | %.2f | %,.0f | %.2f | %.2f |%n",
                name(way),
                median(all, turn -> turn.readyNanos / 1e9),
                median(all, turn -> turn.taken.statements(FIRST)),
                median(all, turn -> turn.taken.millis(FIRST, MEDIAN)),
                median(all, turn -> turn.taken.millis(FIRST, HIGH)),
                median(all, turn -> turn.taken.statements(requests)),
                median(all, turn -> turn.taken.millis(requests, MEDIAN)),
                median(all, turn -> turn.taken.millis(requests, HIGH))));
    }

    private static double median(List<Turn> all, ToDoubleFunction<Turn> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
