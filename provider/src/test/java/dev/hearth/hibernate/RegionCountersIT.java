package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.shop.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.CacheMode;
import org.hibernate.stat.CacheRegionStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each counter of a region is moved by what it names, and nothing else is. Nothing is kept near. */
final class RegionCountersIT {
    /* What Redis stores in front of a body. */
    private static final int HEAD = 33;

    /* Where the server's identity stands in a region's record. */
    private static final int IDENTITY = 17;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final Duration TOO_OLD = Duration.ofMillis(110);

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final RegionStatistics statistics = node.statistics(Product.class);
    private final Kite kite = new Kite(nodes);
    private final long id = kite.id();

    // Reading and publishing

    @Test
    void anEntryThatIsServedFromRedisIsAHit() {
        kite.cache();

        assertThat(kite.during(() -> node.inTransaction(kite::find)))
                .isEqualTo(Map.of("REMOTE_HIT", 1L, "BYTES_IN", kite.storedBytes()));
    }

    @Test
    void anEntryThatIsNotThereIsAMissAndWhatIsLoadedAPut() {
        kite.persistUncached();

        assertThat(kite.during(() -> node.inTransaction(kite::find)))
                .isEqualTo(Map.of("MISS ABSENT", 1L, "PUT", 1L, "BYTES_OUT", kite.storedBytes() - HEAD));
    }

    @Test
    void aReadThatPublishesNothingIsAMissAlone() {
        kite.persistUncached();

        assertThat(kite.during(() -> node.inTransaction(kite::findOnly))).isEqualTo(Map.of("MISS ABSENT", 1L));
    }

    @Test
    void aPutThatRepeatsWhatStandsThereIsRefused() {
        kite.cache();

        assertThat(kite.during(() -> node.inTransaction(session -> session.find(Product.class, id, CacheMode.PUT))))
                .isEqualTo(Map.of("REFUSED PRESENT", 1L, "BYTES_OUT", kite.storedBytes() - HEAD));
    }

    @Test
    void aPutIntoARegionOfAnotherServersLifeIsRefused() {
        kite.cache();
        try (RedisConnection redis = nodes.redis().connect()) {
            String entry = node.key(Product.class, id);
            redis.call("SETRANGE", entry.substring(0, entry.lastIndexOf(':')), IDENTITY, "anotherserverid1");
        }

        assertThat(kite.during(() -> node.inTransaction(session -> session.find(Product.class, id, CacheMode.PUT))))
                .containsEntry("REFUSED OTHER_SERVER", 1L)
                .doesNotContainKey("PUT");
    }

    @Test
    void whatTheSessionChangesItselfIsNeitherReadNorPublished() {
        kite.cache();

        node.inTransaction(session -> {
            kite.find(session).setName("Ball");
            session.flush();
            session.clear();
            node.settle();

            assertThat(kite.during(() -> {
                        kite.find(session);
                        node.settle();
                    }))
                    .isEqualTo(Map.of("MISS OWN_CHANGE", 1L, "REFUSED OWN_CHANGE", 1L));
        });
    }

    // Evicting

    @Test
    void anEntryThatIsEvictedIsAnEviction() {
        kite.cache();

        assertThat(kite.during(() -> node.cache().evictEntityData(Product.class, id)))
                .isEqualTo(Map.of("EVICTION", 1L, "INVALIDATION_SENT", 1L));
        assertThat(statistics.evictionTimes().snapshot().count()).isPositive();
    }

    @Test
    void aRegionThatIsEvictedIsOneEviction() {
        kite.cache();

        assertThat(kite.during(() -> node.cache().evictEntityData(Product.class)))
                .isEqualTo(Map.of("EVICTION", 1L, "INVALIDATION_SENT", 1L));
    }

    @Test
    void anEntryThatIsGarbageIsAMissAndEvicted() {
        kite.cache();
        kite.store("X");

        assertThat(kite.during(() -> node.inTransaction(kite::findOnly)))
                .isEqualTo(Map.of("MISS UNDECODABLE", 1L, "BYTES_IN", 1L, "EVICTION", 1L, "INVALIDATION_SENT", 1L));
    }

