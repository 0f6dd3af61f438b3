package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.hibernate.Town.Club;
import dev.hearth.hibernate.Town.Person;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.BaseSessionEventListener;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.query.Query;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The query cache counts, and tells listeners, what Hibernate's own counts and tells for the same operations. */
final class QueryStatisticsIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, builder -> builder.entities(Town.ENTITIES));

    @RegisterExtension
    static final PostgresExtension apart = new PostgresExtension();

    private record Step(String name, Consumer<Session> work) {}

    private static final List<Step> SCRIPT = List.of(
            new Step("fill", session -> {
                Club club = new Club(1);
                session.persist(club);
                Person ada = new Person(1, "Ada", "Dare");
                ada.clubs.add(club);
                session.persist(ada);
            }),
            new Step("miss", session -> clubs(session).list()),
            new Step("hit", session -> clubs(session).list()),
            new Step("two tables, miss", session -> members(session).list()),
            new Step("two tables, hit", session -> members(session).list()),
            new Step("twice in a session", session -> {
                clubs(session).list();
                clubs(session).list();
            }),
            new Step("insert", session -> session.persist(new Club(2))),
            new Step("stale", session -> clubs(session).list()),
            new Step("hit again", session -> clubs(session).list()),
            new Step(
                    "bulk statement",
                    session -> session.createMutationQuery("update Person set motto = 'Rest'")
                            .executeUpdate()),
            new Step("after the bulk statement", session -> members(session).list()),
            new Step(
                    "cache mode refresh",
                    session -> clubs(session).setCacheMode(CacheMode.REFRESH).list()),
            new Step(
                    "cache mode get, hit",
                    session -> clubs(session).setCacheMode(CacheMode.GET).list()),
            new Step(
                    "cache mode get, miss",
                    session -> clubs(session)
                            .setMaxResults(3)
                            .setCacheMode(CacheMode.GET)
                            .list()),
            new Step(
                    "cache mode put",
                    session -> clubs(session)
                            .setMaxResults(4)
                            .setCacheMode(CacheMode.PUT)
                            .list()),
            new Step(
                    "cache mode ignore",
                    session -> clubs(session).setCacheMode(CacheMode.IGNORE).list()),
            new Step("no rows", session -> clubs(session).setFirstResult(9).list()),
            new Step(
                    "not cacheable",
                    session -> clubs(session).setCacheable(false).list()),
            new Step("evict", session -> session.getSessionFactory().getCache().evictDefaultQueryRegion()),
            new Step("after the eviction", session -> clubs(session).list()),
            new Step(
                    "native",
                    session -> session.createNativeQuery("select id from Club", Long.class)
                            .addSynchronizedEntityClass(Club.class)
                            .setCacheable(true)
                            .list()),
            new Step(
                    "native, hit",
                    session -> session.createNativeQuery("select id from Club", Long.class)
                            .addSynchronizedEntityClass(Club.class)
                            .setCacheable(true)
                            .list()));

    /* Of a table that nobody has changed, Hibernate finds no timestamp; ours has one that covers all tables. And ours does not
     * look for results over tables that the session has changed itself, nor keep them, which would be of no use. */
    private static final List<Step> DIFFERENCES = List.of(
            new Step("fill", session -> session.persist(new Club(3))),
            new Step(
                    "a table that nobody has changed",
                    session -> payments(session).list()),
            new Step("the same, hit", session -> payments(session).list()),
            new Step("kept", session -> clubs(session).list()),
            new Step("insert and ask", session -> {
                session.persist(new Club(4));
                clubs(session).list();
            }));

    @Test
    void aScriptOfOperationsIsCountedAndToldAsByHibernatesOwn() {
        CachingNode hearth = nodes.get(0);
        List<String> ours = run(SCRIPT, hearth.fixture(), () -> {
            hearth.settle();
            hearth.awaitStamp();
        });
        try (Nodes heap = Nodes.on(apart.database())
                .regionFactory(new FakeHeapRegionFactory())
                .entities(Town.ENTITIES)
                .start(1)) {
            List<String> hibernates = run(SCRIPT, heap.get(0), () -> {});

            assertThat(ours).containsExactlyElementsOf(hibernates);
        }
    }

    @Test
    void whereOursDiffersItSaysWhatItHasDone() {
        CachingNode hearth = nodes.get(0);
        hearth.askUntilCached(session -> payments(session).list());
        List<String> ours = run(DIFFERENCES, hearth.fixture(), () -> {
            hearth.settle();
            hearth.awaitStamp();
        });

        assertThat(ours)
                .contains(
                        "the same, hit: queries hit 1 missed 0 put 0, timestamps hit 1 missed 0 put 0 [get, hit, get, hit]",
                        "insert and ask: queries hit 0 missed 1 put 0, timestamps hit 0 missed 0 put 2"
                                + " [put, done, get, miss, put, done, put, done]");
    }

    private static Query<Long> payments(Session session) {
        return session.createQuery("select id from Payment", Long.class).setCacheable(true);
    }

    private static List<String> run(List<Step> script, NodeFixture node, Runnable pause) {
        List<String> told = new ArrayList<>();
        for (Step step : script) {
            pause.run();
            Calls calls = new Calls();
            Statistics statistics = node.statistics();
            statistics.clear();
            try (Session session =
                    node.sessionFactory().withOptions().eventListeners(calls).openSession()) {
                session.beginTransaction();
                step.work().accept(session);
                session.getTransaction().commit();
            }
            told.add(step.name() + ": " + counted(statistics) + " " + calls.told);
        }
        return told;
    }

    private static String counted(Statistics statistics) {
        return "queries hit " + statistics.getQueryCacheHitCount() + " missed " + statistics.getQueryCacheMissCount()
                + " put " + statistics.getQueryCachePutCount() + ", timestamps hit "
                + statistics.getUpdateTimestampsCacheHitCount() + " missed "
                + statistics.getUpdateTimestampsCacheMissCount() + " put "
                + statistics.getUpdateTimestampsCachePutCount();
    }

    private static Query<Long> clubs(Session session) {
        return session.createQuery("select id from Club order by id", Long.class)
                .setCacheable(true);
    }

    private static Query<String> members(Session session) {
        return session.createQuery("select p.name from Person p join p.clubs c", String.class)
                .setCacheable(true);
    }

    /** What a session tells of its cache, in order. */
    private static final class Calls extends BaseSessionEventListener {
        private static final long serialVersionUID = 1L;

        private final List<String> told = new ArrayList<>();

        @Override
        public void cachePutStart() {
            told.add("put");
        }

        @Override
        public void cacheGetStart() {
            told.add("get");
        }

        @Override
        public void cacheGetEnd(boolean hit) {
            told.add(hit ? "hit" : "miss");
        }

        @Override
        public void cachePutEnd() {
            told.add("done");
        }
    }
}
