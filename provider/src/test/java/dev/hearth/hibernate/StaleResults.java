package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.hibernate.Town.Building;
import dev.hearth.hibernate.Town.Car;
import dev.hearth.hibernate.Town.Cheque;
import dev.hearth.hibernate.Town.Club;
import dev.hearth.hibernate.Town.House;
import dev.hearth.hibernate.Town.Payment;
import dev.hearth.hibernate.Town.Person;
import dev.hearth.hibernate.Town.Pet;
import dev.hearth.hibernate.Town.Vehicle;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;

/** One of each thing in the town, and cacheable queries over them that two nodes ask while one of them changes things. */
final class StaleResults {
    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer;
    private final CachingNode reader;
    private final long id = IDS.addAndGet(10);

    StaleResults(CacheNodesExtension nodes) {
        this.writer = nodes.get(0);
        this.reader = nodes.get(1);
        writer.inTransaction(session -> {
            Club club = new Club(id);
            session.persist(club);
            session.persist(new Club(id + 1));
            Person ada = new Person(id, "Ada", "Dare");
            ada.nicknames.add("Addie");
            ada.clubs.add(club);
            ada.pets.add(new Pet(id, "Rex", ada));
            session.persist(ada);
            session.persist(new Car(id, "van", 3));
            session.persist(new Vehicle(id + 1, "cart"));
            session.persist(new Cheque(id, 5, "First"));
            session.persist(new Payment(id + 1, 7));
            session.persist(new House(id, 2, "red"));
            session.persist(new Building(id + 1, 1));
        });
    }

    long id() {
        return id;
    }

    /** A cacheable query that names {@code :from} and {@code :to}, between which lie the rows of this test. */
    Function<Session, String> query(String hql) {
        return session -> {
            List<?> rows = session.createQuery(hql, Object.class)
                    .setParameter("from", id)
                    .setParameter("to", id + 9)
                    .setCacheable(true)
                    .list();
            return rows.toString();
        };
    }

    /** The query's result is used by both nodes, and no longer once the writer has changed something. */
    void becomesStale(String hql, Consumer<Session> change, String after) {
        cachedOnBoth(hql);
        Function<Session, String> other = query(hql.contains("Club") ? PETS : CLUBS);
        reader.askUntilCached(other);

        writer.inTransaction(change);

        assertThat(reader.ask(query(hql))).isEqualTo(loaded(after));
        assertThat(reader.askUntilCached(query(hql))).isEqualTo(cached(after));
        assertThat(reader.ask(other).fromCache())
                .as("a result over other tables")
                .isTrue();
    }

    private static final String CLUBS = "select count(*) from Club where id between :from and :to";
    private static final String PETS = "select count(*) from Pet where id between :from and :to";

    /** Asks on both nodes until the cache answers; answers what the result is. */
    String cachedOnBoth(String hql) {
        String before = String.valueOf(writer.askUntilCached(query(hql)).value());
        assertThat(reader.ask(query(hql))).isEqualTo(cached(before));
        return before;
    }
}
