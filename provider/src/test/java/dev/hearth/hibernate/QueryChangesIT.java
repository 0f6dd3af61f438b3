package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.hibernate.Town.Person;
import dev.hearth.hibernate.Town.Pet;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whichever way a session changes a table, results over it become stale on another node, and are kept again. */
final class QueryChangesIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2, builder -> builder.entities(Town.ENTITIES));

    private static final String NAMES = "select name from Person where id between :from and :to order by id";
    private static final String PETS =
            "select p.name from Person o join o.pets p where o.id between :from and :to order by p.id";

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final StaleResults town = new StaleResults(nodes);
    private final long id = town.id();

    @Test
    void anInsert() {
        town.becomesStale(NAMES, session -> session.persist(new Person(id + 1, "Bea", null)), "[Ada, Bea]");
    }

    @Test
    void aDelete() {
        town.becomesStale(NAMES, session -> session.remove(person(session)), "[]");
    }

    @Test
    void aMergeOfADetachedEntity() {
        Person detached = new Person(id, "Eve", "Dare");
        town.becomesStale(NAMES, session -> session.merge(detached), "[Eve]");
    }

    @Test
    void aMergeThatInserts() {
        town.becomesStale(NAMES, session -> session.merge(new Person(id + 1, "Bea", null)), "[Ada, Bea]");
    }

    @Test
    void aCascadedInsert() {
        town.becomesStale(
                PETS, session -> person(session).pets.add(new Pet(id + 1, "Tom", person(session))), "[Rex, Tom]");
    }

    @Test
    void aCascadedDelete() {
        town.becomesStale(PETS, session -> session.remove(person(session)), "[]");
    }

    @Test
    void aRemovedOrphan() {
        town.becomesStale(PETS, session -> person(session).pets.clear(), "[]");
    }

    @Test
    void hqlThatInsertsWhatItSelects() {
        town.becomesStale(
                PETS,
                session -> session.createMutationQuery("insert into Pet (id, name, owner)"
                                + " select p.id + 1, 'Kit', p.owner from Pet p where p.id = " + id)
                        .executeUpdate(),
                "[Rex, Kit]");
    }

    @Test
    void hqlThatInsertsValues() {
        town.becomesStale(
                PETS.replace("Person o join o.pets p where o.id", "Pet p where p.id"),
                session -> session.createMutationQuery("insert into Pet (id, name) values (" + (id + 1) + ", 'Kit')")
                        .executeUpdate(),
                "[Rex, Kit]");
    }

    @Test
    void hqlThatDeletes() {
        town.becomesStale(
                PETS,
                session -> session.createMutationQuery("delete Pet where id = " + id)
                        .executeUpdate(),
                "[]");
    }

    @Test
    void sqlThatNamesItsTable() {
        town.becomesStale(
                NAMES,
                session -> session.createNativeQuery("update Person set name = 'Eve' where id = " + id)
                        .addSynchronizedQuerySpace("Person")
                        .executeUpdate(),
                "[Eve]");
    }

    @Test
    void aFlushInTheMiddleAndAnotherAtCommit() {
        town.becomesStale(
                NAMES,
                session -> {
                    person(session).name = "Eve";
                    session.flush();
                    assertThat(reader.ask(town.query(NAMES))).isEqualTo(loaded("[Ada]"));
                    assertThat(reader.ask(town.query(NAMES))).isEqualTo(loaded("[Ada]"));
                    person(session).name = "Fay";
                },
                "[Fay]");
    }

    @Test
    void aFlushOfOneTableInTheMiddleAndOfAnotherAtCommit() {
        town.cachedOnBoth(PETS);
        town.becomesStale(
                NAMES,
                session -> {
                    session.find(Pet.class, id).name = "Tom";
                    session.flush();
                    person(session).name = "Eve";
                },
                "[Eve]");

        assertThat(reader.ask(town.query(PETS))).isEqualTo(loaded("[Tom]"));
    }

    @Test
    void aRollbackAfterAFlushLeavesTheResultTrue() {
        town.cachedOnBoth(NAMES);

        writer.rolledBack(session -> {
            person(session).name = "Eve";
            session.flush();
            writer.settle();
            assertThat(reader.ask(town.query(NAMES))).isEqualTo(loaded("[Ada]"));
        });

        assertThat(reader.ask(town.query(NAMES)).value()).isEqualTo("[Ada]");
        assertThat(reader.askUntilCached(town.query(NAMES))).isEqualTo(cached("[Ada]"));
    }

    @Test
    void aSecondTransactionOfTheSameSession() {
        town.cachedOnBoth(NAMES);
        try (Session session = writer.open()) {
            for (String name : new String[] {"Eve", "Fay"}) {
                session.beginTransaction();
                person(session).name = name;
                session.getTransaction().commit();
                writer.settle();
                assertThat(reader.ask(town.query(NAMES))).isEqualTo(loaded("[" + name + "]"));
                reader.askUntilCached(town.query(NAMES));
            }
        }
    }

    private Person person(Session session) {
        return (Person) Hibernate.unproxy(session.find(Person.class, id));
    }
}
