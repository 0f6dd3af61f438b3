package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With {@code puts=wait} a session knows what became of its puts, and leaves nothing under way. */
final class AwaitedPutsIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2, AwaitedPutsIT::waiting);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    private static Nodes.Builder waiting(Nodes.Builder builder) {
        return builder.entities(Fixed.class, Steady.class, Busy.class, Loose.class)
                // Announcements would be waited for as well, and are not what is counted here.
                .setting("hibernate.cache.use_query_cache", "false")
                .setting("hibernate.cache.hearth.puts", "wait")
                .setting("hibernate.cache.use_reference_entries", true);
    }

    @Test
    void aRefreshReplacesAReadOnlyEntryWithWhatTheDatabaseHolds() {
        persist(new Steady(), "one");
        Sql.execute(nodes.database(), "update Steady set name = 'two' where id = " + id);
        assertThat(reader.ask(name(Steady.class, CacheMode.NORMAL))).isEqualTo(cached("one"));
        assertThat(reader.ask(name(Steady.class, CacheMode.PUT))).isEqualTo(loaded("two"));
        assertThat(reader.ask(name(Steady.class, CacheMode.NORMAL))).isEqualTo(cached("one"));

        long puts = puts();
        assertThat(reader.ask(name(Steady.class, CacheMode.REFRESH))).isEqualTo(loaded("two"));

        assertThat(puts()).isEqualTo(puts + 1);
        assertThat(writer.ask(name(Steady.class, CacheMode.NORMAL))).isEqualTo(cached("two"));
    }

    @Test
    void aPutThatRepeatsWhatStandsIsNotCountedAndOneThatDoesNotIs() {
        persist(new Busy(), "one");
        long puts = puts();

        assertThat(reader.ask(name(Busy.class, CacheMode.REFRESH))).isEqualTo(loaded("one"));
        assertThat(puts()).isEqualTo(puts);
        Sql.execute(nodes.database(), "update Busy set name = 'two' where id = " + id);
        assertThat(reader.ask(name(Busy.class, CacheMode.REFRESH))).isEqualTo(loaded("two"));

        assertThat(puts()).isEqualTo(puts + 1);
        assertThat(reader.ask(name(Busy.class, CacheMode.NORMAL))).isEqualTo(cached("two"));
    }

    @Test
    void aRefreshOfANonstrictEntryIsCountedEvenIfItRepeatsIt() {
        persist(new Loose(), "one");
        assertThat(reader.ask(name(Loose.class, CacheMode.NORMAL))).isEqualTo(loaded("one"));
        long puts = puts();

        assertThat(reader.ask(name(Loose.class, CacheMode.REFRESH))).isEqualTo(loaded("one"));

        assertThat(puts()).isEqualTo(puts + 1);
    }

    @Test
    void aNonstrictEvictionIsWaitedFor() {
        persist(new Loose(), "one");

        assertThat(waitsAtCommit(session -> session.find(Loose.class, id).name = "two"))
                .isOne();
    }

    @Test
    void aBulkReleaseIsWaitedForAsItsLockIs() {
        persist(new Loose(), "one");

        assertThat(waitsAtCommit(
                        session -> session.createMutationQuery("update Loose set name = 'two' where id = " + id)
                                .executeUpdate()))
                .isEqualTo(2);
    }

    @Test
    void anInsertedReferenceEntryIsTheLiveObjectForTheNextSession() {
        Fixed inserted = new Fixed();
        persist(inserted, "one");
        AtomicReference<Fixed> found = new AtomicReference<>();

        assertThat(writer.ask(session -> {
                    found.set(session.find(Fixed.class, id));
                    return found.get().name;
                }))
                .isEqualTo(cached("one"));
        assertThat(found.get()).isSameAs(inserted);
        assertThat(reader.ask(name(Fixed.class, CacheMode.NORMAL))).isEqualTo(loaded("one"));
        assertThat(reader.ask(name(Fixed.class, CacheMode.NORMAL))).isEqualTo(cached("one"));
    }

    @Test
    void aReferenceEntryThatWasRolledBackIsServedToNobody() {
        Fixed inserted = new Fixed();
        inserted.id = id;
        writer.rolledBack(session -> {
            session.persist(inserted);
            session.flush();
        });

        assertThat(writer.stored(Fixed.class, id)).isEmpty();
        assertThat(writer.ask(session -> session.find(Fixed.class, id))).isEqualTo(loaded(null));
    }

    /** How often the commit waits for Redis, at a distance where nothing has been answered before it. */
    private static long waitsAtCommit(Consumer<Session> work) {
        try (FaultProxy proxy = FaultProxy.to(nodes.redis().endpoint());
                Nodes distant = waiting(nodes.builder())
                        .keepSchema()
                        .setting(Nodes.REDIS_URL, proxy.url())
                        .start(1);
                Session session = distant.get(0).sessionFactory().openSession()) {
            proxy.delayRoundTrip(Duration.ofMillis(300));
            session.beginTransaction();
            work.accept(session);
            session.flush();
            return CachingNode.waits(session.getTransaction()::commit);
        }
    }

    private long puts() {
        return reader.fixture().statistics().getSecondLevelCachePutCount();
    }

    private void persist(Named entity, String name) {
        entity.id = id;
        entity.name = name;
        writer.inTransaction(session -> session.persist(entity));
    }

    private <T extends Named> Function<Session, String> name(Class<T> entity, CacheMode mode) {
        return session -> session.find(entity, id, mode).name;
    }

    @MappedSuperclass
    abstract static class Named {
        @Id
        Long id;

        String name;
    }

    @Entity(name = "Fixed")
    @Immutable
    @Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
    static class Fixed extends Named {}

    @Entity(name = "Steady")
    @Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
    static class Steady extends Named {}

    @Entity(name = "Busy")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Busy extends Named {}

    @Entity(name = "Loose")
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Loose extends Named {}
}
