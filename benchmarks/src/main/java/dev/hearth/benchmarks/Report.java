package dev.hearth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The figures of a run as Markdown. */
final class Report {
    private static final String FIGURES = "µs, p50 (p99)";
    private static final String SPREADS = "µs, p50";

    private final List<String> variants;
    private final String baseline;
    private final Map<String, Map<String, Figure>> figures = new LinkedHashMap<>();

    Report(List<String> variants, String baseline) {
        this.variants = List.copyOf(variants);
        this.baseline = baseline;
    }

    /** @param byVariant a figure for each variant */
    void add(String row, Map<String, Figure> byVariant) {
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
            List<String> cells = cells(row, byVariant, FIGURES, Figure::text);
            compared.forEach(
                    name -> cells.add(Figure.number(of(byVariant, name).timeRelativeTo(of(byVariant, baseline)))));
            line(text, cells);
        });
        if (text.indexOf(Figure.MARK) >= 0) {
            text.append(
                    "\n† More than 1 % of these operations were not served by the cache: this is no figure of hits.\n");
        }
        text.append("\nTurns, lowest to highest:\n\n");
        List<String> spreadHead = head.subList(0, 2 + variants.size());
        line(text, spreadHead);
        line(text, spreadHead.stream().map(cell -> "---").toList());
        figures.forEach((row, byVariant) -> line(text, cells(row, byVariant, SPREADS, Figure::spread)));
        return text.toString();
    }

    /** Prints the table and writes it to a file. */
    static void publish(String table, Path file) throws IOException {
        System.out.println(table);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, table);
    }

    private List<String> cells(
            String row, Map<String, Figure> byVariant, String timeUnit, Function<Figure, String> cell) {
        List<Figure> own = variants.stream().map(name -> of(byVariant, name)).toList();
        List<String> cells = new ArrayList<>(List.of(row, own.get(0).throughput() ? "op/s" : timeUnit));
        own.forEach(figure -> cells.add(cell.apply(figure)));
        return cells;
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
