package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.hibernate.Ledger.Line;
import dev.hearth.hibernate.Ledger.Summary;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever queries select, another node is served values equal to those that the first has loaded. */
final class QueryResultsIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2, builder -> builder.entities(Line.class));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode first = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final long id = IDS.addAndGet(10);

    @BeforeEach
    void fill() {
        first.inTransaction(session -> {
            Line cheap = new Line(id, "Kite");
            Line dear = new Line(id + 1, "Drum");
            dear.amount = new BigDecimal("99.00");
            session.persist(cheap);
            session.persist(dear);
        });
    }

    // What is selected

    @Test
    void aColumnOfEachKind() {
        for (String attribute : List.of(
                "name",
                "amount",
                "colour",
                "ordinal",
                "code",
                "uuid",
                "day",
                "instant",
                "offsetTime",
                "duration",
                "nothing")) {
            same(session -> hql(
                            session,
                            "select l." + attribute + " from Line l where l.id between :from and :to order by l.id",
                            Object.class)
                    .list());
        }
    }

    @Test
    void bytes() {
        same(session ->
                hql(session, "select l.bytes from Line l where l.id between :from and :to", byte[].class)
                        .list()
                        .stream()
                        .map(Arrays::toString)
                        .toList());
    }

    @Test
    void anEmbeddedValue() {
        same(session -> hql(session, "select l.place from Line l where l.id between :from and :to", Object.class)
                .list()
                .toString());
    }

    @Test
    void anObjectThatTheQueryConstructs() {
        same(session -> hql(
                        session,
                        "select new dev.hearth.hibernate.Ledger$Summary(l.name, l.amount) from Line l where l.id between :from and :to order by l.id",
                        Summary.class)
                .list());
    }

    @Test
    void aTuple() {
        same(session -> hql(
                        session,
                        "select l.name as name, l.colour as colour from Line l where l.id between :from and :to order by l.id",
                        Tuple.class)
                .list()
                .stream()
                .map(tuple -> tuple.get("name") + " " + tuple.get("colour"))
                .toList());
    }

    @Test
    void anEntityBesideAScalar() {
        same(session -> hql(
                        session,
                        "select l, l.amount * 2 from Line l where l.id between :from and :to order by l.id",
                        Object[].class)
                .list()
                .stream()
                .map(row -> text((Line) row[0]) + row[1])
                .toList());
    }

    @Test
    void aWholeEntity() {
        same(session -> hql(session, "from Line where id between :from and :to order by id", Line.class).list().stream()
                .map(QueryResultsIT::text)
                .toList());
    }

    private static String text(Line line) {
        return Stream.of(
                        line.id,
                        line.name,
                        line.amount,
                        line.colour,
                        line.ordinal,
                        line.code,
                        line.place,
                        line.uuid,
                        line.day,
                        line.instant,
                        line.duration,
                        Arrays.toString(line.bytes),
                        line.nothing)
                .map(String::valueOf)
                .toList()
                .toString();
    }

    // Native queries

    @Test
    void aNativeQueryForAnEntity() {
        same(session -> nativeQuery(
                        session,
                        session.createNativeQuery(
                                "select {l.*} from Line l where l.id between :from and :to order by l.id",
                                Object.class))
                .addEntity("l", Line.class)
                .list()
                .stream()
                .map(line -> text((Line) line))
                .toList());
    }

    @Test
    void aNativeQueryForScalars() {
        same(session -> nativeQuery(
                        session,
                        session.createNativeQuery(
                                "select name, amount, day, uuid, id from Line where id between :from and :to order by id",
                                Object[].class))
                .list()
                .stream()
                .map(row -> Arrays.toString((Object[]) row))
                .toList());
    }

    @Test
    void aNativeQueryForObjectsThatAResultSetMappingConstructs() {
        same(session -> nativeQuery(
                        session,
                        session.createNativeQuery(
                                "select name, amount from Line where id between :from and :to order by id",
                                "summary",
                                Summary.class))
                .list()
                .toString());
    }

    private NativeQuery<?> nativeQuery(Session session, Query<?> query) {
        return query.unwrap(NativeQuery.class)
                .addSynchronizedEntityClass(Line.class)
                .setParameter("from", id)
                .setParameter("to", id + 9)
                .setCacheable(true);
    }

    // How much, and in which order

    @Test
    void pagesAreResultsOfTheirOwn() {
        same(session -> names(session).setMaxResults(1).list());
        same(session -> names(session).setFirstResult(1).setMaxResults(1).list());
        assertThat(other.ask(session -> names(session).setMaxResults(1).list())).isEqualTo(cached(List.of("Drum")));
        assertThat(other.ask(session ->
                        names(session).setFirstResult(1).setMaxResults(1).list()))
                .isEqualTo(cached(List.of("Kite")));
    }

    @Test
    void ordersAreResultsOfTheirOwn() {
        same(session -> names(session).list());

        assertThat(other.ask(session -> hql(
                                session,
                                "select name from Line where id between :from and :to order by name desc",
                                String.class)
                        .list()))
                .isEqualTo(loaded(List.of("Kite", "Drum")));
    }

    @Test
    void aStreamAndAScrollAreNotCached() {
        first.askUntilCached(session -> names(session).list());

        assertThat(other.ask(session -> {
                            try (Stream<String> stream = names(session).getResultStream()) {
                                return stream.toList();
                            }
                        })
                        .value())
                .isEqualTo(List.of("Drum", "Kite"));
        assertThat(other.ask(session -> {
                    try (ScrollableResults<String> scroll = names(session).scroll()) {
                        return scroll.next() ? scroll.get() : null;
                    }
                }))
                .isEqualTo(loaded("Drum"));
    }

    @Test
    void filtersAndTheirParametersMakeResultsOfTheirOwn() {
        same(session -> above(session, "50"));
        same(session -> names(session).list());

        assertThat(other.ask(session -> above(session, "50"))).isEqualTo(cached(List.of("Drum")));
        assertThat(other.ask(session -> above(session, "5"))).isEqualTo(loaded(List.of("Drum", "Kite")));
    }

    private List<String> above(Session session, String amount) {
        session.enableFilter("above").setParameter("amount", new BigDecimal(amount));
        return names(session).list();
    }

    private Query<String> names(Session session) {
        return hql(session, "select name from Line where id between :from and :to order by name", String.class);
    }

    private <T> Query<T> hql(Session session, String hql, Class<T> type) {
        return session.createQuery(hql, type)
                .setParameter("from", id)
                .setParameter("to", id + 9)
                .setCacheable(true);
    }

    /** What the first node has loaded is a hit on the other, and equal. */
    private <T> void same(Function<Session, T> question) {
        T fresh = first.ask(question).value();
        first.askUntilCached(question);

        assertThat(other.ask(question)).isEqualTo(cached(fresh));
    }
}
