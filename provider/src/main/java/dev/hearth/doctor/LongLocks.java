package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;

/** Soft locks of this node's transactions that are held for long. */
final class LongLocks implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        return node.node().longHolds().stream()
                .map(hold -> new Finding(
                        Severity.WARNING,
                        "lock-held-long",
                        hold.transaction(),
                        "thread '" + hold.thread() + "' has begun a transaction that has held " + hold.locks()
                                + " locks on " + String.join(", ", hold.subjects()) + " for "
                                + hold.held().toMillis()
                                + " ms; until it ends, what they lock is read from the database",
                        "end transactions soon after their first flush, and close every session"));
    }
}
