package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.hibernate.Library.Article;
import dev.hearth.hibernate.Library.Atlas;
import dev.hearth.hibernate.Library.Shelf;
import dev.hearth.hibernate.Library.Tag;
import dev.hearth.hibernate.Library.Volume;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.HibernateRelease;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session sees its own uncommitted changes, and tells the cache nothing of what it sees. */
final class OwnChangesIT {
    @RegisterExtension
    static final CacheNodesExtension nodes =
            CacheNodesExtension.start(2, builder -> builder.entities(Library.ENTITIES));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.addAndGet(10);

    @BeforeEach
    void fill() {
        writer.inTransaction(session -> {
            Shelf shelf = new Shelf(id);
            session.persist(shelf);
            session.persist(new Volume(id, "Dictionary", shelf));
            Tag tag = new Tag(id);
            Article article = new Article(id);
            article.tags.add(tag);
            article.keywords.add("red");
            session.persist(tag);
            session.persist(article);
        });
    }

    @Test
    void itsOwnInsertReadBackIsNotPublished() {
        writer.rolledBack(session -> {
            session.persist(new Shelf(id + 1));
            flushAndForget(session);

            assertThat(session.find(Shelf.class, id + 1)).isNotNull();
            writer.settle();
            assertThat(reader.stored(Shelf.class, id + 1)).isEmpty();
        });

        assertThat(reader.ask(session -> session.find(Shelf.class, id + 1))).isEqualTo(loaded(null));
        assertThat(writer.ask(session -> session.find(Shelf.class, id + 1))).isEqualTo(loaded(null));
    }

    @Test
    void itsOwnChangedRowIsNeitherReadFromTheCacheNorPublished() {
        RegionStatistics statistics = writer.statistics(Article.class);
        long misses = statistics.misses(MissReason.OWN_CHANGE);
        long refusals = statistics.refusals(PutRefusal.OWN_CHANGE);

        writer.rolledBack(session -> {
            session.find(Article.class, id).title = "Gossip";
            flushAndForget(session);

            assertThat(title().apply(session)).isEqualTo("Gossip");
            writer.settle();
            assertThat(reader.stored(Article.class, id)).isEqualTo("L");
        });

        assertThat(statistics.misses(MissReason.OWN_CHANGE)).isGreaterThan(misses);
        assertThat(statistics.refusals(PutRefusal.OWN_CHANGE)).isGreaterThan(refusals);
        assertThat(reader.askUntilCached(title())).isEqualTo(cached("News"));
    }

    @Test
    void aCollectionThatShowsAnUncommittedRowIsNotPublished() {
        writer.rolledBack(session -> {
            session.persist(new Volume(id + 1, "Atlas", session.find(Shelf.class, id)));
            flushAndForget(session);
            assertThat(volumes().apply(session)).isEqualTo(2);
        });

        assertThat(reader.ask(volumes())).isEqualTo(loaded(1));
        awaitVolumesCached();
    }

    @Test
    void aCachedCollectionIsNotReadByTheSessionThatInsertedARowOfIt() {
        awaitVolumesCached();

        writer.rolledBack(session -> {
            session.persist(new Volume(id + 1, "Atlas", session.find(Shelf.class, id)));
            flushAndForget(session);
            assertThat(volumes().apply(session)).isEqualTo(2);
        });

        assertThat(reader.ask(volumes()).value()).isOne();
        assertThat(reader.cachesCollection(Shelf.class, "volumes", id)).isTrue();
    }

    @Test
    void aCollectionThatShowsAnUncommittedRowOfASubclassIsNotPublished() {
        writer.rolledBack(session -> {
            session.persist(new Atlas(id + 1, "Atlas", session.find(Shelf.class, id)));
            flushAndForget(session);
            assertThat(volumes().apply(session)).isEqualTo(2);
        });

        assertThat(reader.ask(volumes())).isEqualTo(loaded(1));
    }

    @Test
    void aCollectionThatShowsAnUncommittedDeleteIsNotPublished() {
        writer.rolledBack(session -> {
            session.remove(session.find(Volume.class, id));
            flushAndForget(session);
            assertThat(volumes().apply(session)).isZero();
        });

        assertThat(reader.ask(volumes())).isEqualTo(loaded(1));
    }

    @Test
    void aCollectionThatShowsAnUncommittedMoveIsNotPublished() {
        writer.inTransaction(session -> session.persist(new Shelf(id + 1)));

        writer.rolledBack(session -> {
            session.find(Volume.class, id).shelf = session.find(Shelf.class, id + 1);
            flushAndForget(session);
            assertThat(volumes().apply(session)).isZero();
            assertThat(session.find(Shelf.class, id + 1).volumes).hasSize(1);
        });

        assertThat(reader.ask(volumes())).isEqualTo(loaded(1));
        assertThat(reader.ask(
                        session -> session.find(Shelf.class, id + 1).volumes.size()))
                .isEqualTo(loaded(0));
    }

