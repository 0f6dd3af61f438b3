package dev.hearth.doctor;

import dev.hearth.hibernate.HibernateNode;
import java.util.stream.Stream;

/** A client that loses messages of changes: nothing stale comes of it, but what is kept near is dropped each time. */
final class LostMessages implements Check {
    @Override
    public Stream<Finding> examine(HibernateNode node) {
        long gaps = node.node().tier().statistics().near().gaps();
        return gaps == 0
                ? Stream.empty()
                : Stream.of(new Finding(
                        Severity.WARNING,
                        "messages-lost",
                        "the client of node " + node.node().tier().node(),
                        "it has lost messages of changes on a subscription that went on, %d times so far, and what this node"
                                        .formatted(gaps)
                                + " keeps near was dropped each time",
                        "let Hearth make its own client, by hibernate.cache.hearth.redis.url or .config, which loses none;"
                                + " if this one is Hearth's, report it"));
    }
}
