package dev.hearth.benchmarks;

import java.util.Locale;

/** Says above the table how its figures came about. */
final class Heading {
    private Heading() {}

    static String of(Options options, Site site, String baseline, String arguments) {
        return String.format(
                Locale.ROOT,
                """
                `%s`

                %d processors, Java %s. Each way %s added in front of both servers; a round trip takes %s µs to Redis \
                and %s µs to PostgreSQL (medians). Each variant has %d turns of %s ms at each row, in turns with the \
                others, after %s ms of warm-up. Ratios are of time, turn by \
                turn, the middle one of them: below 1 is faster than `%s`.
                """,
                arguments,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                options.delay().isZero()
                        ? "nothing"
                        : Figure.number(options.delay().toNanos() / 1e6) + " ms",
                Figure.number(site.redisRoundTrip()),
                Figure.number(site.postgresRoundTrip()),
                options.rounds(),
                options.round().toMillis(),
                options.warmUp().toMillis(),
                baseline);
    }
}
