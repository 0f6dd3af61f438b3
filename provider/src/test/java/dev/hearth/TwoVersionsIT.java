package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.MissReason;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.Transaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Versions of one entity class that share one Redis and one database, as they do during a rolling update. */
final class TwoVersionsIT {
    private static final long SEED = 20260102;
    private static final int ITEMS = 5;
    private static final int STEPS = 1500;
    private static final long AT_MOST_SECONDS = 10;
    private static final int ATTEMPTS = 1000;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    @TempDir
    static Path directory;

    private static final List<VersionedNode> nodes = new ArrayList<>();

    private final Random random = new Random(SEED);

    /* What the database holds, by item and column. */
    private final Map<Long, Map<String, Object>> committed = new TreeMap<>();

    @BeforeAll
    static void startOneNodeOfEachVersion() throws SQLException {
        sql(ItemVersion.TABLE);
        for (ItemVersion version : ItemVersion.values()) {
            nodes.add(new VersionedNode(version, directory, postgres.database(), redis.endpoint(), redis.keyspace()));
        }
    }

    @AfterAll
    static void stop() {
        nodes.forEach(VersionedNode::close);
    }

    @BeforeEach
    void empty() throws SQLException {
        sql("delete from item");
        nodes.get(0).node().sessionFactory().getCache().evictAllRegions();
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void theUpdateOfOneVersionIsSeenByAnotherThatHadTheEntryInItsOwnLayout() {
        nodes.get(0)
                .node()
                .inTransaction(session -> session.persist(nodes.get(0).create(0, 1)));
        long value = 0;
        for (VersionedNode reader : nodes) {
            for (VersionedNode writer : nodes) {
                awaitHit(reader, 1);
                long next = ++value;
                writer.node().inTransaction(session -> writer.version().write(writer.find(session, 1), "amount", next));
                assertThat(reader.read(1))
                        .as("%s after an update by %s", reader, writer)
                        .containsEntry("amount", next);
            }
        }
    }

    @Test
    void anEntryOfAnotherVersionIsAMissOfItsOwnReasonAndGivesWay() {
        nodes.get(0)
                .node()
                .inTransaction(session -> session.persist(nodes.get(0).create(0, 1)));
        for (VersionedNode before : nodes) {
            for (VersionedNode next : nodes) {
                if (before != next) {
                    awaitHit(before, 1);
                    long misses = next.statistics().misses(MissReason.OTHER_MAPPING);
                    assertThat(next.hits(1)).as("%s after %s", next, before).isFalse();
                    assertThat(next.statistics().misses(MissReason.OTHER_MAPPING))
                            .as("%s after %s", next, before)
                            .isEqualTo(misses + 1);
                    awaitHit(next, 1);
                }
            }
        }
    }

    @Test
    void theSubclassThatOneVersionAddedIsNoConcernOfTheOthers() {
        VersionedNode subclassed = nodes.get(ItemVersion.SUBCLASS_ADDED.ordinal());
        subclassed.node().inTransaction(session -> {
            Object item = subclassed.create(1, 1);
            ItemVersion.set(item, "special", "only here");
            session.persist(item);
        });
        awaitHit(subclassed, 1);
        VersionedNode base = nodes.get(0);
        base.node().inTransaction(session -> base.version().write(base.find(session, 1), "name", "by the base"));
        subclassed.node().inTransaction(session -> {
            Object item = subclassed.find(session, 1);
            assertThat(item.getClass().getName()).isEqualTo(ItemVersion.SPECIAL_ITEM);
            assertThat(ItemVersion.get(item, "special")).isEqualTo("only here");
            assertThat(ItemVersion.get(item, "name")).isEqualTo("by the base");
        });
    }

    @Test
    void noVersionReadsAWrongValueInARandomHistory() {
        long started = System.nanoTime();
        int steps = 0;
        while (steps < STEPS && System.nanoTime() - started < TimeUnit.SECONDS.toNanos(AT_MOST_SECONDS)) {
            step(1 + random.nextInt(ITEMS));
            steps++;
        }
        for (long id = 1; id <= ITEMS; id++) {
            for (VersionedNode node : nodes) {
                check(node, id);
            }
        }
        assertThat(nodes).as("after %s steps", steps).allSatisfy(node -> {
            assertThat(node.statistics().hits()).isPositive();
            assertThat(node.statistics().misses(MissReason.OTHER_MAPPING)).isPositive();
            assertThat(node.statistics().misses(MissReason.UNDECODABLE)).isZero();
        });
    }

    private void step(long id) {
        int kind = random.nextInt(10);
        if (kind < 6) {
            VersionedNode node = anyNode();
            check(node, id);
            check(node, id);
        } else if (!committed.containsKey(id)) {
            change(anyNode(), id, this::insert);
        } else if (kind < 9) {
            change(anyNode(), id, this::update);
        } else {
            change(anyNode(), id, this::delete);
        }
    }

    private VersionedNode anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /* Between flush and completion another version reads what was committed before, and may want to publish it. */
    private void change(VersionedNode node, long id, Change change) {
        try (Session session = node.node().sessionFactory().openSession()) {
            Transaction transaction = session.beginTransaction();
            Map<String, Object> after = change.apply(node, session, id);
            session.flush();
            check(anyNode(), id);
            if (random.nextInt(4) == 0) {
                transaction.rollback();
            } else {
                transaction.commit();
                if (after == null) {
                    committed.remove(id);
                } else {
                    committed.put(id, after);
                }
            }
        }
        check(anyNode(), id);
    }

    private Map<String, Object> insert(VersionedNode node, Session session, long id) {
        Object item = node.create(0, id);
        Map<String, Object> row = new TreeMap<>();
        for (String column : node.version().columns()) {
            row.put(column, value(column));
            node.version().write(item, column, row.get(column));
        }
        session.persist(item);
        return row;
    }

    /* An update writes every column that the version maps, and was made from what is committed, so the others stay. */
    private Map<String, Object> update(VersionedNode node, Session session, long id) {
        Object item = node.find(session, id);
        List<String> columns = node.version().columns();
        String column = columns.get(random.nextInt(columns.size()));
        Map<String, Object> row = new TreeMap<>(committed.get(id));
        row.put(column, value(column));
        node.version().write(item, column, row.get(column));
        return row;
    }

    private @Nullable Map<String, Object> delete(VersionedNode node, Session session, long id) {
        session.remove(node.find(session, id));
        return null;
    }

    private Object value(String column) {
        int number = random.nextInt(1_000_000);
        return column.equals("amount") ? (Object) (long) number : column + " " + number;
    }

    private void check(VersionedNode node, long id) {
        Map<String, Object> row = committed.get(id);
        Map<String, Object> known = row == null ? null : new TreeMap<>(row);
        if (known != null) {
            known.keySet().retainAll(node.version().columns());
        }
        assertThat(node.read(id)).as("item %s as %s reads it", id, node).isEqualTo(known);
    }

    /* What the transactions before have left to be sent may arrive a moment later. */
    private static void awaitHit(VersionedNode node, long id) {
        assertThat(Stream.generate(() -> node.hits(id)).limit(ATTEMPTS).anyMatch(hit -> hit))
                .as("%s finds its entry in the cache", node)
                .isTrue();
    }

    private interface Change {
        @Nullable
        Map<String, Object> apply(VersionedNode node, Session session, long id);
    }
}
