package dev.hearth.benchmarks;

import dev.hearth.benchmarks.Application.Counts;

/** Makes sure that what is measured as a hit is one: Hibernate counts the hits, and prepares no statement. */
final class CacheCheck {
    private static final int OPERATIONS = 50;
    // A put after a load may still be on its way, and what a busy machine delays too long is read from the database.
    private static final int TRIES = 5;
    private static final double TOLERANCE = 0.04;

    private CacheCheck() {}

    /**
     * Does the operation a few times on a variant that caches, and counts.
     *
     * @throws IllegalStateException if it was not served by the cache; the message has row, variant and counts
     */
    static void verify(Application application, Row row, Operation operation) {
        if (!applies(application, row)) {
            return;
        }
        Counts last = new Counts(0, 0);
        for (int tried = 0; tried < TRIES; tried++) {
            if (tried > 0) {
                row.filling().accept(application);
            }
            last = application.counting(() -> repeat(operation));
            if (hits(last, row.hit())) {
                return;
            }
        }
        throw new IllegalStateException("[" + application + "] '" + row.name() + "' is not served by the cache: "
                + OPERATIONS + " operations should have made " + row.hit().hits() * OPERATIONS + " hits and prepared "
                + row.hit().statements() * OPERATIONS + " statements, but made " + last.hits() + " and prepared "
                + last.statements());
    }

    /** The share of operations that the cache did not serve, given the statements that they prepared. */
    static double missed(Application application, Row row, long statements, long operations) {
        long more = statements - row.hit().statements() * operations;
        return applies(application, row) ? Math.max(0, (double) more / operations) : 0;
    }

    // Where many write at once, what one reads another has just changed; those misses are part of the row.
    private static boolean applies(Application application, Row row) {
        return application.variant().cached() && !row.name().equals("mixed");
    }

    private static void repeat(Operation operation) {
        for (int i = 0; i < OPERATIONS; i++) {
            operation.ready();
            operation.run();
        }
    }

    private static boolean hits(Counts counts, Row.Hit expected) {
        double spare = TOLERANCE * OPERATIONS;
        return counts.statements() <= expected.statements() * OPERATIONS + spare
                && counts.hits() >= expected.hits() * (OPERATIONS - spare);
    }
}
