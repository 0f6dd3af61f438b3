package dev.hearth.config;

import dev.hearth.config.Setting.Scope;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of {@code docs/configuration.md}, which stand between marks in text that people write. */
final class ConfigurationPage {
    private static final Pattern TABLE =
            Pattern.compile("(<!-- generated: (\\w+) -->\\n).*?(<!-- end -->)", Pattern.DOTALL);

    private ConfigurationPage() {}

    /** The page with every table as the settings are now. */
    static String withTables(String page) {
        return TABLE.matcher(page)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + table(found.group(2)) + found.group(3)));
    }

    private static String table(String section) {
        Predicate<Setting<?>> chosen = switch (section) {
            case "regions" -> setting -> setting.scope() == Scope.REGION;
            case "redis" -> setting -> setting.name().startsWith("redis.");
            case "node" ->
                setting -> setting.scope() == Scope.NODE && !setting.name().startsWith("redis.");
            default -> throw new IllegalArgumentException("There is no table '" + section + "'");
        };
        String rows = SettingTable.all().stream()
                .filter(chosen)
                .map(ConfigurationPage::row)
                .collect(Collectors.joining());
        return "| setting | meaning | default | takes | example |\n|---|---|---|---|---|\n" + rows;
    }

    private static String row(Setting<?> setting) {
        String defaultText = setting.defaultText();
        return "| `" + setting.name() + "` | " + setting.description() + " | "
                + (defaultText == null || defaultText.isEmpty() ? "" : "`" + defaultText + "`") + " | "
                + setting.type().legal() + " | " + example(setting) + " |\n";
    }

    private static String example(Setting<?> setting) {
        String example = setting.type().example();
        return example.contains(" ") ? example : "`" + example + "`";
    }
}
