package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
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
    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final RegionStatistics statistics = node.statistics(Product.class);
    private final long id = IDS.incrementAndGet();

    // Reading and publishing

    @Test
    void anEntryThatIsServedFromRedisIsAHit() {
        cacheKite();

        assertThat(during(() -> node.inTransaction(this::find)))
                .isEqualTo(Map.of("REMOTE_HIT", 1L, "BYTES_IN", storedBytes()));
    }

    @Test
    void anEntryThatIsNotThereIsAMissAndWhatIsLoadedAPut() {
        persistUncached();

        assertThat(during(() -> node.inTransaction(this::find)))
                .isEqualTo(Map.of("MISS ABSENT", 1L, "PUT", 1L, "BYTES_OUT", storedBytes() - HEAD));
    }

    @Test
    void aReadThatPublishesNothingIsAMissAlone() {
        persistUncached();

        assertThat(during(() -> node.inTransaction(this::findOnly))).isEqualTo(Map.of("MISS ABSENT", 1L));
    }

    @Test
    void aPutThatRepeatsWhatStandsThereIsRefused() {
        cacheKite();

        assertThat(during(() -> node.inTransaction(session -> session.find(Product.class, id, CacheMode.PUT))))
                .isEqualTo(Map.of("REFUSED PRESENT", 1L, "BYTES_OUT", storedBytes() - HEAD));
    }

    @Test
    void aPutIntoARegionOfAnotherServersLifeIsRefused() {
        cacheKite();
        try (RedisConnection redis = nodes.redis().connect()) {
            String entry = node.key(Product.class, id);
            redis.call("SETRANGE", entry.substring(0, entry.lastIndexOf(':')), IDENTITY, "anotherserverid1");
        }

        assertThat(during(() -> node.inTransaction(session -> session.find(Product.class, id, CacheMode.PUT))))
                .containsEntry("REFUSED OTHER_SERVER", 1L)
                .doesNotContainKey("PUT");
    }

    @Test
    void whatTheSessionChangesItselfIsNeitherReadNorPublished() {
        cacheKite();

        node.inTransaction(session -> {
            find(session).setName("Ball");
            session.flush();
            session.clear();
            node.settle();

            assertThat(during(() -> {
                        find(session);
                        node.settle();
                    }))
                    .isEqualTo(Map.of("MISS OWN_CHANGE", 1L, "REFUSED OWN_CHANGE", 1L));
        });
    }

    // Locking

    @Test
    void anUpdateLocksTellsAndPublishes() {
        cacheKite();
        long bytes = storedBytes();

        assertThat(during(() -> node.inTransaction(session -> find(session).setName("Ball"))))
                .isEqualTo(Map.of(
                        "REMOTE_HIT", 1L,
                        "BYTES_IN", bytes,
                        "LOCK", 1L,
                        "INVALIDATION_SENT", 1L,
                        "PUT", 1L,
                        "BYTES_OUT", bytes - HEAD));
    }

    @Test
    void aRollbackPublishesNothing() {
        cacheKite();
        long bytes = storedBytes();

        assertThat(during(() -> node.rolledBack(session -> {
                    find(session).setName("Ball");
                    session.flush();
                })))
                .isEqualTo(Map.of("REMOTE_HIT", 1L, "BYTES_IN", bytes, "LOCK", 1L, "INVALIDATION_SENT", 1L));
    }

    @Test
    void aLockOnWhatAnotherTransactionHoldsIsConcurrent() {
        cacheKite();

        lockedBy(
                other,
                () -> assertThat(during(() -> lockedBy(node, () -> {})))
                        .isEqualTo(Map.of("LOCK", 1L, "CONCURRENT_LOCK", 1L, "INVALIDATION_SENT", 1L)));
    }

    @Test
    void anEntryThatAnotherTransactionHoldsIsAMiss() {
        cacheKite();

        lockedBy(
                other,
                () -> assertThat(during(() -> node.inTransaction(this::findOnly)))
                        .isEqualTo(Map.of("MISS LOCKED", 1L, "BYTES_IN", storedBytes())));
    }

    /** Whenever the lock ends, that is a fence which the session that found it began before. */
    @Test
    void whatIsLoadedInsteadOfWhatAnotherHoldsIsNotSent() {
        cacheKite();

        lockedBy(
                other,
                () -> assertThat(during(() -> node.inTransaction(this::find)))
                        .isEqualTo(Map.of("MISS LOCKED", 1L, "REFUSED LOCKED", 1L, "BYTES_IN", storedBytes())));
    }

    @Test
    void whatIsLoadedUnderABulkStatementIsNotSent() {
        cacheKite();

        other.rolledBack(session -> {
            session.createMutationQuery("update Product set name = 'Ball' where id = -1")
                    .executeUpdate();
            other.settle();
            assertThat(during(() -> node.inTransaction(this::find)))
                    .isEqualTo(
                            Map.of("MISS OTHER_GENERATION", 1L, "REFUSED BULK_LOCKED", 1L, "BYTES_IN", storedBytes()));
        });
    }

    @Test
    void theNextTransactionOfTheSessionPutsAgain() {
        cacheKite();
        try (Session session = node.open()) {
            lockedBy(other, () -> during(() -> find(session)));
            other.settle();
            session.clear();
            assertThat(during(() -> find(session))).containsOnlyKeys("MISS ABSENT", "REFUSED LOCKED");
            session.beginTransaction();
            session.getTransaction().commit();
            node.awaitStamp();
            session.clear();

            assertThat(during(() -> find(session))).containsOnlyKeys("MISS ABSENT", "PUT", "BYTES_OUT");
        }
    }

    @Test
    void whatIsLoadedInsteadOfALapsedLockIsPut() {
        cacheKite();
        store("L" + digits(0) + digits(1) + "0" + "dead-1:" + digits(node.redisMicros() - 1) + ";");
        node.awaitStamp();

        assertThat(during(() -> node.inTransaction(this::find)))
                .containsOnlyKeys("MISS LOCKED", "EXPIRED_LOCK", "PUT", "BYTES_IN", "BYTES_OUT");
    }

    @Test
    void aReadThatFindsALapsedLockCountsIt() {
        cacheKite();
        store("L" + digits(0) + digits(1) + "0" + "dead-1:" + digits(node.redisMicros() - 1) + ";");

        assertThat(during(() -> node.inTransaction(this::findOnly)))
                .isEqualTo(Map.of("MISS LOCKED", 1L, "EXPIRED_LOCK", 1L, "BYTES_IN", storedBytes()));
    }

    @Test
    void aLockWithOneHoldThatHasNotLapsedIsNoExpiredOne() {
        cacheKite();
        long now = node.redisMicros();
        store("L" + digits(0) + digits(1) + "1" + "dead-1:" + digits(now - 1) + ";" + "live-1:"
                + digits(now + 60_000_000) + ";");

        assertThat(during(() -> node.inTransaction(this::findOnly)))
                .isEqualTo(Map.of("MISS LOCKED", 1L, "BYTES_IN", storedBytes()));
    }

    @Test
    void aBulkStatementTellsAtBothEnds() {
        cacheKite();

        assertThat(during(() -> node.inTransaction(
                        session -> session.createMutationQuery("update Product set name = 'Ball' where id = -1")
                                .executeUpdate())))
                .isEqualTo(Map.of("INVALIDATION_SENT", 2L));
        assertThat(during(() -> node.inTransaction(this::findOnly))).containsKey("MISS OTHER_GENERATION");
    }

    // Evicting

    @Test
    void anEntryThatIsEvictedIsAnEviction() {
        cacheKite();

        assertThat(during(() -> node.cache().evictEntityData(Product.class, id)))
                .isEqualTo(Map.of("EVICTION", 1L, "INVALIDATION_SENT", 1L));
        assertThat(statistics.evictionTimes().snapshot().count()).isPositive();
    }

    @Test
    void aRegionThatIsEvictedIsOneEviction() {
        cacheKite();

        assertThat(during(() -> node.cache().evictEntityData(Product.class)))
                .isEqualTo(Map.of("EVICTION", 1L, "INVALIDATION_SENT", 1L));
    }

    @Test
    void anEntryThatIsGarbageIsAMissAndEvicted() {
        cacheKite();
        store("X");

        assertThat(during(() -> node.inTransaction(this::findOnly)))
                .isEqualTo(Map.of("MISS UNDECODABLE", 1L, "BYTES_IN", 1L, "EVICTION", 1L, "INVALIDATION_SENT", 1L));
    }

    // Reading ahead

    @Test
    void whatIsReadAheadIsUsedOrWasted() {
        cacheKite();
        long second = IDS.incrementAndGet();
        cacheKite(second);

        assertThat(during(() -> node.inTransaction(session -> {
                    Hearth.prefetch(session, Product.class, List.of(id, second, -1L));
                    find(session);
                })))
                .containsEntry("PREFETCH_USED", 1L)
                .containsEntry("PREFETCH_WASTED", 1L)
                .containsEntry("REMOTE_HIT", 2L)
                .containsEntry("MISS ABSENT", 1L);
    }

    @Test
    void whatIsReadAheadInVainTwiceIsWastedTwice() {
        cacheKite();

        assertThat(during(() -> node.inTransaction(session -> {
                    Hearth.prefetch(session, Product.class, List.of(id));
                    Hearth.prefetch(session, Product.class, List.of(id));
                })))
                .containsEntry("PREFETCH_WASTED", 2L)
                .doesNotContainKey("PREFETCH_USED");
    }

    /** Else a session that is slow to ask would wait for each of them. */
    @Test
    void whatWasReadAheadTooLongAgoIsReadAnewAllTogether() {
        List<Long> ids =
                LongStream.range(0, 20).map(i -> IDS.incrementAndGet()).boxed().toList();
        ids.forEach(this::cacheKite);

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
        persistUncached();
        long gets = statistics.getTimes().totalCount();
        long puts = statistics.putTimes().totalCount();

        node.inTransaction(this::find);
        node.inTransaction(this::find);

        assertThat(statistics.getTimes().totalCount()).isEqualTo(gets + 2);
        assertThat(statistics.putTimes().totalCount()).isEqualTo(puts + 1);
        assertThat(statistics.getTimes().snapshot().p50()).isBetween(1_000L, 10_000_000_000L);
    }

    @Test
    void aCommitThatWaitsForItsLockIsTimed() {
        cacheKite();
        var lockWaits = node.nodeStatistics().lockWaits();
        long before = lockWaits.totalCount();

        node.inTransaction(this::find);
        assertThat(lockWaits.totalCount()).isEqualTo(before);
        node.inTransaction(session -> find(session).setName("Ball"));

        assertThat(lockWaits.totalCount()).isEqualTo(before + 1);
    }

    // Hibernate's own

    @Test
    void hibernateCountsTheSameHitsMissesAndPuts() {
        IntStream.range(0, 5).forEach(i -> persistUncached(IDS.incrementAndGet()));
        long last = IDS.get();
        node.fixture().statistics().clear();
        statistics.reset();

        for (int round = 0; round < 3; round++) {
            for (long each = last - 4; each <= last; each++) {
                long wanted = each;
                node.inTransaction(session -> session.find(Product.class, wanted));
            }
            node.inTransaction(session -> session.find(Product.class, last).setName("Ball"));
        }
        CacheRegionStatistics own = node.fixture().statistics().getCacheRegionStatistics(Product.class.getName());

        assertThat(statistics.hits()).isEqualTo(own.getHitCount()).isEqualTo(13);
        assertThat(statistics.misses()).isEqualTo(own.getMissCount()).isEqualTo(5);
        assertThat(statistics.puts()).isEqualTo(own.getPutCount()).isEqualTo(6);
    }

    private Map<String, Long> during(Runnable work) {
        node.settle();
        return Moved.during(statistics, () -> {
            work.run();
            node.settle();
        });
    }

    private Product find(Session session) {
        return session.find(Product.class, id);
    }

    private void findOnly(Session session) {
        session.find(Product.class, id, CacheMode.GET);
    }

    /** Takes the soft lock as an update does, but changes no row, so that nobody waits for the database. */
    private void lockedBy(CachingNode holder, Runnable meanwhile) {
        holder.rolledBack(session -> {
            var persister = holder.persister(Product.class);
            var access = persister.getCacheAccessStrategy();
            var implementor = session.unwrap(SharedSessionContractImplementor.class);
            Object key = access.generateCacheKey(id, persister, holder.implementor(), null);
            access.lockItem(implementor, key, null);
            holder.settle();
            meanwhile.run();
        });
    }

    private void persistUncached() {
        persistUncached(id);
    }

    private void persistUncached(long row) {
        try (StatelessSession session = other.sessionFactory().openStatelessSession()) {
            session.beginTransaction();
            session.setCacheMode(CacheMode.IGNORE);
            session.insert(new Product(row, "Kite", BigDecimal.ONE, null));
            session.getTransaction().commit();
        }
        other.settle();
        other.cache().evictEntityData(Product.class, row);
    }

    private void cacheKite() {
        cacheKite(id);
    }

    private void cacheKite(long row) {
        persistUncached(row);
        node.askUntilCached(session -> session.find(Product.class, row).getName());
    }

    private long storedBytes() {
        try (RedisConnection redis = nodes.redis().connect()) {
            return redis.number("STRLEN", node.key(Product.class, id));
        }
    }

    private void store(String text) {
        try (RedisConnection redis = nodes.redis().connect()) {
            redis.call("SET", node.key(Product.class, id), text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String digits(long stamp) {
        return String.format("%016d", stamp);
    }
}
