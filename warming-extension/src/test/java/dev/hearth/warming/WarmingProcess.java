package dev.hearth.warming;

import dev.hearth.test.ChildJvm;
import dev.hearth.test.Database;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.io.IOException;

/** The main class of a node that warms gauges in a process of its own, until it is killed. */
final class WarmingProcess {
    private WarmingProcess() {}

    /** @param args the URLs of database and Redis, and the keyspace */
    public static void main(String[] args) throws IOException {
        try (Nodes nodes = Gauges.nodes(new Database(args[0]), new RedisEndpoint(args[1]), args[2])
                        .keepSchema()
                        .start(1);
                Warming warming = Gauges.warm(nodes.get(0))) {
            ChildJvm.awaitEndOfInput();
        }
    }
}
