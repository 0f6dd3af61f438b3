package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Natural ids: two round trips, and never one that leads to an entity that has it no more. */
final class NaturalIdIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.entities(Stream.concat(Shop.ENTITIES.stream(), Stream.of(Uncached.class))
                    .toList()));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(2);

    @BeforeEach
    void persistAda() {
        writer.inTransaction(session -> session.persist(new Customer(id, mail(), "Ada", null)));
        assertThat(reader.askUntilCached(nameByMail(mail()))).isEqualTo(cached("Ada"));
    }

    @Test
    void aLookupCostsOneRoundTripAndNoSql() {
        assertThat(CachingNode.waits(
                        () -> assertThat(reader.ask(nameByMail(mail()))).isEqualTo(cached("Ada"))))
                .isOne();
    }

    @Test
    void aNaturalIdWhoseEntityIsNotCachedIsAskedOfTheDatabase() {
        reader.cache().evict(Customer.class, id);
        long unconfirmed = naturalIdMisses(MissReason.UNCONFIRMED);

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded("Ada"));

        assertThat(naturalIdMisses(MissReason.UNCONFIRMED)).isGreaterThan(unconfirmed);
        assertThat(reader.askUntilCached(nameByMail(mail()))).isEqualTo(cached("Ada"));
    }

    @Test
    void aHitOnTheEntityPublishesNoNaturalIdThatStandsAlready() {
        RegionStatistics statistics = reader.statistics(Customer.class.getName() + "##NaturalId");
        long puts = statistics.puts();
        long refusals = statistics.refusals(PutRefusal.PRESENT);

        assertThat(CachingNode.waits(() -> assertThat(reader.ask(
                                session -> session.find(Customer.class, id).getName()))
                        .isEqualTo(cached("Ada"))))
                .isOne();

        assertThat(statistics.puts()).isEqualTo(puts);
        assertThat(statistics.refusals(PutRefusal.PRESENT)).isEqualTo(refusals);
    }

    @Test
    void aChangedNaturalIdIsFoundAndTheOldOneIsNot() {
        writer.inTransaction(session -> session.find(Customer.class, id).setEmail("new" + mail()));

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
        assertThat(reader.ask(nameByMail("new" + mail()))).isEqualTo(cached("Ada"));
    }

    @Test
    void aChangedNaturalIdIsSeenByNobodyBeforeTheCommit() {
        writer.rolledBack(session -> {
            session.find(Customer.class, id).setEmail("new" + mail());
            session.flush();
            writer.settle();
            assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded("Ada"));
            assertThat(reader.ask(nameByMail("new" + mail()))).isEqualTo(loaded(null));
        });

        assertThat(reader.ask(nameByMail("new" + mail()))).isEqualTo(loaded(null));
        assertThat(reader.askUntilCached(nameByMail(mail()))).isEqualTo(cached("Ada"));
    }

    @Test
    void aNaturalIdHandedOnToAnotherEntityLeadsToThatOne() {
        writer.inTransaction(session -> {
            session.find(Customer.class, id).setEmail("new" + mail());
            session.flush();
            session.persist(new Customer(id + 1, mail(), "Eve", null));
        });

        assertThat(reader.ask(nameByMail(mail())).value()).isEqualTo("Eve");
        assertThat(reader.askUntilCached(nameByMail(mail()))).isEqualTo(cached("Eve"));
        assertThat(reader.askUntilCached(nameByMail("new" + mail()))).isEqualTo(cached("Ada"));
    }

    @Test
    void aDeletedEntitysNaturalIdLeadsNowhere() {
        writer.inTransaction(session -> session.remove(session.find(Customer.class, id)));

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
    }

    @Test
    void aDeletedEntitysNaturalIdIsNotPublishedBeforeTheCommit() {
        writer.inTransaction(session -> {
            session.remove(session.find(Customer.class, id));
            session.flush();
            writer.settle();
            assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded("Ada"));
            assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded("Ada"));
        });

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
    }

    @Test
    void anIdUsedAgainWithAnotherNaturalIdIsNotFoundUnderTheOldOne() {
        writer.inTransaction(session -> session.remove(session.find(Customer.class, id)));
        writer.inTransaction(session -> session.persist(new Customer(id, "new" + mail(), "Eve", null)));

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
        assertThat(reader.askUntilCached(nameByMail("new" + mail()))).isEqualTo(cached("Eve"));
    }

    @Test
    void aStatelessUpdateOfTheNaturalIdIsSeenOnceCommitted() {
        writer.sessionFactory().inStatelessTransaction(session -> {
            Customer ada = session.get(Customer.class, id);
            ada.setEmail("new" + mail());
            session.update(ada);
        });
        writer.settle();

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
        assertThat(reader.ask(nameByMail("new" + mail())).value()).isEqualTo("Ada");
        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
    }

    @Test
    void aStatelessUpdateOfTheNaturalIdIsNotFoundUnderTheOldOneOnceTheEntityIsCachedAgain() {
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            Customer ada = session.get(Customer.class, id);
            ada.setEmail("new" + mail());
            session.update(ada);
        }
        writer.settle();
        assertThat(reader.askUntilCached(
                        session -> session.find(Customer.class, id).getName()))
                .isEqualTo(cached("Ada"));

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
    }

    @Test
    void aBulkStatementsNaturalIdIsSeenOnceCommitted() {
        writer.inTransaction(
                session -> session.createMutationQuery("update Customer set email = 'new' || email where id = " + id)
                        .executeUpdate());

        assertThat(reader.ask(nameByMail(mail()))).isEqualTo(loaded(null));
        assertThat(reader.ask(nameByMail("new" + mail()))).isEqualTo(loaded("Ada"));
    }

    @Test
    void theNaturalIdOfAnEntityThatIsNeverCachedIsServedByItself() {
        writer.inTransaction(session -> session.persist(new Uncached(id, "code" + id)));

        assertThat(reader.askUntilCached(session -> session.getIdentifier(
                        session.bySimpleNaturalId(Uncached.class).getReference("code" + id))))
                .isEqualTo(cached(id));
    }

    private long naturalIdMisses(MissReason reason) {
        return reader.statistics(Customer.class.getName() + "##NaturalId").misses(reason);
    }

    private String mail() {
        return id + "@example.org";
    }

    private static Function<Session, String> nameByMail(String mail) {
        return session -> session.bySimpleNaturalId(Customer.class)
                .loadOptional(mail)
                .map(Customer::getName)
                .orElse(null);
    }

    @Entity(name = "Uncached")
    @NaturalIdCache
    static class Uncached {
        @Id
        private Long id;

        @NaturalId
        private String code;

        protected Uncached() {}

        Uncached(long id, String code) {
            this.id = id;
            this.code = code;
        }
    }
}
