package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What locks move of a region's counters, and what they keep from being sent. Nothing is kept near. */
final class LockCountersIT {
    /* What Redis stores in front of a body. */
    private static final int HEAD = 33;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final Kite kite = new Kite(nodes);

    @Test
    void anUpdateLocksTellsAndPublishes() {
        kite.cache();
        long bytes = kite.storedBytes();

        assertThat(kite.during(
                        () -> node.inTransaction(session -> kite.find(session).setName("Ball"))))
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
        kite.cache();
        long bytes = kite.storedBytes();

        assertThat(kite.during(() -> node.rolledBack(session -> {
                    kite.find(session).setName("Ball");
                    session.flush();
                })))
                .isEqualTo(Map.of("REMOTE_HIT", 1L, "BYTES_IN", bytes, "LOCK", 1L, "INVALIDATION_SENT", 1L));
    }

    @Test
    void aLockOnWhatAnotherTransactionHoldsIsConcurrent() {
        kite.cache();

        kite.lockedBy(
                other,
                () -> assertThat(kite.during(() -> kite.lockedBy(node, () -> {})))
                        .isEqualTo(Map.of("LOCK", 1L, "CONCURRENT_LOCK", 1L, "INVALIDATION_SENT", 1L)));
    }

    @Test
    void anEntryThatAnotherTransactionHoldsIsAMiss() {
        kite.cache();

        kite.lockedBy(
                other,
                () -> assertThat(kite.during(() -> node.inTransaction(kite::findOnly)))
                        .isEqualTo(Map.of("MISS LOCKED", 1L, "BYTES_IN", kite.storedBytes())));
    }

    /** Whenever the lock ends, that is a fence which the session that found it began before. */
    @Test
    void whatIsLoadedInsteadOfWhatAnotherHoldsIsNotSent() {
        kite.cache();

        kite.lockedBy(
                other,
                () -> assertThat(kite.during(() -> node.inTransaction(kite::find)))
                        .isEqualTo(Map.of("MISS LOCKED", 1L, "REFUSED LOCKED", 1L, "BYTES_IN", kite.storedBytes())));
    }

    @Test
    void whatIsLoadedUnderABulkStatementIsNotSent() {
        kite.cache();

        other.rolledBack(session -> {
            session.createMutationQuery("update Product set name = 'Ball' where id = -1")
                    .executeUpdate();
            other.settle();
            assertThat(kite.during(() -> node.inTransaction(kite::find)))
                    .isEqualTo(Map.of(
                            "MISS OTHER_GENERATION", 1L, "REFUSED BULK_LOCKED", 1L, "BYTES_IN", kite.storedBytes()));
        });
    }

    @Test
    void theNextTransactionOfTheSessionPutsAgain() {
        kite.cache();
        try (Session session = node.open()) {
            kite.lockedBy(other, () -> kite.during(() -> kite.find(session)));
            other.settle();
            session.clear();
            assertThat(kite.during(() -> kite.find(session))).containsOnlyKeys("MISS ABSENT", "REFUSED LOCKED");
            node.awaitStamp();
            session.beginTransaction();
            session.getTransaction().commit();
            session.clear();

            assertThat(kite.during(() -> kite.find(session))).containsOnlyKeys("MISS ABSENT", "PUT", "BYTES_OUT");
        }
    }

    @Test
    void whatIsLoadedInsteadOfALapsedLockIsPut() {
        kite.cache();
        kite.store("L" + digits(0) + digits(1) + "0" + "dead-1:" + digits(node.redisMicros() - 1) + ";");
        node.awaitStamp();

        assertThat(kite.during(() -> node.inTransaction(kite::find)))
                .containsOnlyKeys("MISS LOCKED", "EXPIRED_LOCK", "PUT", "BYTES_IN", "BYTES_OUT");
    }

    @Test
    void aReadThatFindsALapsedLockCountsIt() {
        kite.cache();
        kite.store("L" + digits(0) + digits(1) + "0" + "dead-1:" + digits(node.redisMicros() - 1) + ";");
        node.awaitStamp();

        assertThat(kite.during(() -> node.inTransaction(kite::findOnly)))
                .isEqualTo(Map.of("MISS LOCKED", 1L, "EXPIRED_LOCK", 1L, "BYTES_IN", kite.storedBytes()));
    }

    @Test
    void aLockWithOneHoldThatHasNotLapsedIsNoExpiredOne() {
        kite.cache();
        long now = node.redisMicros();
        kite.store("L" + digits(0) + digits(1) + "1" + "dead-1:" + digits(now - 1) + ";" + "live-1:"
                + digits(now + 60_000_000) + ";");

        assertThat(kite.during(() -> node.inTransaction(kite::findOnly)))
                .isEqualTo(Map.of("MISS LOCKED", 1L, "BYTES_IN", kite.storedBytes()));
    }

    @Test
    void aBulkStatementTellsAtBothEnds() {
        kite.cache();

        assertThat(kite.during(() -> node.inTransaction(
                        session -> session.createMutationQuery("update Product set name = 'Ball' where id = -1")
                                .executeUpdate())))
                .isEqualTo(Map.of("INVALIDATION_SENT", 2L));
        assertThat(kite.during(() -> node.inTransaction(kite::findOnly))).containsKey("MISS OTHER_GENERATION");
    }

    private static String digits(long stamp) {
        return String.format("%016d", stamp);
    }
}
