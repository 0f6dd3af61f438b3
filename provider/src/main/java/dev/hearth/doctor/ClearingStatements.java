package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;

/** Native statements that clear everything. */
final class ClearingStatements implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return node.clearingStatements().stream()
                .sorted()
                .map(place -> new Finding(
                        Severity.WARNING,
                        "native-statement-clears-all",
                        place,
                        "it runs a native statement that names no tables, for which Hibernate clears every cached region and"
                                + " all query results",
                        "name what it changes with addSynchronizedEntityClass or addSynchronizedQuerySpace"));
    }
}
