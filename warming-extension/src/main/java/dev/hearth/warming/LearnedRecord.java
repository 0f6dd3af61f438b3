package dev.hearth.warming;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was hot: of each region its gain and its keys, of queries their gain. Immutable.
 *
 * @param regions by name
 * @param queries gains in nanoseconds, by the digest of the query's shape
 */
record LearnedRecord(Map<String, Region> regions, Map<String, Long> queries) {
    /* Several nodes add to one record, each what it has seen since it last did, while what is there fades: half of it in a
     * day. So what lasts outweighs what was seen once, and nodes count by how long they have looked. */
    static final LearnedRecord EMPTY = new LearnedRecord(Map.of(), Map.of());
    static final int WHOLE = 1000;

    private static final String HEADER = "hearth-learned 1";
    private static final Duration HALF_LIFE = Duration.ofDays(1);

    /**
     * A region of entities or collections.
     *
     * @param netNanos what caching it gained; 0 if nobody can tell
     * @param keys how hot each is: {@link #WHOLE} if it led the region for a whole interval
     */
    record Region(long netNanos, Map<String, Long> keys) {
        private static final Region NONE = new Region(0, Map.of());

        private Region aged(double factor) {
            Map<String, Long> left = new LinkedHashMap<>();
            keys.forEach((key, weight) -> {
                long faded = Math.round(weight * factor);
                if (faded > 0) {
                    left.put(key, faded);
                }
            });
            return new Region(Math.round(netNanos * factor), left);
        }

        private Region plus(Region more) {
            return new Region(netNanos + more.netNanos, sum(keys, more.keys));
        }

        private Region within(int limit) {
            return new Region(netNanos, largest(keys, limit));
        }
    }

    LearnedRecord {
        regions = Map.copyOf(regions);
        queries = Map.copyOf(queries);
    }

    boolean isEmpty() {
        return regions.isEmpty() && queries.isEmpty();
    }

    int keys() {
        return regions.values().stream().mapToInt(region -> region.keys.size()).sum();
    }

    // Adding up

    /** As it is worth after this time. */
    LearnedRecord aged(Duration age) {
        double factor = Math.pow(0.5, (double) age.toMillis() / HALF_LIFE.toMillis());
        Map<String, Region> left = new LinkedHashMap<>();
        regions.forEach((name, region) -> left.put(name, region.aged(factor)));
        Map<String, Long> faded = new LinkedHashMap<>();
        queries.forEach((shape, nanos) -> faded.put(shape, Math.round(nanos * factor)));
        return new LearnedRecord(left, faded);
    }

    LearnedRecord plus(LearnedRecord more) {
        Map<String, Region> all = new LinkedHashMap<>(regions);
        more.regions.forEach((name, region) -> all.merge(name, region, Region::plus));
        return new LearnedRecord(all, sum(queries, more.queries));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sums = new LinkedHashMap<>(one);
        other.forEach((key, value) -> sums.merge(key, value, Long::sum));
        return sums;
    }

    /** The hottest of it: regions lose keys alike until all of it fits into so many bytes. */
    LearnedRecord within(int keysOfRegion, int mostQueries, int bytes) {
        Map<String, Long> first = largest(queries, mostQueries);
        for (int limit = keysOfRegion; ; limit /= 2) {
            int most = limit;
            Map<String, Region> left = new LinkedHashMap<>();
            regions.forEach((name, region) -> {
                if (!region.keys.isEmpty() && most > 0) {
                    left.put(name, region.within(most));
                }
            });
            LearnedRecord smaller = new LearnedRecord(left, first);
            if (limit == 0 || smaller.bytes().length <= bytes) {
                return smaller;
            }
        }
    }

    private static Map<String, Long> largest(Map<String, Long> all, int limit) {
        return ordered(all)
                .limit(limit)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
    }

    /** The largest first. */
    static Stream<Map.Entry<String, Long>> ordered(Map<String, Long> all) {
        return all.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()));
    }

    // As text

    byte[] bytes() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        regions.forEach((name, region) -> {
            line(text, 'r', region.netNanos, URLEncoder.encode(name, StandardCharsets.UTF_8));
            region.keys.forEach((key, weight) -> line(text, 'k', weight, key));
        });
        queries.forEach((shape, nanos) -> line(text, 'q', nanos, shape));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, char kind, long number, String name) {
        text.append(kind).append(' ').append(number).append(' ').append(name).append('\n');
    }

    /** @throws IllegalArgumentException if that is no such record */
    static LearnedRecord read(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException("it does not begin with '" + HEADER + "'");
        }
        Map<String, Region> regions = new LinkedHashMap<>();
        Map<String, Long> queries = new LinkedHashMap<>();
        Map<String, Long> keys = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] parts = lines.get(i).split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("line " + (i + 1) + " has not three parts");
            }
            long number = Long.parseLong(parts[1]);
            switch (parts[0]) {
                case "r" -> {
                    keys = new LinkedHashMap<>();
                    regions.put(URLDecoder.decode(parts[2], StandardCharsets.UTF_8), new Region(number, keys));
                }
                case "k" -> keys.put(parts[2], number);
                case "q" -> queries.put(parts[2], number);
                default -> throw new IllegalArgumentException("line " + (i + 1) + " is of no kind that is known");
            }
        }
        return new LearnedRecord(regions, queries);
    }

    /** The region; without anything if the record has none of that name. */
    Region region(String name) {
        return regions.getOrDefault(name, Region.NONE);
    }
}
