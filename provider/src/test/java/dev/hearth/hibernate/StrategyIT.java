package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.Nodes;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What each concurrency strategy promises. */
final class StrategyIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2, builder -> builder.entities(Constant.class, Loose.class, Transactional.class, Unspecified.class));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @Test
    void aReadOnlyEntityIsServedOnceInserted() {
        persist(new Constant(), "one");

        assertThat(reader.ask(name(Constant.class))).isEqualTo(cached("one"));
    }

    @Test
    void anUpdateOfAReadOnlyEntityIsRefusedByNameAndChangesNothing() {
        persist(new Constant(), "one");

        assertThatThrownBy(() -> writer.inTransaction(session -> session.find(Constant.class, id).name = "two"))
                .hasStackTraceContaining("READ_ONLY")
                .hasStackTraceContaining(Constant.class.getName());
        writer.settle();

        assertThat(reader.ask(name(Constant.class)).value()).isEqualTo("one");
        assertThat(reader.askUntilCached(name(Constant.class))).isEqualTo(cached("one"));
    }

    @Test
    void aDeletedReadOnlyEntityIsServedToNobody() {
        persist(new Constant(), "one");
        assertThat(reader.ask(name(Constant.class))).isEqualTo(cached("one"));

        writer.inTransaction(session -> {
            session.remove(session.find(Constant.class, id));
            session.flush();
            writer.settle();
            assertThat(reader.ask(name(Constant.class))).isEqualTo(loaded("one"));
            assertThat(reader.stored(Constant.class, id)).isEqualTo("L");
        });

        assertThat(reader.ask(name(Constant.class))).isEqualTo(loaded(null));
    }

    @Test
    void aReadOnlyEntityThatStandsInTheCacheIsNotWrittenAgain() {
        persist(new Constant(), "one");
        long puts = reader.statistics(Constant.class).puts();
        long present = reader.statistics(Constant.class).refusals(PutRefusal.PRESENT);

        Waiting.until("a put is refused because a value stands there", () -> {
            reader.ask(session -> session.createSelectionQuery("from Constant where id = " + id, Constant.class)
                    .getSingleResult());
            return reader.statistics(Constant.class).refusals(PutRefusal.PRESENT) > present;
        });

        assertThat(reader.statistics(Constant.class).puts()).isEqualTo(puts);
    }

    @Test
    void aNonstrictEntityIsEvictedAfterTheCommitAndLoadedAnew() {
        persist(new Loose(), "one");
        assertThat(reader.askUntilCached(name(Loose.class))).isEqualTo(cached("one"));

        writer.inTransaction(session -> {
            session.find(Loose.class, id).name = "two";
            session.flush();
            writer.settle();
            assertThat(reader.ask(name(Loose.class))).isEqualTo(cached("one"));
        });

        assertThat(reader.stored(Loose.class, id)).isEmpty();
        assertThat(reader.ask(name(Loose.class))).isEqualTo(loaded("two"));
        assertThat(reader.askUntilCached(name(Loose.class))).isEqualTo(cached("two"));
    }

    @Test
    void aNonstrictLoadFromBeforeTheCommitIsNotPublishedAfterIt() {
        persist(new Loose(), "one");
        try (Session early = reader.open()) {
            early.beginTransaction();
            assertThat(early.find(Loose.class, id).name).isEqualTo("one");
            writer.inTransaction(session -> session.find(Loose.class, id).name = "two");
            early.clear();
            early.find(Loose.class, id);
            reader.settle();

            assertThat(reader.caches(Loose.class, id)).isFalse();
        }
    }

    @Test
    void aNonstrictDeleteIsSeenAfterTheCommit() {
        persist(new Loose(), "one");
        assertThat(reader.askUntilCached(name(Loose.class))).isEqualTo(cached("one"));

        writer.inTransaction(session -> session.remove(session.find(Loose.class, id)));

        assertThat(reader.ask(name(Loose.class))).isEqualTo(loaded(null));
    }

    @Test
    void aNonstrictUpdateRolledBackLeavesTheOldValue() {
        persist(new Loose(), "one");

        writer.rolledBack(session -> {
            session.find(Loose.class, id).name = "two";
            session.flush();
            session.clear();
            assertThat(session.find(Loose.class, id).name).isEqualTo("two");
        });

        assertThat(reader.ask(name(Loose.class)).value()).isEqualTo("one");
        assertThat(reader.askUntilCached(name(Loose.class))).isEqualTo(cached("one"));
    }

    @Test
    void aTransactionalEntityIsTreatedAsReadWrite() {
        persist(new Transactional(), "one");

        assertThat(writer.persister(Transactional.class)
                        .getCacheAccessStrategy()
                        .getAccessType())
                .isEqualTo(AccessType.READ_WRITE);
        writer.inTransaction(session -> {
            session.find(Transactional.class, id).name = "two";
            session.flush();
            writer.settle();
            assertThat(reader.ask(name(Transactional.class))).isEqualTo(loaded("one"));
        });
        assertThat(reader.ask(name(Transactional.class))).isEqualTo(cached("two"));
    }

    @Test
    void aTransactionalEntityIsWarnedOfAtStartUp() {
        Logger logger = (Logger) LoggerFactory.getLogger(DomainRegion.class);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        logger.addAppender(events);
        try (Nodes more =
                nodes.builder().keepSchema().entities(Transactional.class).start(1)) {
            assertThat(more.size()).isOne();
        } finally {
            logger.detachAppender(events);
        }

        assertThat(events.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains(Transactional.class.getName(), "TRANSACTIONAL", "READ_WRITE");
    }

    @Test
    void anEntityWithoutAStrategyIsReadWrite() {
        persist(new Unspecified(), "one");

        assertThat(writer.persister(Unspecified.class).getCacheAccessStrategy().getAccessType())
                .isEqualTo(AccessType.READ_WRITE);
        writer.inTransaction(session -> session.find(Unspecified.class, id).name = "two");
        assertThat(reader.ask(name(Unspecified.class))).isEqualTo(cached("two"));
    }

    private void persist(Named entity, String name) {
        entity.id = id;
        entity.name = name;
        writer.inTransaction(session -> session.persist(entity));
    }

    private <T extends Named> Function<Session, String> name(Class<T> entity) {
        return session -> {
            T found = session.find(entity, id);
            return found == null ? null : found.name;
        };
    }

    @MappedSuperclass
    abstract static class Named {
        @Id
        Long id;

        String name;
    }

    @Entity(name = "Constant")
    @Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
    static class Constant extends Named {}

    @Entity(name = "Loose")
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Loose extends Named {}

    @Entity(name = "Transactional")
    @Cache(usage = CacheConcurrencyStrategy.TRANSACTIONAL)
    static class Transactional extends Named {}

    @Entity(name = "Unspecified")
    @Cacheable
    static class Unspecified extends Named {}
}