    @Test
    void theOtherSideOfAJoinTableThatShowsAnUncommittedRowIsNotPublished() {
        writer.rolledBack(session -> {
            Article article = new Article(id + 1);
            article.tags.add(session.find(Tag.class, id));
            session.persist(article);
            flushAndForget(session);
            assertThat(articles().apply(session)).isEqualTo(2);
        });

        assertThat(reader.ask(articles())).isEqualTo(loaded(1));
        assertThat(reader.askUntilCached(articles())).isEqualTo(cached(1));
    }

    @Test
    void theOtherSideOfAJoinTableThatShowsAnUncommittedRemovalIsNotPublished() {
        writer.rolledBack(session -> {
            session.find(Article.class, id).tags.clear();
            flushAndForget(session);
            assertThat(articles().apply(session)).isZero();
        });

        assertThat(reader.ask(articles())).isEqualTo(loaded(1));
    }

    @Test
    void aCollectionThatTheSessionChangedIsNotPublishedBeforeTheCommit() {
        assertThat(reader.askUntilCached(keywords())).isEqualTo(cached("red"));

        writer.rolledBack(session -> {
            session.find(Article.class, id).keywords.add("blue");
            flushAndForget(session);
            assertThat(keywords().apply(session)).isEqualTo("red,blue");
            writer.settle();
            assertThat(reader.ask(keywords())).isEqualTo(loaded("red"));
        });

        assertThat(reader.askUntilCached(keywords())).isEqualTo(cached("red"));
    }

    @Test
    void aCollectionThatTheSessionChangedIsLoadedByOthersAfterTheCommit() {
        assertThat(reader.askUntilCached(keywords())).isEqualTo(cached("red"));

        writer.inTransaction(session -> session.find(Article.class, id).keywords.add("blue"));

        assertThat(reader.ask(keywords())).isEqualTo(loaded("red,blue"));
        assertThat(reader.askUntilCached(keywords())).isEqualTo(cached("red,blue"));
        assertThat(writer.ask(keywords())).isEqualTo(cached("red,blue"));
    }

    @Test
    void aStatelessSessionsUncommittedInsertIsNotPublishedWithACollection() {
        writer.settle();
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            session.beginTransaction();
            session.insert(new Volume(id + 1, "Atlas", new Shelf(id)));
            Shelf shelf = session.get(Shelf.class, id);
            session.fetch(shelf.volumes);
            assertThat(shelf.volumes).hasSize(2);
            session.getTransaction().rollback();
        }
        writer.settle();

        assertThat(reader.ask(volumes())).isEqualTo(loaded(1));
    }

    @Test
    void aStatelessSessionsUncommittedUpsertIsNotPublishedWithACollection() {
        assumeTrue(HibernateRelease.isAtLeast(7, 4), "Before 7.4 Hibernate upserts no discriminator");
        try (StatelessSession session = writer.sessionFactory().openStatelessSession()) {
            session.beginTransaction();
            session.upsert(new Volume(id + 1, "Atlas", new Shelf(id)));
            Shelf shelf = session.get(Shelf.class, id);
            session.fetch(shelf.volumes);
            assertThat(shelf.volumes).hasSize(2);
            session.getTransaction().rollback();
        }
        writer.settle();

        assertThat(reader.ask(volumes())).isEqualTo(loaded(1));
    }

    @Test
    void anotherRowOfATableThatTheSessionWroteIsServedAndPublishedAsBefore() {
        writer.inTransaction(session -> session.persist(new Article(id + 1)));

        writer.inTransaction(session -> {
            session.persist(new Article(id + 2));
            flushAndForget(session);
            long before = writer.sql().ofThisThread();
            assertThat(session.find(Article.class, id + 1)).isNotNull();
            assertThat(writer.sql().ofThisThread() - before).isZero();
        });
    }

    private static void flushAndForget(Session session) {
        session.flush();
        session.clear();
    }

    private void awaitVolumesCached() {
        Waiting.until("the collection is cached", () -> {
            assertThat(reader.ask(volumes()).value()).isOne();
            return reader.cachesCollection(Shelf.class, "volumes", id);
        });
    }

    private Function<Session, String> title() {
        return session -> session.find(Article.class, id).title;
    }

    private Function<Session, Integer> volumes() {
        return session -> session.find(Shelf.class, id).volumes.size();
    }

    private Function<Session, Integer> articles() {
        return session -> session.find(Tag.class, id).articles.size();
    }

    private Function<Session, String> keywords() {
        return session -> String.join(",", session.find(Article.class, id).keywords);
    }
}
