package dev.hearth.hibernate;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A node's regions of query results, by the names under which they are shown. Safe for concurrent use. */
final class QueryRegions {
    /* A query may name a region as one of entities is named, which has the name to itself. As in Redis's keys. */
    private static final String SUFFIX = ".q";

    private final List<QueryRegion> regions = new CopyOnWriteArrayList<>();
    private final Predicate<String> taken;

    /** @param taken whether a region of something else has this name */
    QueryRegions(Predicate<String> taken) {
        this.taken = taken;
    }

    void add(QueryRegion region) {
        regions.add(region);
    }

    List<QueryRegion> all() {
        return List.copyOf(regions);
    }

    List<String> names() {
        return regions.stream().map(this::name).toList();
    }

    String name(QueryRegion region) {
        return taken.test(region.getName()) ? region.getName() + SUFFIX : region.getName();
    }

    Optional<QueryRegion> find(String name) {
        return regions.stream().filter(region -> name(region).equals(name)).findFirst();
    }
}
