package dev.hearth.config;

import dev.hearth.config.SettingKeys.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hibernate.cfg.CacheSettings;
import org.jspecify.annotations.Nullable;

/** Reads Hibernate's settings into ours, and collects every problem on the way. Used once. */
final class SettingsReader {
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Set<Setting<?>> malformed = new HashSet<>();
    private final Map<RegionKind, SettingValues> kinds = new EnumMap<>(RegionKind.class);
    private final Map<String, SettingValues> regions = new LinkedHashMap<>();
    private SettingValues global = SettingValues.EMPTY;

    HearthSettings read(Map<String, ?> given) {
        new TreeMap<>(given).forEach((key, value) -> {
            if (key.startsWith(Setting.PREFIX) && value != null) read(key, value);
        });
        String keyspace = keyspace(given.get(CacheSettings.CACHE_REGION_PREFIX));
        new SettingRules(global, malformed, problems).check(lockTimeouts());
        NodeSettings node = unlessMalformed(
                List.of(SettingTable.POLL_INTERVAL, SettingTable.STAMP_VALIDITY), () -> NodeSettings.of(global));
        RedisSettings redis = unlessMalformed(List.of(SettingTable.REDIS_URL), () -> RedisSettings.of(global));
        if (!problems.isEmpty() || node == null || redis == null) throw new HearthConfigurationException(problems);
        return new HearthSettings(keyspace, redis, node, EncodingSettings.of(global), global, kinds, regions);
    }

    private void read(String key, Object value) {
        String name = key.substring(Setting.PREFIX.length());
        Place place = SettingKeys.find(name);
        if (place == null) {
            /* Without its value, which may be the password of a misspelt setting. */
            problems.add(new SettingProblem(
                    key, "is not a setting of Hearth", "the nearest is " + Setting.PREFIX + SettingKeys.nearest(name)));
        } else {
            read(key, value, place.setting(), place);
        }
    }

    private <T> void read(String key, Object value, Setting<T> setting, Place place) {
        try {
            store(place, setting, setting.read(key, value));
        } catch (HearthConfigurationException e) {
            problems.addAll(e.problems());
            malformed.add(setting);
        }
    }

    private <T> void store(Place place, Setting<T> setting, T value) {
        if (place.kind() != null) {
            kinds.put(
                    place.kind(),
                    kinds.getOrDefault(place.kind(), SettingValues.EMPTY).with(setting, value));
        } else if (place.region() != null) {
            regions.put(
                    place.region(),
                    regions.getOrDefault(place.region(), SettingValues.EMPTY).with(setting, value));
        } else {
            global = global.with(setting, value);
        }
    }

    private String keyspace(@Nullable Object prefix) {
        String keyspace = global.get(SettingTable.KEYSPACE);
        if (prefix == null || prefix.toString().isBlank()) return keyspace;
        try {
            return SettingTable.KEYSPACE_TYPE.read(
                    keyspace + "." + prefix.toString().strip());
        } catch (IllegalArgumentException e) {
            problems.add(new SettingProblem(
                    CacheSettings.CACHE_REGION_PREFIX,
                    "is '" + prefix + "', which cannot be appended to " + SettingTable.KEYSPACE.key(),
                    "both with a dot between them must be " + SettingTable.KEYSPACE_TYPE.legal() + ", for example "
                            + keyspace + ".orders"));
            return keyspace;
        }
    }

    private List<SettingValues> lockTimeouts() {
        List<SettingValues> layers = new ArrayList<>(kinds.values());
        layers.addAll(regions.values());
        layers.add(global);
        return layers;
    }

    /* A problem between two settings is none if one of them is malformed: the default then stands in for it. */
    private <T> @Nullable T unlessMalformed(List<Setting<?>> settings, Supplier<T> made) {
        try {
            return made.get();
        } catch (HearthConfigurationException e) {
            if (Collections.disjoint(malformed, settings)) problems.addAll(e.problems());
            return null;
        }
    }
}
