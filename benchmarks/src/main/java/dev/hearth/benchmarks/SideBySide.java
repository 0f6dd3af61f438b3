package dev.hearth.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Measures the same application with several ways of caching in one run, and in turns, so that whatever else goes on in
 * the machine hits all alike. Starts PostgreSQL and Redis itself. Prints a Markdown table and writes it to a file.
 */
public final class SideBySide {
    private final Options options;
    private final Report report;

    private SideBySide(Options options) {
        this.options = options;
        this.report = new Report(options.variants().stream().map(Variant::name).toList(), options.baseline());
    }

    /** @param arguments see {@code --help} */
    public static void main(String... arguments) throws IOException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options = Options.parse(arguments);
        Report.publish(run(options, String.join(" ", arguments)), options.out());
    }

    /** Measures, and answers with the table. */
    static String run(Options options, String command) {
        SideBySide run = new SideBySide(options);
        try (Site site = new Site(options.delay())) {
            run.measure(site);
            return run.report.markdown(Heading.of(options, site, options.baseline(), "SideBySide " + command));
        }
    }

    private void measure(Site site) {
        List<Application> applications = new ArrayList<>();
        try {
            for (Variant variant : options.variants()) {
                progress("starting " + variant.name());
                applications.add(Application.start(site, variant, options.nodes()));
            }
            options.rows().forEach(row -> measure(row, applications));
        } finally {
            applications.forEach(Application::close);
        }
    }

    private void measure(Row row, List<Application> applications) {
        progress("measuring " + row.name());
        Map<Application, Turns> turns = new LinkedHashMap<>();
        try {
            for (Application application : applications) {
                Turns own = turns(row, application);
                turns.put(application, own);
                if (application.variant().cached()) {
                    row.filling().accept(application);
                }
                CacheCheck.verify(application, row, own.operation());
                own.warmUp(options.warmUp());
                CacheCheck.verify(application, row, own.operation());
            }
            Map<Application, Long> before = new LinkedHashMap<>();
            applications.forEach(application -> before.put(application, application.statements()));
            for (int round = 0; round < options.rounds(); round++) {
                turns.values().forEach(own -> own.turn(options.round()));
            }

            Map<String, Figure> figures = new LinkedHashMap<>();
            turns.forEach((application, own) -> {
                long statements = application.statements() - before.getOrDefault(application, 0L);
                double missed = CacheCheck.missed(application, row, statements, own.operations());
                CacheCheck.verify(application, row, own.operation());
                figures.put(application.variant().name(), own.figure(missed));
            });
            report.add(row.title(), figures);
        } finally {
            turns.values().forEach(Turns::close);
        }
    }

    private static Turns turns(Row row, Application application) {
        IntFunction<Operation> operation = seed -> row.work().on(application, seed);
        return row.throughput() ? Turns.counted(row.threads(), operation) : Turns.timed(operation);
    }

    private static void progress(String what) {
        System.err.println("side by side: " + what);
    }
}
