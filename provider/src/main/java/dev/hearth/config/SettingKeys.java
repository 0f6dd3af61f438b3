package dev.hearth.config;

import dev.hearth.config.Setting.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the name of a setting means: which setting, and for which regions. Names here lack our prefix. */
final class SettingKeys {
    static final String REGION = "region.";

    /** A setting for a kind of region, for one region, or (both null) for the node or all regions. */
    record Place(
            Setting<?> setting,
            @Nullable RegionKind kind,
            @Nullable String region) {}

    private SettingKeys() {}

    /** What the name means, or null if nothing. */
    static @Nullable Place find(String name) {
        if (name.startsWith(REGION)) return findInRegion(name.substring(REGION.length()));
        for (Setting<?> setting : SettingTable.all()) {
            if (name.equals(setting.name())) return new Place(setting, null, null);
            if (setting.scope() != Scope.REGION) continue;
            for (RegionKind kind : RegionKind.values()) {
                if (name.equals(of(kind, setting))) return new Place(setting, kind, null);
            }
        }
        return null;
    }

    /** The valid name nearest to one that means nothing. */
    static String nearest(String name) {
        if (!name.startsWith(REGION)) return nearestOf(name, find(REGION + name) == null ? null : REGION + name);
        int end = name.lastIndexOf('.');
        if (end < REGION.length()) return REGION + "<region>." + SettingTable.TIME_TO_LIVE.name();
        List<String> names = SettingTable.all().stream()
                .filter(setting -> setting.scope() == Scope.REGION)
                .map(Setting::name)
                .toList();
        return name.substring(0, end + 1)
                + NearestName.to(name.substring(end + 1), names).orElseThrow();
    }

    /* A region's name alone before a setting is what somebody writes who forgot the word in front of it. */
    private static String nearestOf(String name, @Nullable String another) {
        List<String> names = new ArrayList<>();
        for (Setting<?> setting : SettingTable.all()) {
            names.add(setting.name());
            if (setting.scope() != Scope.REGION) continue;
            for (RegionKind kind : RegionKind.values()) names.add(of(kind, setting));
        }
        if (another != null) names.add(another);
        return NearestName.to(name, names).orElseThrow();
    }

    private static String of(RegionKind kind, Setting<?> setting) {
        return kind.settingName() + "." + setting.name();
    }

    /* A region's name may have dots, and so may a setting's: the longest setting that ends the name is meant. */
    private static @Nullable Place findInRegion(String name) {
        Setting<?> found = null;
        for (Setting<?> setting : SettingTable.all()) {
            boolean ends = setting.scope() == Scope.REGION && name.endsWith("." + setting.name());
            if (ends && name.length() > setting.name().length() + 1 && isLonger(setting, found)) found = setting;
        }
        if (found == null) return null;
        return new Place(
                found, null, name.substring(0, name.length() - found.name().length() - 1));
    }

    private static boolean isLonger(Setting<?> setting, @Nullable Setting<?> other) {
        return other == null || setting.name().length() > other.name().length();
    }
}
