package dev.hearth.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run was asked to do.
 *
 * @param rows what is measured
 * @param variants what is compared; those that this build cannot do are left out unless they were asked for
 * @param baseline the name of the variant that the others are compared with
 * @param delay added each way in front of both servers; zero is no proxy at all
 * @param rounds how often each variant has its turn at each row, at least 1
 * @param round how long a turn lasts
 * @param warmUp how long each variant does a row before the first round
 * @param nodes how many nodes share a cache that can be shared, at least 1
 * @param out the file that the table is written to
 */
record Options(
        List<Row> rows,
        List<Variant> variants,
        String baseline,
        Duration delay,
        int rounds,
        Duration round,
        Duration warmUp,
        int nodes,
        Path out) {

    static final String USAGE = """
            --rows=NAMES      all, reads, queries, scaling, or names of rows, separated by commas (default all)
            --variants=NAMES  which to compare (default: all that this build has; for --rows=update Hearth alone)
            --baseline=NAME   which to compare with (default none, else remote, else the first)
            --delay=TIME      added each way in front of both servers, as 0.25ms (default 0ms: no proxies)
            --rounds=N        turns of each variant at each row (default 10)
            --round=TIME      how long a turn lasts (default 500ms)
            --warm-up=TIME    how long a variant does a row before its first turn (default 4s)
            --nodes=N         nodes that share a cache that can be shared; the first is measured (default 3)
            --out=FILE        where the table is written (default target/side-by-side.md)
            --quick           a few operations of each only, to see that everything runs; the figures mean nothing
            """;

    private static final Set<String> NAMES =
            Set.of("rows", "variants", "baseline", "delay", "rounds", "round", "warm-up", "nodes", "out", "quick");

    Options {
        if (rounds < 1 || nodes < 1) {
            throw new IllegalArgumentException(
                    "--rounds and --nodes must be at least 1, but were " + rounds + " and " + nodes);
        }
        if (variants.stream().noneMatch(variant -> variant.name().equals(baseline))) {
            throw new IllegalArgumentException("--baseline must be one of the variants that run, but was " + baseline);
        }
    }

    /** @throws IllegalArgumentException if an argument is not known or not legal; the message says what is */
    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!name.startsWith("--") || !NAMES.contains(name.substring(2))) {
                throw new IllegalArgumentException("'" + argument + "' is not known. Legal are:\n" + USAGE);
            }
            given.put(name.substring(2), equals < 0 ? "" : argument.substring(equals + 1));
        }
        boolean quick = given.containsKey("quick");
        List<Row> rows = Rows.named(words(given.getOrDefault("rows", "all")));
        List<Variant> variants = variants(given.get("variants"), rows);
        return new Options(
                rows,
                variants,
                given.getOrDefault("baseline", baseline(variants)),
                duration(given.getOrDefault("delay", "0ms")),
                Integer.parseInt(given.getOrDefault("rounds", quick ? "2" : "10")),
                duration(given.getOrDefault("round", quick ? "20ms" : "500ms")),
                duration(given.getOrDefault("warm-up", quick ? "20ms" : "4s")),
                Integer.parseInt(given.getOrDefault("nodes", "3")),
                Path.of(given.getOrDefault("out", "target/side-by-side.md")));
    }

    private static List<Variant> variants(@Nullable String given, List<Row> rows) {
        if (given == null) {
            boolean updateOnly = rows.stream().allMatch(row -> row.name().equals("update"));
            return Variants.ALL.stream()
                    .filter(variant -> !updateOnly || Variants.HEARTH.contains(variant.name()))
                    .filter(variant -> variant.obstacle().get().isEmpty())
                    .toList();
        }
        List<Variant> variants = words(given).stream().map(Variants::named).toList();
        for (Variant variant : variants) {
            String obstacle = variant.obstacle().get();
            if (!obstacle.isEmpty()) {
                throw new IllegalArgumentException("--variants: " + variant.name() + " cannot run, " + obstacle);
            }
        }
        return variants;
    }

    private static String baseline(List<Variant> variants) {
        List<String> names = variants.stream().map(Variant::name).toList();
        return names.contains("none") ? "none" : names.contains("remote") ? "remote" : names.get(0);
    }

    private static List<String> words(String list) {
        List<String> words = new ArrayList<>();
        for (String word : list.split(",", -1)) {
            words.add(word.strip());
        }
        return words;
    }

    /** A number with its unit, {@code us}, {@code ms} or {@code s}; parts of one as well. */
    static Duration duration(String text) {
        String number = text.replaceFirst("(us|ms|s)$", "");
        double unit = switch (text.substring(number.length())) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            default ->
                throw new IllegalArgumentException(
                        "A time is a number and us, ms or s, as 0.25ms, but was '" + text + "'");
        };
        return Duration.ofNanos(Math.round(Double.parseDouble(number) * unit));
    }
}
