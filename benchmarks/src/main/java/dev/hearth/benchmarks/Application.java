package dev.hearth.benchmarks;

import dev.hearth.test.Nodes;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.stat.Statistics;

/** The running application with one way of caching: the node that is measured, and those that share its cache. */
final class Application implements AutoCloseable {
    private static final int POOL = 40;

    private final Variant variant;
    private final Nodes nodes;
    private final SessionFactory measured;
    private final StatementCounter statements;

    private Application(Variant variant, Nodes nodes, StatementCounter statements) {
        this.variant = variant;
        this.statements = statements;
        this.nodes = nodes;
        this.measured = nodes.get(0).sessionFactory();
    }

    /** @param count how many nodes share a cache that can be shared */
    static Application start(Site site, Variant variant, int count) {
        StatementCounter statements = new StatementCounter();
        Nodes nodes = Nodes.on(site.newDatabase())
                .settings(variant.allSettings(site.redis()))
                .settingOf(0, "hibernate.session_factory.statement_inspector", statements)
                .entities(Data.ENTITIES)
                .keepSchema()
                .poolSize(POOL)
                .start(variant.shared() ? count : 1);
        return new Application(variant, nodes, statements);
    }

    Variant variant() {
        return variant;
    }

    /** Does the work on the node that is measured, in a session and a transaction of its own. */
    void inTransaction(Consumer<Session> work) {
        measured.inTransaction(work);
    }

    /** As {@link #inTransaction}, with an answer. */
    <T> T fromTransaction(Function<Session, T> work) {
        return measured.fromTransaction(work);
    }

    /** The node that is measured, as Hibernate's own code sees it. */
    SessionFactoryImplementor implementor() {
        return nodes.get(0).implementor();
    }

    /** Does the same work on every other node. */
    void onOtherNodes(Consumer<Session> work) {
        IntStream.range(1, nodes.size()).mapToObj(nodes::get).forEach(node -> node.inTransaction(work));
    }

    /** The SQL statements that the node that is measured has ever prepared. */
    long statements() {
        return statements.total();
    }

    /** What Hibernate counted on the node that is measured while the work was done; otherwise it counts nothing. */
    Counts counting(Runnable work) {
        Statistics statistics = nodes.get(0).statistics();
        statistics.clear();
        statistics.setStatisticsEnabled(true);
        try {
            work.run();
        } finally {
            statistics.setStatisticsEnabled(false);
        }
        return new Counts(
                statistics.getPrepareStatementCount(),
                statistics.getSecondLevelCacheHitCount()
                        + statistics.getNaturalIdCacheHitCount()
                        + statistics.getQueryCacheHitCount());
    }

    @Override
    public void close() {
        nodes.close();
    }

    /** Names the nodes for a message. */
    @Override
    public String toString() {
        return variant.name() + ", " + nodes.size() + (nodes.size() == 1 ? " node" : " nodes");
    }

    /**
     * @param statements SQL statements that were prepared
     * @param hits of entities, collections, natural ids and query results
     */
    record Counts(long statements, long hits) {}
}
