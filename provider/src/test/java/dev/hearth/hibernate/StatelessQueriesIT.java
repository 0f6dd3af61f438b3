package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.hibernate.Town.Club;
import dev.hearth.hibernate.Town.Person;
import dev.hearth.hibernate.Town.Pet;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results on another node become stale by what stateless sessions change, of which Hibernate tells nobody. */
final class StatelessQueriesIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.entities(Town.ENTITIES)
                    .setting("hibernate.cache.hearth.redis.command-timeout", "1900ms")
                    .setting("hibernate.cache.hearth.lock-timeout", "2s"));

    private static final String NAMES = "select name from Person where id between :from and :to order by id";
    private static final String NICKNAMES =
            "select n from Person p join p.nicknames n where p.id between :from and :to order by n";
    private static final String LINKS =
            "select c.id - c.id from Person p join p.clubs c where p.id between :from and :to";
    private static final String PETS = "select name from Pet where id between :from and :to order by id";

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final StaleResults town = new StaleResults(nodes);
    private final long id = town.id();

    // In a transaction, and without one

    @Test
    void anInsertOfAnUncachedEntity() {
        staleBothWays(NAMES, session -> session.insert(new Person(id + 1, "Bea", null)), "[Ada, Bea]");
    }

    @Test
    void anInsertOfACachedEntity() {
        staleBothWays(PETS, session -> session.insert(new Pet(id + 1, "Tom", null)), "[Rex, Tom]");
    }

    @Test
    void anInsertWithOwnedCollections() {
        staleBothWays(
                NICKNAMES,
                session -> {
                    Person bea = new Person(id + 1, "Bea", null);
                    bea.nicknames.add("Bee");
                    session.insert(bea);
                },
                "[Addie, Bee]");
    }

    @Test
    void anInsertWithLinksThroughAJoinTable() {
        staleBothWays(
                LINKS,
                session -> {
                    Person bea = new Person(id + 1, "Bea", null);
                    bea.clubs.add(session.get(Club.class, id));
                    session.insert(bea);
                },
                "[0, 0]");
    }

    @Test
    void anInsertOfMany() {
        staleBothWays(
                PETS,
                session -> session.insertMultiple(List.of(new Pet(id + 1, "Tom", null), new Pet(id + 2, "Kit", null))),
                "[Rex, Tom, Kit]");
    }

    @Test
    void anUpdateOfAnUncachedEntity() {
        staleBothWays(NAMES, session -> session.update(new Person(id, "Eve", "Dare")), "[Eve]");
    }

    @Test
    void anUpdateOfACachedEntity() {
        staleBothWays(PETS, session -> session.update(new Pet(id, "Tom", null)), "[Tom]");
    }

    @Test
    void anUpdateWithOwnedCollections() {
        staleBothWays(
                NICKNAMES,
                session -> {
                    Person ada = new Person(id, "Ada", "Dare");
                    ada.nicknames.add("Cee");
                    session.update(ada);
                },
                "[Cee]");
    }

    @Test
    void aDeleteOfACachedEntity() {
        staleBothWays(PETS, session -> session.delete(new Pet(id, "Rex", null)), "[]");
    }

    @Test
    void aDeleteOfAnUncachedEntity() {
        staleBothWays(
                NAMES,
                session -> {
                    Person ada = new Person(id, "Ada", "Dare");
                    session.delete(new Pet(id, "Rex", null));
                    // Hibernate deletes no links that it has not fetched.
                    session.update(ada);
                    session.delete(ada);
                },
                "[]");
    }

    @Test
    void anUpsertThatUpdates() {
        staleBothWays(PETS, session -> session.upsert(new Pet(id, "Tom", null)), "[Tom]");
    }

    @Test
    void anUpsertThatInserts() {
        staleBothWays(PETS, session -> session.upsert(new Pet(id + 1, "Tom", null)), "[Rex, Tom]");
    }

    @Test
    void aBulkStatementOverACachedEntityInATransaction() {
        staleInATransaction(
                PETS,
                session -> session.createMutationQuery("update Pet set name = 'Tom' where id = " + id)
                        .executeUpdate(),
                "[Tom]");
    }

    @Test
    void aRollbackLeavesTheResultTrue() {
        town.cachedOnBoth(PETS);
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            session.beginTransaction();
            session.update(new Pet(id, "Tom", null));
            writer.settle();
            assertThat(reader.ask(town.query(PETS))).isEqualTo(loaded("[Rex]"));
            session.getTransaction().rollback();
        }
        writer.settle();

        assertThat(reader.askUntilCached(town.query(PETS))).isEqualTo(cached("[Rex]"));
    }

    @Test
    void aSessionThatWasClosedWithinItsTransactionStandsInNobodysWayForLong() {
        town.cachedOnBoth(PETS);
        StatelessSession session = writer.sessionFactory().openStatelessSession();
        session.beginTransaction();
        session.update(new Pet(id, "Tom", null));
        session.close();

        assertThat(reader.askUntilCached(town.query(PETS))).isEqualTo(cached("[Rex]"));
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void theNextStatementWithoutATransactionSettlesWhatTheOneBeforeHasAnnounced() {
        town.cachedOnBoth(NICKNAMES);
        String lasting = "hibernate.cache.hearth.lock-timeout";
        try (var slow = nodes.builder()
                        .entities(Town.ENTITIES)
                        .setting(lasting, "1h")
                        .keepSchema()
                        .start(1);
                StatelessSession session = slow.get(0).sessionFactory().openStatelessSession()) {
            Person bea = new Person(id + 1, "Bea", null);
            bea.nicknames.add("Bee");
            session.insert(bea);
            assertThat(reader.ask(town.query(NICKNAMES))).isEqualTo(loaded("[Addie, Bee]"));
            assertThat(reader.ask(town.query(NICKNAMES)).fromCache()).isFalse();

            session.insert(new Club(id + 1000));

            assertThat(reader.askUntilCached(town.query(NICKNAMES))).isEqualTo(cached("[Addie, Bee]"));
        }
    }

    private void staleBothWays(String hql, Consumer<StatelessSession> change, String after) {
        staleInATransaction(hql, change, after);
        reset();
        staleWithoutOne(hql, change, after);
    }

    /** Nothing old is served while the transaction is open, and nothing at all. */
    private void staleInATransaction(String hql, Consumer<StatelessSession> change, String after) {
        String before = town.cachedOnBoth(hql);
        writer.awaitStamp();
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            session.beginTransaction();
            change.accept(session);
            writer.settle();
            assertThat(reader.ask(town.query(hql))).isEqualTo(loaded(before));
            assertThat(reader.ask(town.query(hql))).isEqualTo(loaded(before));
            session.getTransaction().commit();
        }
        writer.settle();

        assertThat(reader.ask(town.query(hql))).isEqualTo(loaded(after));
        assertThat(reader.askUntilCached(town.query(hql))).isEqualTo(cached(after));
    }

    private void staleWithoutOne(String hql, Consumer<StatelessSession> change, String after) {
        town.cachedOnBoth(hql);
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            change.accept(session);
            writer.settle();
            assertThat(reader.ask(town.query(hql))).isEqualTo(loaded(after));
        }
        assertThat(reader.askUntilCached(town.query(hql))).isEqualTo(cached(after));
    }

    /** The town as it was, by a session that tells everybody. */
    private void reset() {
        writer.inTransaction(session -> {
            for (String entity : List.of("Pet", "Person")) {
                session.createMutationQuery("delete " + entity + " where id between " + id + " and " + (id + 9))
                        .executeUpdate();
            }
            Person ada = new Person(id, "Ada", "Dare");
            ada.nicknames.add("Addie");
            ada.clubs.add(session.find(Club.class, id));
            ada.pets.add(new Pet(id, "Rex", ada));
            session.persist(ada);
        });
    }
}
