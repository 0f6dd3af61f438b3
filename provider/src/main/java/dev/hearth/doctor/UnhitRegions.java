package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import dev.hearth.statistics.RegionStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Regions that have been asked often and have never served anything. */
final class UnhitRegions implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        Map<String, RegionStatistics> regions = new TreeMap<>();
        node.regions()
                .forEach((name, region) -> regions.put(name, region.store().statistics()));
        node.queryRegions()
                .forEach(region -> regions.put(region.getName(), region.store().statistics()));
        return regions.entrySet().stream()
                .filter(region -> isUnhit(region.getValue()))
                .map(region -> new Finding(
                        Severity.WARNING,
                        "never-hit",
                        region.getKey(),
                        region.getValue().misses() + " look-ups on this node and not one hit",
                        "do not cache what is read once or changes with every read, or see by the reasons of its misses"
                                + " what keeps it from being served"));
    }

    private static boolean isUnhit(RegionStatistics statistics) {
        return statistics.hits() == 0 && statistics.misses() >= ENOUGH;
    }
}
