package dev.hearth.hibernate;

import dev.hearth.hibernate.Town.Club;
import dev.hearth.hibernate.Town.Person;
import dev.hearth.hibernate.Town.Pet;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionEventListener;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A flush announces a table before the statement that changes it (DESIGN section 6). Hibernate tells of tables once the
 * statements have run; the commit would then wait for Redis all over again.
 */
final class FlushAnnouncementsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int STAMP_DIGITS = 16;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, builder -> builder.entities(Town.ENTITIES));

    private final CachingNode node = nodes.get(0);

    @Test
    void aRowInserted() {
        announces("Club", session -> session.persist(new Club(1)));
    }

    @Test
    void aRowUpdated() {
        persist(new Pet(1, "Rex", null));

        announces("Pet", session -> session.find(Pet.class, 1L).name = "Max");
    }

    @Test
    void aRowDeleted() {
        persist(new Pet(2, "Rex", null));

        announces("Pet", session -> session.remove(session.find(Pet.class, 2L)));
    }

    @Test
    void aCollectionCreated() {
        persist(new Person(1, "Ada", "Dare"));

        announces(
                "Person_nicknames",
                session -> session.find(Person.class, 1L).nicknames.add("Addie"));
    }

    @Test
    void aCollectionUpdated() {
        persist(named(2));

        announces(
                "Person_nicknames",
                session -> session.find(Person.class, 2L).nicknames.add("Bea"));
    }

    @Test
    void aCollectionRemoved() {
        persist(named(3));

        announces(
                "Person_nicknames",
                session -> session.find(Person.class, 3L).nicknames.clear());
    }

    @Test
    void aCollectionReplaced() {
        persist(named(4));

        announces(
                "Person_nicknames", session -> session.find(Person.class, 4L).nicknames = new HashSet<>(Set.of("Cee")));
    }

    private static Person named(long id) {
        Person person = new Person(id, "Ada", "Dare");
        person.nicknames.add("Addie");
        return person;
    }

    private void persist(Object entity) {
        node.inTransaction(session -> session.persist(entity));
    }

    private void announces(String table, Consumer<Session> change) {
        node.inTransaction(session -> {
            change.accept(session);
            var listeners = ((SharedSessionContractImplementor) session).getEventListenerManager();
            AtFirstStatement listener = new AtFirstStatement(table);
            listeners.addListener(listener);
            session.flush();
            if (!listener.asked) {
                throw new AssertionError("No statement has run");
            }
        });
    }

    /** Waits at a session's next statement until the table is announced. */
    private static final class AtFirstStatement implements SessionEventListener {
        private static final long serialVersionUID = 1L;
        private final String table;
        private boolean asked;

        private AtFirstStatement(String table) {
            this.table = table;
        }

        @Override
        public void jdbcExecuteStatementStart() {
            if (!asked) {
                asked = true;
                Eventually.holds(table + " is announced", PATIENCE, () -> isAnnounced(table));
            }
        }

        @Override
        public void jdbcExecuteBatchStart() {
            jdbcExecuteStatementStart();
        }
    }

    /** Behind a table's stamp stand those who have announced it. */
    private static boolean isAnnounced(String table) {
        try (RedisConnection redis = nodes.redis().endpoint().connect()) {
            Object field = redis.call("HGET", nodes.redis().keyspace() + ":{tables}", table);
            return field instanceof byte[] text && text.length > STAMP_DIGITS;
        }
    }
}
