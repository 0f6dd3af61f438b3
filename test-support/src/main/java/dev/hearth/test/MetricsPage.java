package dev.hearth.test;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of {@code docs/metrics.md}, which stand between marks in text that people write. */
public final class MetricsPage {
    private MetricsPage() {}

    /**
     * The page with the meters that are registered in the table of this name, behind a line {@code <!-- generated: name -->}.
     */
    public static String withTable(String page, String name, MeterRegistry registry) {
        return Pattern.compile("(<!-- generated: " + name + " -->\\n).*?(<!-- end -->)", Pattern.DOTALL)
                .matcher(page)
                .replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + table(registry) + found.group(2)));
    }

    private static String table(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .sorted(Comparator.comparing(Meter.Id::getName))
                .map(MetricsPage::row)
                .distinct()
                .collect(Collectors.joining(
                        "", "| meter | type | unit | tags | meaning |\n|---|---|---|---|---|\n", ""));
    }

    private static String row(Meter.Id id) {
        String tags = id.getTags().stream()
                .map(Tag::getKey)
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(", "));
        return "| `" + id.getName() + "` | " + id.getType() + " | " + Objects.requireNonNullElse(id.getBaseUnit(), "")
                + " | " + tags + " | " + id.getDescription() + " |\n";
    }
}
