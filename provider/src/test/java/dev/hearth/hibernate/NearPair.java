package dev.hearth.hibernate;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hibernate.Session;

/** Two nodes with a near tier: one that changes things, and one that keeps them, behind a network of its own. */
final class NearPair implements AutoCloseable {
    private final FaultProxy proxy;
    private final Nodes behindProxy;
    private final CachingNode writer;
    private final CachingNode keeper;

    private NearPair(FaultProxy proxy, Nodes behindProxy, CachingNode writer, CachingNode keeper) {
        this.proxy = proxy;
        this.behindProxy = behindProxy;
        this.writer = writer;
        this.keeper = keeper;
    }

    /** Settings of both nodes: everything is kept strictly. */
    static Nodes.Builder settings(Nodes.Builder builder, Duration lease) {
        return builder.setting(Nodes.NEAR, "strict")
                .setting("hibernate.cache.hearth.near.lease", lease.toMillis() + "ms");
    }

    /** The extension's first node is the one that changes things. */
    static NearPair with(CacheNodesExtension nodes, UnaryOperator<Nodes.Builder> settings) {
        FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
        try {
            Nodes behindProxy = settings.apply(nodes.builder())
                    .keepSchema()
                    .setting(Nodes.REDIS_URL, proxy.url())
                    .start(1);
            return new NearPair(proxy, behindProxy, nodes.get(0), nodes.caching(behindProxy.get(0)));
        } catch (RuntimeException e) {
            proxy.close();
            throw e;
        }
    }

    FaultProxy proxy() {
        return proxy;
    }

    CachingNode writer() {
        return writer;
    }

    CachingNode keeper() {
        return keeper;
    }

    /** Asks until the keeper answers without Redis, and with this. */
    <T> void awaitKept(Function<Session, T> question, T expected) {
        awaitKept(keeper, question, expected);
    }

    /** Asks until a node answers without Redis, and with this. */
    static <T> void awaitKept(CachingNode node, Function<Session, T> question, T expected) {
        NearNodes.awaitTrust(node);
        Waiting.until(
                "'" + expected + "' is kept near",
                () -> node.ask(question::apply).equals(CachingNode.Answer.cached(expected))
                        && expected.equals(ifNear(node, question)));
    }

    /** What a node answers, if that takes neither Redis nor the database; else "from afar". */
    static Object ifNear(CachingNode node, Function<Session, ?> question) {
        Object[] answer = new Object[1];
        long statements = node.sql().ofThisThread();
        long waits = CachingNode.waits(() -> answer[0] = node.fixture().fromTransaction(question));
        return waits == 0 && node.sql().ofThisThread() == statements ? answer[0] : "from afar";
    }

    @Override
    public void close() {
        behindProxy.close();
        proxy.close();
    }
}
