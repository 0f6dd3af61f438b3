package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.statistics.QueryFigures;
import dev.hearth.statistics.QueryLedger;
import dev.hearth.statistics.QueryLedger.Order;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.StandardBasicTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the ledger says of queries that were asked on real servers. */
final class QueryLedgerIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final AtomicLong IDS = new AtomicLong();
    private static final Duration SLOW = Duration.ofMillis(60);

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(10);
    private final String name = "Secret " + id;

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> {
            session.persist(new Product(id, name, BigDecimal.ONE, null));
            session.persist(new Product(id + 1, name, BigDecimal.ONE, null));
        });
        reader.awaitStamp();
        ledger(reader).reset();
    }

    @Test
    void aMissIsACallThatLoadsRowsAndSendsBytes() {
        assertThat(reader.ask(names()).fromCache()).isFalse();

        QueryFigures query = only(reader);
        assertThat(query.calls()).isEqualTo(1);
        assertThat(query.misses()).isEqualTo(1);
        assertThat(query.hits()).isZero();
        assertThat(query.stale()).isZero();
        assertThat(query.rows()).isEqualTo(2);
        assertThat(query.bytes()).isPositive();
        assertThat(query.database().count()).isEqualTo(1);
        assertThat(query.hit().count()).isZero();
    }

    @Test
    void aHitInRedisReadsTheBytesThatThePutHasSent() {
        writer.askUntilCached(names());
        ledger(reader).reset();
        assertThat(reader.ask(names())).isEqualTo(cached(List.of(name, name)));
        long bytes = only(reader).bytes();
        reader.ask(names());

        QueryFigures query = only(reader);
        assertThat(query.remoteHits()).isEqualTo(2);
        assertThat(query.nearHits()).isZero();
        assertThat(query.misses()).isZero();
        assertThat(query.rows()).isEqualTo(4);
        assertThat(query.bytes()).isEqualTo(2 * bytes);
        assertThat(query.hit().count()).isEqualTo(2);
        assertThat(query.hit().p99Nanos()).isGreaterThanOrEqualTo(query.hit().meanNanos() / 2);
        assertThat(query.lastSeen()).isBetween(Instant.now().minusSeconds(60), Instant.now());

        sendsWhatIsReadLater(bytes);
    }

    private void sendsWhatIsReadLater(long bytes) {
        writer.cache().evictQueryRegions();
        Waiting.until("the result is stored anew", () -> {
            ledger(reader).reset();
            reader.ask(names());
            return only(reader).bytes() > 0;
        });
        assertThat(only(reader).bytes()).isEqualTo(bytes);
    }

    @Test
    void whatTheDatabaseTakesIsWhatAHitSaves() {
        Waiting.until("the slow query was loaded and is a hit", () -> {
            reader.ask(slow());
            return only(reader).hits() >= 3;
        });

        QueryFigures query = only(reader);
        long loads = query.database().count();
        assertThat(query.database().meanNanos()).isBetween(SLOW.toNanos(), 100 * SLOW.toNanos());
        assertThat(query.database().p99Nanos()).isGreaterThanOrEqualTo(SLOW.toNanos());
        assertThat(query.hit().meanNanos()).isPositive();
        assertThat(query.benefit().loads()).isEqualTo(loads);
        assertThat(query.benefit().savedNanos()).isGreaterThanOrEqualTo(3 * SLOW.toNanos());
        assertThat(query.benefit().spentNanos())
                .isGreaterThan(query.hit().meanNanos() * query.hit().count()
                        - query.hit().count());
    }

    @Test
    void aChangeOfItsTableIsNamedAndOneOfAnotherIsNot() {
        reader.askUntilCached(names());
        ledger(reader).reset();
        reader.ask(names());
        writer.inTransaction(session -> session.persist(new Customer(id, id + "@example.org", "Ada", null)));
        writer.inTransaction(session -> session.find(Product.class, id).setName("Hawk"));

        Waiting.until(
                "the node has heard of the change",
                () -> only(reader).invalidations().equals(Map.of("Product", 1L)));
    }

    @Test
    void aResultThatIsChangingIsAStaleMiss() {
        reader.askUntilCached(names());
        ledger(reader).reset();
        try (Session session = writer.open()) {
            session.beginTransaction();
            session.find(Product.class, id).setName("Hawk");
            session.flush();
            writer.settle();
            assertThat(reader.ask(names()).fromCache()).isFalse();
            session.getTransaction().rollback();
        }

        assertThat(only(reader).stale()).isEqualTo(1);
        assertThat(only(reader).misses()).isEqualTo(1);
    }

    @Test
    void aHitInsideTheProcessIsNoneOfRedis() {
        try (Nodes more = NearNodes.strict(nodes.builder()).keepSchema().start(1)) {
            CachingNode near = nodes.caching(more.get(0));
            NearPair.awaitKept(near, names()::apply, List.of(name, name));
            ledger(near).reset();

            int asked = 2_000;
            for (int i = 0; i < asked; i++) {
                near.fixture().fromTransaction(names());
            }

            QueryFigures query = only(near);
            assertThat(query.nearHits()).isEqualTo(asked);
            assertThat(query.remoteHits()).isZero();
            assertThat(query.bytes()).isZero();
            assertThat(query.rows()).isEqualTo(2L * asked);
            assertThat(query.hit().count()).isBetween(asked / 4L, asked * 4L);
            assertThat(query.hit().meanNanos()).isBetween(1L, 10_000_000L);
        }
    }

    @Test
    void aQueryThatIsNeverServedIsALoss() {
        for (int i = 0; i < 5; i++) {
            writer.inTransaction(session -> session.find(Product.class, id).setName("Hawk" + System.nanoTime()));
            reader.ask(names());
        }
        Waiting.until("another query gains", () -> {
            reader.ask(slow());
            return ledger(reader).top(1, Order.BENEFIT).get(0).benefit().netNanos() > 0;
        });

        assertThat(ledger(reader).losses(5))
                .singleElement()
                .satisfies(query -> assertThat(query.sql()).doesNotContain("pg_sleep"));
        assertThat(ledger(reader).losses(1_000)).isEmpty();
    }

    @Test
    void noValueOfAParameterIsTold() {
        Function<Session, List<Long>> byName =
                session -> session.createQuery("select id from Product where name = :name", Long.class)
                        .setParameter("name", name)
                        .setCacheable(true)
                        .list();
        reader.ask(byName);

        assertThat(only(reader).sql()).contains("?");
        assertThat(only(reader).toString()).doesNotContain(name).doesNotContain("Secret");
    }

    @Test
    void thereAreFiguresOfNoMoreQueriesThanTheSettingSays() {
        try (Nodes more = nodes.builder()
                .keepSchema()
                .setting("hibernate.cache.hearth.statistics.queries", "7")
                .start(1)) {
            CachingNode bounded = nodes.caching(more.get(0));
            for (int i = 0; i < 60; i++) {
                int literal = i;
                bounded.fixture()
                        .inTransaction(session -> session.createQuery(
                                        "select name from Product where id = 0 and 1 <> " + literal + "5", String.class)
                                .setCacheable(true)
                                .list());
            }

            assertThat(ledger(bounded).size()).isBetween(1L, 7L);
        }
    }

    @Test
    void nothingIsTakenDownWhereStatisticsAreOff() {
        try (Nodes more = nodes.builder()
                .keepSchema()
                .setting("hibernate.cache.hearth.statistics", "false")
                .start(1)) {
            CachingNode silent = nodes.caching(more.get(0));
            silent.ask(names());
            silent.ask(session -> session.find(Product.class, id));

            assertThat(ledger(silent).top(10, Order.CALLS)).isEmpty();
            assertThat(factory(silent).benefits()).isEmpty();
        }
    }

    private Function<Session, List<String>> names() {
        return session -> session.createQuery("select name from Product where id between :id and :id + 1", String.class)
                .setParameter("id", id)
                .setCacheable(true)
                .list();
    }

    private Function<Session, Object> slow() {
        return session -> session.createNativeQuery(
                        "select cast(pg_sleep(0.06) as text) as slept from Product where id = :id", Object.class)
                .setParameter("id", id)
                .unwrap(NativeQuery.class)
                .addScalar("slept", StandardBasicTypes.STRING)
                .addSynchronizedEntityClass(Product.class)
                .setCacheable(true)
                .uniqueResult();
    }

    private static QueryFigures only(CachingNode node) {
        List<QueryFigures> all = ledger(node).top(10, Order.CALLS);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static QueryLedger ledger(CachingNode node) {
        return factory(node).queries();
    }

    private static HearthRegionFactory factory(CachingNode node) {
        return (HearthRegionFactory) node.cache().getRegionFactory();
    }
}
