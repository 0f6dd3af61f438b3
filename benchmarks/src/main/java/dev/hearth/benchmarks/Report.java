package dev.hearth.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The figures of a run as Markdown. */
final class Report {
    private final List<String> variants;
    private final String baseline;
    private final Map<Row, Map<String, Figure>> figures = new LinkedHashMap<>();

    Report(List<String> variants, String baseline) {
        this.variants = List.copyOf(variants);
        this.baseline = baseline;
    }

    /** @param byVariant a figure for each variant */
    void add(Row row, Map<String, Figure> byVariant) {
        figures.put(row, Map.copyOf(byVariant));
    }

    /** The table of figures and ratios, and below it how far the turns lay apart. */
    String markdown(String heading) {
        List<String> compared =
                variants.stream().filter(name -> !name.equals(baseline)).toList();
        List<String> head = new ArrayList<>(List.of("row", "unit"));
        head.addAll(variants);
        compared.forEach(name -> head.add(name + " / " + baseline));
        StringBuilder text = new StringBuilder(heading).append('\n');
        line(text, head);
        line(text, head.stream().map(cell -> "---").toList());
        figures.forEach((row, byVariant) -> {
            List<String> cells = new ArrayList<>(start(row));
            variants.forEach(name -> cells.add(of(byVariant, name).text()));
            compared.forEach(
                    name -> cells.add(Figure.number(of(byVariant, name).timeRelativeTo(of(byVariant, baseline)))));
            line(text, cells);
        });
        text.append("\nTurns, lowest to highest:\n\n");
        List<String> spreadHead = head.subList(0, 2 + variants.size());
        line(text, spreadHead);
        line(text, spreadHead.stream().map(cell -> "---").toList());
        figures.forEach((row, byVariant) ->
                line(text, cells(row, name -> of(byVariant, name).spread())));
        return text.toString();
    }

    private List<String> cells(Row row, Function<String, String> cell) {
        List<String> cells = new ArrayList<>(start(row));
        variants.forEach(name -> cells.add(cell.apply(name)));
        return cells;
    }

    private static List<String> start(Row row) {
        return List.of(row.title(), row.throughput() ? "op/s" : "µs, p50 (p99)");
    }

    private static Figure of(Map<String, Figure> byVariant, String name) {
        Figure figure = byVariant.get(name);
        if (figure == null) {
            throw new IllegalStateException("There is no figure of " + name);
        }
        return figure;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
