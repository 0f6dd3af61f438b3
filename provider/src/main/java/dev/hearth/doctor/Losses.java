package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import dev.hearth.statistics.Benefit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Regions and queries whose caching takes more time than it saves. */
final class Losses implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return Stream.concat(
                node.losses(ENOUGH).entrySet().stream()
                        .filter(region -> region.getValue().hits() > 0)
                        .map(region -> finding(
                                "region-net-loss",
                                region.getKey(),
                                region.getValue(),
                                "do not cache what the database answers as fast, or keep it near")),
                node.queries().losses(ENOUGH).stream()
                        .map(query -> finding(
                                "query-net-loss",
                                Queries.subject(query),
                                query.benefit(),
                                "do not make it cacheable: its tables change too often, its parameters differ too much,"
                                        + " or the database answers as fast")));
    }

    private static Finding finding(String code, String subject, Benefit benefit, String remedy) {
        return new Finding(
                Severity.WARNING,
                code,
                subject,
                "caching it took " + millis(benefit.spentNanos()) + " ms on this node, and its " + benefit.hits()
                        + " hits saved " + millis(benefit.savedNanos()),
                remedy);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
