package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SessionImplementor;

/** Two session factories on one database, each with query results of its own that are nothing but bytes. */
final class QueryNodesFixture implements AutoCloseable {
    final EncodingFixture here;
    final EncodingFixture there;

    private QueryNodesFixture(String layout, Class<?>... entities) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AvailableSettings.USE_QUERY_CACHE, true);
        settings.put("hibernate.cache.query_cache_layout", layout);
        settings.put(AvailableSettings.JAKARTA_JDBC_URL, "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        here = EncodingFixture.with(settings, entities);
        settings.put(AvailableSettings.HBM2DDL_AUTO, "none");
        there = EncodingFixture.with(settings, entities);
    }

    static QueryNodesFixture withLayout(String layout, Class<?>... entities) {
        return new QueryNodesFixture(layout, entities);
    }

    /** Puts rows into the tables and forgets all results. */
    void fill(Consumer<Session> work) {
        here.inTransaction(work);
        here.sessions.getCache().evictAllRegions();
        there.sessions.getCache().evictAllRegions();
    }

    /** Runs a query here, here again and on the other node, and returns what all of them saw: only the first asks the database. */
    List<Object> seenByBoth(Function<Session, List<?>> query) {
        forgetResults();
        FakeResultStorage results = here.cache.results;
        List<Object> fromDatabase = run(here, query);
        assertThat(results.refusals).isEmpty();
        assertThat(results.stored).hasSize(1);
        assertThat(Arrays.deepEquals(results.rows().toArray(), results.putRows().toArray()))
                .as(() -> "put: " + results.putRows() + ", read: " + results.rows())
                .isTrue();
        assertHit(here, query, fromDatabase);
        there.cache.results.stored.putAll(results.stored);
        assertHit(there, query, fromDatabase);
        return fromDatabase;
    }

    void forgetResults() {
        here.cache.results.evictData();
        there.cache.results.evictData();
    }

    private static void assertHit(EncodingFixture node, Function<Session, List<?>> query, List<Object> expected) {
        node.sessions.getStatistics().clear();
        assertThat(run(node, query)).usingRecursiveComparison().isEqualTo(expected);
        assertThat(node.sessions.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
        assertThat(node.sessions.getStatistics().getQueryExecutionCount()).isZero();
    }

    private static List<Object> run(EncodingFixture node, Function<Session, List<?>> query) {
        return node.fromTransaction(session ->
                query.apply(session).stream().map(row -> seen(session, row)).toList());
    }

    /** A row as it can be compared when its session is gone: an entity by what it is, unless it stands for itself. */
    private static Object seen(Session session, Object row) {
        if (row instanceof Object[] values) {
            return Arrays.stream(values).map(value -> seen(session, value)).toList();
        }
        EntityEntry entity =
                ((SessionImplementor) session).getPersistenceContext().getEntry(row);
        return entity == null || row instanceof BasicTypesModel.Basics
                ? Optional.ofNullable(row)
                : entity.getEntityName() + " " + entity.getId();
    }

    @Override
    public void close() {
        there.close();
        here.close();
    }
}
