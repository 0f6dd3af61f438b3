package dev.hearth.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that can be set, read once at start-up and immutable. {@link SettingTable} has the names, the ranges and the
 * defaults.
 */
public final class HearthSettings {
    private final String keyspace;
    private final RedisSettings redis;
    private final NodeSettings node;
    private final EncodingSettings encoding;
    private final SettingValues global;
    private final Map<RegionKind, SettingValues> kinds;
    private final Map<String, SettingValues> regions;

    HearthSettings(
            String keyspace,
            RedisSettings redis,
            NodeSettings node,
            EncodingSettings encoding,
            SettingValues global,
            Map<RegionKind, SettingValues> kinds,
            Map<String, SettingValues> regions) {
        this.keyspace = keyspace;
        this.redis = redis;
        this.node = node;
        this.encoding = encoding;
        this.global = global;
        this.kinds = Map.copyOf(kinds);
        this.regions = Map.copyOf(regions);
    }

    /**
     * Reads the settings that begin with {@link Setting#PREFIX}, and {@code hibernate.cache.region_prefix}, from those that
     * Hibernate was given. Values are text or typed: durations, numbers, booleans, enum constants.
     *
     * @throws HearthConfigurationException if any is unknown, malformed, out of range or at odds with another; it lists all
     *     problems
     */
    public static HearthSettings read(Map<String, ?> hibernateSettings) {
        return new SettingsReader().read(hibernateSettings);
    }

    /** What every key in Redis begins with, the region prefix included: letters, digits, dots, {@code _ - ,} only. */
    public String keyspace() {
        return keyspace;
    }

    public RedisSettings redis() {
        return redis;
    }

    public NodeSettings node() {
        return node;
    }

    public EncodingSettings encoding() {
        return encoding;
    }

    public StatisticsSettings statistics() {
        return StatisticsSettings.of(global);
    }

    /**
     * The settings of one region: its own, over those of its kind, over those for all regions, over the defaults.
     *
     * @param regionName as the mapping names it, without the region prefix
     */
    public RegionSettings region(RegionKind kind, String regionName) {
        return RegionSettings.of(global.overriddenBy(kinds.get(kind)).overriddenBy(regions.get(regionName)));
    }

    /** The regions that only queries name, at run time. */
    public List<String> queryRegions() {
        return global.get(SettingTable.QUERY_REGIONS);
    }

    /**
     * Refuses settings for regions that do not exist: a misspelt name would otherwise leave a region with its defaults.
     *
     * @param existingRegionNames the names of all regions, without the region prefix
     * @throws HearthConfigurationException if there are any; it lists all of them, each with the nearest name
     */
    public void checkRegions(Set<String> existingRegionNames) {
        Set<String> known = new TreeSet<>(existingRegionNames);
        known.addAll(queryRegions());
        List<SettingProblem> problems = new TreeSet<>(regions.keySet())
                .stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> unknownRegion(name, known))
                        .toList();
        if (!problems.isEmpty()) throw new HearthConfigurationException(problems);
    }

    private static SettingProblem unknownRegion(String name, Set<String> known) {
        return new SettingProblem(
                Setting.PREFIX + SettingKeys.REGION + name,
                "is set, but there is no region '" + name + "'",
                NearestName.to(name, known)
                                .map(nearest -> "the nearest is '" + nearest + "'")
                                .orElse("there are no regions at all")
                        + "; if only queries name it at run time, add it to " + SettingTable.QUERY_REGIONS.key());
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "HearthSettings[keyspace=" + keyspace + ", " + redis + ", " + node + ", " + encoding + ", regions="
                + new TreeSet<>(regions.keySet()) + "]";
    }
}
