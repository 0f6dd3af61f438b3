package dev.hearth.boot.autoconfigure;

import dev.hearth.config.RegionKind;
import dev.hearth.config.Setting;
import dev.hearth.config.SettingTable;
import dev.hearth.warming.WarmingSetting;
import dev.hearth.warming.WarmingSettingTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The names under {@code hearth.} and the names of Hibernate's settings that they stand for. Each is the provider's name; one
 * that is also the beginning of others, which YAML cannot nest, has a second spelling: {@code near.mode} for {@code near}.
 */
final class PropertyNames {
    static final String PREFIX = "hearth.";
    static final String REGIONS = "hearth.regions";
    static final String TASKS = "hearth.warming.task";
    static final String HIBERNATE_REGION = Setting.PREFIX + "region.";
    static final String HIBERNATE_TASK = "hibernate.hearth.warming.task.";
    static final List<String> OF_BOOT = List.of(
            "hearth.enabled",
            "hearth.admin.show-keys",
            "hearth.dashboard.enabled",
            "hearth.dashboard.operator-role",
            "hearth.readiness.await-critical");
    /* An object, which has no text: the application's bean stands for it. */
    private static final String CLIENT = "redis.client";

    private PropertyNames() {}

    /**
     * A property that stands for one of Hibernate's settings; {@code list} if it takes several values, {@code flag} if true or
     * false.
     */
    record Named(String property, String hibernate, boolean list, boolean flag) {}

    /** The properties of the node, of all regions, of kinds of regions, and of warming. */
    static List<Named> all() {
        return Stream.concat(
                        settings()
                                .flatMap(setting -> places(setting)
                                        .flatMap(place -> spellings(setting)
                                                .map(name -> new Named(
                                                        PREFIX + place + name,
                                                        Setting.PREFIX + place + setting.name(),
                                                        isList(setting),
                                                        isFlag(setting))))),
                        WarmingSettingTable.all().stream()
                                .map(setting -> new Named(
                                        warming(setting),
                                        setting.key(),
                                        false,
                                        setting.type().javaType() == Boolean.class)))
                .toList();
    }

    static String warming(WarmingSetting<?> setting) {
        return PREFIX + "warming." + setting.name();
    }

    /** The settings that have a text. */
    static Stream<Setting<?>> settings() {
        return SettingTable.all().stream().filter(setting -> !setting.name().equals(CLIENT));
    }

    /** The settings of regions by each spelling. */
    static Map<String, Setting<?>> ofRegions() {
        Map<String, Setting<?>> byName = new LinkedHashMap<>();
        settings()
                .filter(PropertyNames::isOfRegions)
                .forEach(setting -> spellings(setting).forEach(name -> byName.put(name, setting)));
        return byName;
    }

    static boolean isOfRegions(Setting<?> setting) {
        return setting.scope() == Setting.Scope.REGION;
    }

    static boolean isFlag(Setting<?> setting) {
        return setting.type().javaType() == Boolean.class;
    }

    static boolean isList(Setting<?> setting) {
        return List.class.isAssignableFrom(setting.type().javaType());
    }

    /** The names that a setting goes by; the last can be nested. */
    static Stream<String> spellings(Setting<?> setting) {
        boolean begins = settings().anyMatch(other -> other.name().startsWith(setting.name() + "."));
        String own = isFlag(setting) ? ".enabled" : ".mode";
        return begins ? Stream.of(setting.name(), setting.name() + own) : Stream.of(setting.name());
    }

    private static Stream<String> places(Setting<?> setting) {
        return isOfRegions(setting)
                ? Stream.concat(Stream.of(""), Stream.of(RegionKind.values()).map(kind -> kind.settingName() + "."))
                : Stream.of("");
    }

    /** The name under {@code hearth.} that stands for one of Hibernate's settings; other names as they are. */
    static String property(String hibernate) {
        if (hibernate.startsWith(HIBERNATE_REGION)) {
            String place = hibernate.substring(HIBERNATE_REGION.length());
            return SettingTable.find(hibernate.substring(Setting.PREFIX.length()))
                    .map(setting -> REGIONS + "["
                            + place.substring(
                                    0,
                                    Math.max(0, place.length() - setting.name().length() - 1))
                            + "]." + setting.name())
                    .orElse(REGIONS + "[" + place + "]");
        }
        String warming = "hibernate.hearth.warming.";
        if (hibernate.startsWith(warming)) return PREFIX + "warming." + hibernate.substring(warming.length());
        return hibernate.startsWith(Setting.PREFIX) ? PREFIX + hibernate.substring(Setting.PREFIX.length()) : hibernate;
    }
}