    // Reading ahead

    @Test
    void whatIsReadAheadIsUsedOrWasted() {
        kite.cache();
        Kite second = new Kite(nodes);
        second.cache();

        assertThat(kite.during(() -> node.inTransaction(session -> {
                    Hearth.prefetch(session, Product.class, List.of(id, second.id(), -1L));
                    kite.find(session);
                })))
                .containsEntry("PREFETCH_USED", 1L)
                .containsEntry("PREFETCH_WASTED", 1L)
                .containsEntry("REMOTE_HIT", 2L)
                .containsEntry("MISS ABSENT", 1L);
    }

    @Test
    void whatIsReadAheadInVainTwiceIsWastedTwice() {
        kite.cache();

        assertThat(kite.during(() -> node.inTransaction(session -> {
                    Hearth.prefetch(session, Product.class, List.of(id));
                    Hearth.prefetch(session, Product.class, List.of(id));
                })))
                .containsEntry("PREFETCH_WASTED", 2L)
                .doesNotContainKey("PREFETCH_USED");
    }

    /** Else a session that is slow to ask would wait for each of them. */
    @Test
    void whatWasReadAheadTooLongAgoIsReadAnewAllTogether() {
        List<Kite> kites = Stream.generate(() -> new Kite(nodes)).limit(20).toList();
        kites.forEach(Kite::cache);
        List<Long> ids = kites.stream().map(Kite::id).toList();

        long waits = CachingNode.waits(() -> node.inTransaction(session -> {
            Hearth.prefetch(session, Product.class, ids);
            long then = System.nanoTime();
            Waiting.until("it is too old", () -> System.nanoTime() - then > TOO_OLD.toNanos());
            ids.forEach(old -> session.find(Product.class, old));
        }));

        assertThat(waits).as("some more where the machine stands still").isBetween(2L, 10L);
    }

    // Times

    @Test
    void aReadThatWaitsAndAPutAreTimed() {
        kite.persistUncached();
        long gets = statistics.getTimes().totalCount();
        long puts = statistics.putTimes().totalCount();

        node.inTransaction(kite::find);
        node.inTransaction(kite::find);

        assertThat(statistics.getTimes().totalCount()).isEqualTo(gets + 2);
        assertThat(statistics.putTimes().totalCount()).isEqualTo(puts + 1);
        assertThat(statistics.getTimes().snapshot().p50()).isBetween(1_000L, 10_000_000_000L);
    }

    @Test
    void aCommitThatWaitsForItsLockIsTimed() {
        kite.cache();
        var lockWaits = node.nodeStatistics().lockWaits();
        long before = lockWaits.totalCount();

        node.inTransaction(kite::find);
        assertThat(lockWaits.totalCount()).isEqualTo(before);
        node.inTransaction(session -> kite.find(session).setName("Ball"));

        assertThat(lockWaits.totalCount()).isEqualTo(before + 1);
    }

    // Hibernate's own

    @Test
    void hibernateCountsTheSameHitsMissesAndPuts() {
        List<Kite> kites = Stream.generate(() -> new Kite(nodes)).limit(5).toList();
        kites.forEach(Kite::persistUncached);
        node.fixture().statistics().clear();
        statistics.reset();

        for (int round = 0; round < 3; round++) {
            kites.forEach(each -> node.inTransaction(each::find));
            node.inTransaction(session -> kites.get(4).find(session).setName("Ball"));
        }
        CacheRegionStatistics own = node.fixture().statistics().getCacheRegionStatistics(Product.class.getName());

        assertThat(statistics.hits()).isEqualTo(own.getHitCount()).isEqualTo(13);
        assertThat(statistics.misses()).isEqualTo(own.getMissCount()).isEqualTo(5);
        assertThat(statistics.puts()).isEqualTo(own.getPutCount()).isEqualTo(6);
    }
}
