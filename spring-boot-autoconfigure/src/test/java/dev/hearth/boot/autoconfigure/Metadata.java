package dev.hearth.boot.autoconfigure;

import dev.hearth.config.RegionKind;
import dev.hearth.config.Setting;
import dev.hearth.config.SettingType;
import dev.hearth.warming.WarmingSettingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Spring Boot's metadata of all properties, for completion in an IDE. */
final class Metadata {
    private static final String FOR_KIND = "For regions of the kind ";

    private final List<Map<String, Object>> properties = new ArrayList<>();

    private Metadata() {}

    static String generate() {
        return collect().write();
    }

    /** The same as the rows of a table, without what is said again for each kind of region. */
    static String table() {
        StringBuilder table = new StringBuilder("| property | default | |\n|---|---|---|\n");
        collect().properties.stream()
                .filter(property -> !property.get("description").toString().startsWith(FOR_KIND))
                .forEach(property -> table.append("| `")
                        .append(property.get("name"))
                        .append("` | ")
                        .append(property.containsKey("defaultValue") ? "`" + property.get("defaultValue") + "`" : "")
                        .append(" | ")
                        .append(property.get("description").toString().replace("|", "\\|"))
                        .append(" |\n"));
        return table.toString();
    }

    private static Metadata collect() {
        Metadata metadata = new Metadata();
        metadata.addBoots();
        PropertyNames.settings().forEach(metadata::add);
        WarmingSettingTable.all()
                .forEach(setting -> metadata.add(
                        PropertyNames.warming(setting), setting.type(), setting.defaultText(), setting.description()));
        metadata.add(
                PropertyNames.TASKS,
                "java.util.Map<java.lang.String,java.lang.Object>",
                null,
                "What is to be warmed, by the name of the task; the properties of one are "
                        + String.join(", ", WarmingSettingTable.taskProperties()) + ".");
        metadata.properties.sort((left, right) ->
                left.get("name").toString().compareTo(right.get("name").toString()));
        return metadata;
    }

    private void addBoots() {
        add("hearth.enabled", Boolean.class.getName(), true, "Whether Hearth is the second-level cache at all.");
        add(
                "hearth.admin.show-keys",
                Boolean.class.getName(),
                false,
                "Whether the endpoints may show ids of entries, which may be personal data.");
        add(
                "hearth.dashboard.enabled",
                Boolean.class.getName(),
                false,
                "Whether the dashboard is served, where the endpoints are.");
        add(
                "hearth.dashboard.operator-role",
                String.class.getName(),
                "OPERATOR",
                "Who sees the dashboard's buttons that change something, where somebody is signed in; without a prefix.");
        add(
                "hearth.readiness.await-critical",
                Duration.class.getName(),
                "0s",
                "How long the application waits for critical tasks of warming before it is ready, up to 1h; 0 for not at all.");
        add(
                PropertyNames.REGIONS,
                "java.util.Map<java.lang.String,java.lang.Object>",
                null,
                "Settings of single regions, by the region's name in brackets; the settings of one are "
                        + String.join(
                                ", ",
                                PropertyNames.settings()
                                        .filter(PropertyNames::isOfRegions)
                                        .map(Metadata::nested)
                                        .toList())
                        + ".");
    }

    private void add(Setting<?> setting) {
        add(PropertyNames.PREFIX + nested(setting), setting.type(), setting.defaultText(), setting.description());
        if (!PropertyNames.isOfRegions(setting)) return;
        for (RegionKind kind : RegionKind.values()) {
            add(
                    PropertyNames.PREFIX + kind.settingName() + "." + nested(setting),
                    setting.type(),
                    null,
                    FOR_KIND + kind.settingName() + ": " + setting.description());
        }
    }

    private static String nested(Setting<?> setting) {
        return PropertyNames.spellings(setting).reduce((first, last) -> last).orElseThrow();
    }

    private void add(String name, SettingType<?> type, @Nullable String usual, String description) {
        add(
                name,
                type(type),
                usual == null || usual.isEmpty() ? null : usual,
                description + " Takes " + type.legal() + ".");
    }

    private void add(String name, String type, @Nullable Object usual, String description) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", name);
        property.put("type", type);
        property.put("description", description.replace("`", ""));
        if (usual != null) property.put("defaultValue", usual);
        properties.add(property);
    }

    /* Sizes with a unit, "auto" and "off" are text, although they are read into numbers. */
    private static String type(SettingType<?> type) {
        if (type.javaType() == Integer.class && !type.legal().matches("a whole number from \\d+ to \\d+")) {
            return String.class.getName();
        }
        if (List.class.isAssignableFrom(type.javaType())) return "java.util.List<java.lang.String>";
        boolean known =
                type.javaType().isEnum() || type.javaType().getPackageName().startsWith("java.");
        return known ? type.javaType().getName() : String.class.getName();
    }

    private String write() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return JsonMapper.builder().build().writer().with(printer).writeValueAsString(Map.of("properties", properties))
                + "\n";
    }
}
