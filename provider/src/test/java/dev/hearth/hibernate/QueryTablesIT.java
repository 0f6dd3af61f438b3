package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.hibernate.Town.Building;
import dev.hearth.hibernate.Town.Car;
import dev.hearth.hibernate.Town.Cheque;
import dev.hearth.hibernate.Town.Club;
import dev.hearth.hibernate.Town.House;
import dev.hearth.hibernate.Town.Person;
import dev.hearth.hibernate.Town.Pet;
import dev.hearth.hibernate.Town.Vehicle;
import dev.hearth.test.Nodes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results of queries over every arrangement of tables become stale when one of these tables changes, and no others do. */
final class QueryTablesIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2, QueryTablesIT::onATownThatStands);

    /* A node that creates the schema has another order of columns in the SQL of table-per-class hierarchies afterwards. */
    private static Nodes.Builder onATownThatStands(Nodes.Builder builder) {
        builder.entities(Town.ENTITIES).start(1).close();
        return builder.keepSchema();
    }

    private static final String NAMES = "select name from Person where id between :from and :to";
    private static final String MOTTOS = "select motto from Person where id between :from and :to";
    private static final String NICKNAMES =
            "select n from Person p join p.nicknames n where p.id between :from and :to order by n";
    private static final String CLUBS = "select size(p.clubs) from Person p where p.id between :from and :to";
    private static final String PETS =
            "select p.name from Person o join o.pets p where o.id between :from and :to order by p.id";
    private static final String LABELS = "select label from Vehicle where id between :from and :to order by id";
    private static final String DOORS =
            "select treat(v as Car).doors from Vehicle v where v.id between :from and :to order by v.id";
    private static final String AMOUNTS = "select amount from Payment where id between :from and :to order by id";
    private static final String FLOORS = "select floors from Building where id between :from and :to order by id";

    private final StaleResults town = new StaleResults(nodes);
    private final long id = town.id();

    // Collection tables and join tables

    @Test
    void aValueAddedToACollectionTable() {
        town.becomesStale(NICKNAMES, session -> person(session).nicknames.add("Bea"), "[Addie, Bea]");
    }

    @Test
    void aValueRemovedFromACollectionTable() {
        town.becomesStale(NICKNAMES, session -> person(session).nicknames.clear(), "[]");
    }

    @Test
    void aCollectionTableChangedThroughSql() {
        town.becomesStale(
                NICKNAMES,
                session -> session.createNativeQuery(
                                "update Person_nicknames set nicknames = 'Cee' where Person_id = " + id)
                        .addSynchronizedQuerySpace("Person_nicknames")
                        .executeUpdate(),
                "[Cee]");
    }

    @Test
    void anEntityLinkedThroughAJoinTable() {
        town.becomesStale(CLUBS, session -> person(session).clubs.add(session.find(Club.class, id + 1)), "[2]");
    }

    @Test
    void anEntityUnlinkedFromAJoinTable() {
        town.becomesStale(CLUBS, session -> person(session).clubs.clear(), "[0]");
    }

    @Test
    void anOwnerDeletedWithItsCollections() {
        town.becomesStale(NICKNAMES, session -> session.remove(person(session)), "[]");
    }

    @Test
    void anOwnerDeletedByABulkStatementWithItsCollections() {
        town.becomesStale(
                CLUBS,
                session -> {
                    session.createMutationQuery("delete Pet where owner.id = " + id)
                            .executeUpdate();
                    session.createMutationQuery("delete Person where id = " + id)
                            .executeUpdate();
                },
                "[]");
    }

    @Test
    void aCollectionThatIsReplaced() {
        town.becomesStale(NICKNAMES, session -> person(session).nicknames = new HashSet<>(Set.of("Dee")), "[Dee]");
    }

    // Secondary tables

    @Test
    void aColumnOfASecondaryTable() {
        town.becomesStale(MOTTOS, session -> person(session).motto = "Rest", "[Rest]");
    }

    @Test
    void aColumnOfASecondaryTableChangedByHql() {
        town.becomesStale(
                MOTTOS,
                session -> session.createMutationQuery("update Person set motto = 'Rest' where id = " + id)
                        .executeUpdate(),
                "[Rest]");
    }

    @Test
    void aSecondaryTableChangedThroughSql() {
        town.becomesStale(
                MOTTOS,
                session -> session.createNativeQuery("update Person_Details set motto = 'Rest' where id = " + id)
                        .addSynchronizedEntityClass(Person.class)
                        .executeUpdate(),
                "[Rest]");
    }

    // Inheritance

    @Test
    void aSubclassColumnOfJoinedTables() {
        town.becomesStale(DOORS, session -> session.find(Car.class, id).doors = 5, "[5, null]");
    }

    @Test
    void aSuperclassColumnOfJoinedTablesOfASubclassRow() {
        town.becomesStale(LABELS, session -> session.find(Car.class, id).label = "bus", "[bus, cart]");
    }

    @Test
    void aSubclassRowInsertedIntoJoinedTables() {
        town.becomesStale(LABELS, session -> session.persist(new Car(id + 2, "taxi", 4)), "[van, cart, taxi]");
    }

    @Test
    void aSubclassRowDeletedFromJoinedTables() {
        town.becomesStale(LABELS, session -> session.remove(session.find(Car.class, id)), "[cart]");
    }

    @Test
    void joinedTablesChangedByHqlOverTheSubclass() {
        town.becomesStale(
                LABELS,
                session -> session.createMutationQuery("update Car set label = 'bus', doors = 2 where id = " + id)
                        .executeUpdate(),
                "[bus, cart]");
    }

    @Test
    void joinedTablesDeletedFromByHqlOverTheSuperclass() {
        town.becomesStale(
                DOORS,
                session -> session.createMutationQuery("delete Vehicle where id = " + id)
                        .executeUpdate(),
                "[null]");
    }

    @Test
    void aSubclassRowOfASingleTable() {
        town.becomesStale(AMOUNTS, session -> session.find(Cheque.class, id).amount = 6, "[6, 7]");
    }

    @Test
    void aSubclassRowInsertedIntoASingleTable() {
        town.becomesStale(AMOUNTS, session -> session.persist(new Cheque(id + 2, 9, "Last")), "[5, 7, 9]");
    }

    @Test
    void aSingleTableChangedByHqlOverTheSubclass() {
        town.becomesStale(
                AMOUNTS,
                session -> session.createMutationQuery("update Cheque set amount = 6 where id = " + id)
                        .executeUpdate(),
                "[6, 7]");
    }

    @Test
    void aSubclassRowInATableOfItsOwn() {
        town.becomesStale(FLOORS, session -> session.find(Building.class, id).floors = 3, "[3, 1]");
    }

    @Test
    void aSubclassRowInsertedIntoATableOfItsOwn() {
        town.becomesStale(FLOORS, session -> session.persist(new House(id + 2, 4, "blue")), "[2, 1, 4]");
    }

    @Test
    void aTableOfASubclassChangedByHql() {
        town.becomesStale(
                FLOORS,
                session -> session.createMutationQuery("update House set floors = 3 where id = " + id)
                        .executeUpdate(),
                "[3, 1]");
    }

    @Test
    void tablesOfAllClassesChangedByHqlOverTheSuperclass() {
        town.becomesStale(
                FLOORS,
                session -> session.createMutationQuery(
                                "update Building set floors = 9 where id between " + id + " and " + (id + 9))
                        .executeUpdate(),
                "[9, 9]");
    }

    @Test
    void aNodeThatCreatesTheSchemaSharesResultsOverATableOfASubclass() {
        String houses = "select colour from House where id between :from and :to";
        String before = town.cachedOnBoth(houses);
        try (Nodes later = nodes.builder()
                .entities(Town.ENTITIES)
                .keepSchema()
                .setting("hibernate.hbm2ddl.auto", "update")
                .start(1)) {
            CachingNode node = nodes.caching(later.get(0));

            assertThat(node.ask(town.query(houses))).isEqualTo(cached(before));
        }
    }

    @Test
    void aTableOfAnEntityThatIsNotCachedIsInvalidatedByItsNameInAnyCase() {
        town.cachedOnBoth(NAMES);
        Sql.execute(nodes.database(), "update Person set name = 'Eve' where id = " + id);

        ((HearthRegionFactory) nodes.get(0).cache().getRegionFactory()).invalidateTables(List.of("PERSON"));

        assertThat(nodes.get(1).ask(town.query(NAMES))).isEqualTo(loaded("[Eve]"));
    }

    @Test
    void anEntityThatIsNotCached() {
        town.becomesStale(NAMES, session -> person(session).name = "Eve", "[Eve]");
    }

    @Test
    void aRowOfAJoinedTableThatIsCached() {
        town.becomesStale(PETS, session -> session.find(Pet.class, id).name = "Tom", "[Tom]");
    }

    @Test
    void aLabelThatIsUnchangedLeavesTheResult() {
        String before = town.cachedOnBoth(LABELS);

        nodes.get(0).inTransaction(session -> session.find(Vehicle.class, id).label = "van");

        assertThat(nodes.get(1).ask(town.query(LABELS))).isEqualTo(cached(before));
    }

    private Person person(Session session) {
        return session.find(Person.class, id);
    }
}
