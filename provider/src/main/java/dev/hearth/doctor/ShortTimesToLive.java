package dev.hearth.doctor;

import dev.hearth.config.RegionSettings;
import dev.hearth.hibernate.HibernateNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Regions whose entries live less long than a lock of a node that died. */
final class ShortTimesToLive implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        Map<String, RegionSettings> regions = new TreeMap<>();
        node.regions()
                .forEach((name, region) -> regions.put(name, region.store().settings()));
        node.queryRegions()
                .forEach(region ->
                        regions.put(region.getName(), region.store().region().settings()));
        return regions.entrySet().stream()
                .filter(region -> region.getValue()
                                .timeToLive()
                                .compareTo(region.getValue().lockTimeout())
                        < 0)
                .map(region -> new Finding(
                        Severity.WARNING,
                        "time-to-live-below-lock-timeout",
                        region.getKey(),
                        "entries live for " + region.getValue().timeToLive().toMillis() + " ms, less than the "
                                + region.getValue().lockTimeout().toMillis()
                                + " ms for which the lock of a node that died keeps one from being cached",
                        "set lock-timeout to less than time-to-live, or do not cache what changes so often"));
    }
}
