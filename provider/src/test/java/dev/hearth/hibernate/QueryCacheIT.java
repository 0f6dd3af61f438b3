package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.Query;
import org.hibernate.type.StandardBasicTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cacheable queries, asked on one node while another changes what they read. */
final class QueryCacheIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.setting("hibernate.cache.use_query_cache", "true")
                    .setting("hibernate.cache.hearth.query-regions", "small,brief")
                    .setting("hibernate.cache.hearth.region.small.maximum-entry-size", "1KiB")
                    .setting("hibernate.cache.hearth.region.brief.time-to-live", "1s"));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(10);

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
    }

    // Hits

    @Test
    void whatOneNodeHasAskedIsAHitOnTheOther() {
        assertThat(writer.askUntilCached(names())).isEqualTo(cached(List.of("Kite")));

        assertThat(reader.ask(names())).isEqualTo(cached(List.of("Kite")));
    }

    @Test
    void aHitCostsOneWait() {
        reader.askUntilCached(names());

        assertThat(CachingNode.waits(() -> reader.ask(names()))).isEqualTo(1);
    }

    @Test
    void entitiesOfAResultAreThoseOfTheDatabase() {
        writer.askUntilCached(products());

        assertThat(reader.ask(products())).isEqualTo(cached("Kite 1.00"));
    }

    @Test
    void aResultWithoutRowsIsAHit() {
        Function<Session, List<String>> nothing =
                session -> session.createQuery("select name from Product where id = :id", String.class)
                        .setParameter("id", -id)
                        .setCacheable(true)
                        .list();
        writer.askUntilCached(nothing);

        assertThat(reader.ask(nothing)).isEqualTo(cached(List.of()));
    }

    @Test
    void nullsAndTuplesAndCountsAreHits() {
        Function<Session, String> row = session -> {
            Object[] columns = session.createQuery(
                            "select p.name, p.category.id, count(p) from Product p where p.id = :id"
                                    + " group by p.name, p.category.id",
                            Object[].class)
                    .setParameter("id", id)
                    .setCacheable(true)
                    .uniqueResult();
            return columns[0] + " " + columns[1] + " " + columns[2];
        };
        writer.askUntilCached(row);

        assertThat(reader.ask(row)).isEqualTo(cached("Kite null 1"));
    }

    @Test
    void aNativeQueryWithTypesOfItsOwnIsAHitOnTheOtherNode() {
        Function<Session, String> row = session -> {
            Object[] columns = (Object[])
                    session.createNativeQuery("select name as label, price from Product where id = :id", Object[].class)
                            .setParameter("id", id)
                            .unwrap(NativeQuery.class)
                            .addScalar("label", StandardBasicTypes.STRING)
                            .addScalar("price", StandardBasicTypes.BIG_DECIMAL)
                            .addSynchronizedEntityClass(Product.class)
                            .setCacheable(true)
                            .uniqueResult();
            return columns[0] + " " + columns[1];
        };
        writer.askUntilCached(row);

        assertThat(reader.ask(row)).isEqualTo(cached("Kite 1.00"));
    }

    @Test
    void aNativeQueryThatLeavesTypesToTheDriverIsAHitOnTheOtherNode() {
        Function<Session, Object> row =
                session -> session.createNativeQuery("select name from Product where id = :id", Object.class)
                        .setParameter("id", id)
                        .unwrap(NativeQuery.class)
                        .addSynchronizedEntityClass(Product.class)
                        .setCacheable(true)
                        .uniqueResult();
        writer.askUntilCached(row);

        assertThat(reader.ask(row)).isEqualTo(cached("Kite"));
    }

    @Test
    void differentParametersAndLimitsAreDifferentResults() {
        writer.inTransaction(session -> session.persist(new Product(id + 1, "Drum", BigDecimal.TEN, null)));
        writer.askUntilCached(names());

        assertThat(reader.ask(names(id + 1)).fromCache()).isFalse();
        assertThat(reader.ask(names(id + 1)).value()).isEqualTo(List.of("Drum"));
        assertThat(reader.ask(session -> query(session, id).setMaxResults(1).list()))
                .isEqualTo(loaded(List.of("Kite")));
    }

    // Changes

    @Test
    void anUpdateMakesTheResultStale() {
        askedByBoth();

        writer.inTransaction(session -> session.find(Product.class, id).setName("Hawk"));

        assertThat(reader.ask(names())).isEqualTo(loaded(List.of("Hawk")));
        assertThat(reader.askUntilCached(names())).isEqualTo(cached(List.of("Hawk")));
    }

    @Test
    void anInsertAndADeleteMakeTheResultStale() {
        Function<Session, Long> count = session -> session.createQuery(
                        "select count(*) from Product where id between :from and :to", Long.class)
                .setParameter("from", id)
                .setParameter("to", id + 9)
                .setCacheable(true)
                .uniqueResult();
        assertThat(reader.askUntilCached(count)).isEqualTo(cached(1L));

        writer.inTransaction(session -> session.persist(new Product(id + 1, "Drum", BigDecimal.TEN, null)));
        assertThat(reader.ask(count)).isEqualTo(loaded(2L));
        assertThat(reader.askUntilCached(count)).isEqualTo(cached(2L));

        writer.inTransaction(session -> session.remove(session.find(Product.class, id)));
        assertThat(reader.ask(count)).isEqualTo(loaded(1L));
    }

    @Test
    void aRollbackLeavesWhatIsTrueAndTheResultIsKeptAgain() {
        askedByBoth();

        writer.rolledBack(session -> {
            session.find(Product.class, id).setName("Hawk");
            session.flush();
        });

        assertThat(reader.ask(names()).value()).isEqualTo(List.of("Kite"));
        assertThat(reader.askUntilCached(names())).isEqualTo(cached(List.of("Kite")));
    }

    @Test
    void aChangeOfAnotherTableLeavesTheResult() {
        askedByBoth();

        writer.inTransaction(session -> session.persist(new Customer(id, id + "@example.org", "Ada", null)));

        assertThat(reader.ask(names())).isEqualTo(cached(List.of("Kite")));
    }

    @Test
    void hqlMakesTheResultStale() {
        staleAfter(session -> session.createMutationQuery("update Product set name = 'Hawk' where id = :id")
                .setParameter("id", id)
                .executeUpdate());
    }

    @Test
    void nativeSqlThatNamesItsTableMakesTheResultStale() {
        staleAfter(session -> session.createNativeQuery("update Product set name = 'Hawk' where id = :id", Object.class)
                .addSynchronizedEntityClass(Product.class)
                .setParameter("id", id)
                .executeUpdate());
    }

    @Test
    void nativeSqlThatNamesNothingMakesTheResultStale() {
        staleAfter(session -> session.createNativeMutationQuery("update Product set name = 'Hawk' where id = :id")
                .setParameter("id", id)
                .executeUpdate());
    }

    @Test
    void aNativeQueryThatNamesNoTableIsStaleAfterAnyChange() {
        Function<Session, Object> row =
                session -> session.createNativeQuery("select name from Product where id = :id", String.class)
                        .setParameter("id", id)
                        .setCacheable(true)
                        .uniqueResult();
        assertThat(reader.askUntilCached(row)).isEqualTo(cached("Kite"));

        writer.inTransaction(session -> session.find(Product.class, id).setName("Hawk"));

        assertThat(reader.ask(row)).isEqualTo(loaded("Hawk"));
    }

    private void staleAfter(Consumer<Session> change) {
        askedByBoth();

        writer.inTransaction(change);

        assertThat(reader.ask(names())).isEqualTo(loaded(List.of("Hawk")));
        assertThat(reader.askUntilCached(names())).isEqualTo(cached(List.of("Hawk")));
    }

    @Test
    void aResultIsNotServedWhileATransactionMayChangeItsTable() {
        askedByBoth();
        try (Session session = writer.open()) {
            session.beginTransaction();
            session.find(Product.class, id).setName("Hawk");
            session.flush();
            writer.settle();
            long before = statistics(reader).misses(MissReason.TABLE_CHANGING)
                    + statistics(reader).misses(MissReason.STALE);

            assertThat(reader.ask(names())).isEqualTo(loaded(List.of("Kite")));
            assertThat(statistics(reader).misses(MissReason.TABLE_CHANGING)
                            + statistics(reader).misses(MissReason.STALE))
                    .isGreaterThan(before);
            assertThat(reader.ask(names()).fromCache()).isFalse();
            session.getTransaction().commit();
        }
        writer.settle();

        assertThat(reader.ask(names())).isEqualTo(loaded(List.of("Hawk")));
    }

    @Test
    void aTransactionSeesItsOwnChangesAndPublishesNoneOfThem() {
        askedByBoth();
        long refused = statistics(writer).refusals(PutRefusal.OWN_CHANGE);

        writer.rolledBack(session -> {
            session.find(Product.class, id).setName("Hawk");
            assertThat(names().apply(session)).containsExactly("Hawk");
        });

        assertThat(statistics(writer).refusals(PutRefusal.OWN_CHANGE)).isEqualTo(refused + 1);
        assertThat(reader.ask(names()).value()).isEqualTo(List.of("Kite"));
    }

    // What applications ask for

    @Test
    void aRefreshTakesTheDatabasesState() {
        askedByBoth();
        changePastTheCache();

        assertThat(reader.ask(names())).isEqualTo(cached(List.of("Kite")));
        reader.ask(session -> query(session, id).setCacheMode(CacheMode.REFRESH).list());

        assertThat(reader.ask(names()).value()).isEqualTo(List.of("Hawk"));
    }

    @Test
    void aTableThatWasChangedOutsideCanBeInvalidated() {
        askedByBoth();
        reader.askUntilCached(session -> session.find(Product.class, id).getName());
        changePastTheCache();

        factory(writer).invalidateTables(List.of("PRODUCT"));

        assertThat(reader.ask(names())).isEqualTo(loaded(List.of("Hawk")));
        assertThat(reader.ask(session -> session.find(Product.class, id).getName()))
                .isEqualTo(loaded("Hawk"));
    }

    @Test
    void clearingTheTimestampsRegionMakesResultsStale() {
        askedByBoth();

        writer.cache().getTimestampsCache().clear();

        assertThat(reader.ask(names()).fromCache()).isFalse();
    }

    @Test
    void clearingTheRegionRemovesItsResults() {
        askedByBoth();

        writer.cache().evictDefaultQueryRegion();

        assertThat(reader.ask(names()).fromCache()).isFalse();
        assertThat(reader.askUntilCached(names())).isEqualTo(cached(List.of("Kite")));
        writer.cache().evictAllRegions();
        assertThat(reader.ask(names()).fromCache()).isFalse();
    }

    @Test
    void aLargeResultIsNotKept() {
        Function<Session, List<String>> large =
                session -> session.createQuery("select repeat(name, 1000) from Product where id = :id", String.class)
                        .setParameter("id", id)
                        .setCacheable(true)
                        .setCacheRegion("small")
                        .list();
        reader.ask(large);

        assertThat(reader.ask(large).fromCache()).isFalse();
        assertThat(((QueryRegion) reader.cache().getRegion("small"))
                        .store()
                        .statistics()
                        .refusals(PutRefusal.TOO_LARGE))
                .isPositive();
    }

    @Test
    void aResultOverATableThatHasChangedSinceTheTransactionBeganIsNotPublished() {
        RegionStatistics statistics = statistics(reader);
        long before = statistics.refusals(PutRefusal.TABLE_CHANGED);

        reader.inTransaction(session -> {
            writer.inTransaction(other -> other.find(Product.class, id).setName("Hawk"));
            assertThat(names().apply(session)).containsExactly("Hawk");
        });

        assertThat(statistics.refusals(PutRefusal.TABLE_CHANGED)).isEqualTo(before + 1);
    }

    /** Hibernate's keys do not say how such lists divide. */
    @Test
    void aQueryWithPaddedListsHasNoKeyAndIsNeitherReadNorPublished() {
        try (Nodes padding = nodes.builder()
                .setting("hibernate.cache.use_query_cache", "true")
                .setting("hibernate.query.in_clause_parameter_padding", "true")
                .keepSchema()
                .start(1)) {
            CachingNode node = nodes.caching(padding.get(0));
            Function<Session, List<String>> padded = session -> session.createQuery(
                            "select name from Product where id in (:some) or id in (:others)", String.class)
                    .setParameterList("some", List.of(id, -1L, -2L))
                    .setParameterList("others", List.of(-3L, -4L, -5L))
                    .setCacheable(true)
                    .list();

            assertThat(node.ask(padded)).isEqualTo(loaded(List.of("Kite")));
            assertThat(node.ask(padded)).isEqualTo(loaded(List.of("Kite")));

            assertThat(statistics(node).misses(MissReason.NO_KEY)).isEqualTo(2);
            assertThat(statistics(node).refusals(PutRefusal.NO_KEY)).isEqualTo(2);
        }
    }

    @Test
    void aNamedRegionHasATimeToLiveOfItsOwn() {
        Function<Session, List<String>> brief =
                session -> query(session, id).setCacheRegion("brief").list();
        reader.askUntilCached(brief);

        Waiting.until("the result has expired", () -> !reader.ask(brief).fromCache());
    }

    // Helpers

    private void askedByBoth() {
        assertThat(writer.askUntilCached(names())).isEqualTo(cached(List.of("Kite")));
        assertThat(reader.ask(names())).isEqualTo(cached(List.of("Kite")));
    }

    private void changePastTheCache() {
        Sql.execute(nodes.database(), "update Product set name = 'Hawk' where id = " + id);
    }

    private Function<Session, List<String>> names() {
        return names(id);
    }

    private static Function<Session, List<String>> names(long product) {
        return session -> query(session, product).list();
    }

    private static Query<String> query(Session session, long product) {
        return session.createQuery("select name from Product where id = :id", String.class)
                .setParameter("id", product)
                .setCacheable(true);
    }

    private Function<Session, String> products() {
        return session -> {
            Product product = session.createQuery("from Product where id = :id", Product.class)
                    .setParameter("id", id)
                    .setCacheable(true)
                    .uniqueResult();
            return product.getName() + " " + product.getPrice();
        };
    }

    private static RegionStatistics statistics(CachingNode node) {
        return ((QueryRegion) node.cache().getRegion("default-query-results-region"))
                .store()
                .statistics();
    }

    private static HearthRegionFactory factory(CachingNode node) {
        return (HearthRegionFactory) node.cache().getRegionFactory();
    }
}
