package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The counters of what is kept inside the process, and of what it is told. */
final class NearCountersIT {
    private static final int KEPT_AT_MOST = 20;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> NearNodes.strict(builder)
                    .setting("hibernate.cache.hearth.near.maximum-entries", String.valueOf(KEPT_AT_MOST)));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final RegionStatistics statistics = node.statistics(Product.class);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void keepKite() {
        NearNodes.awaitTrust(other);
        other.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        NearPair.awaitKept(node, name(), "Kite");
        node.settle();
    }

    @Test
    void whatIsServedFromInsideIsANearHitAndNothingIsTimed() {
        long timed = statistics.getTimes().totalCount();

        assertThat(moved(() -> node.ask(name()))).isEqualTo(Map.of("NEAR_HIT", 1L));
        assertThat(statistics.getTimes().totalCount()).isEqualTo(timed);
        assertThat(statistics.hits()).isEqualTo(statistics.nearHits() + statistics.get(RegionEvent.REMOTE_HIT));
    }

    @Test
    void whatIsReadFromRedisIsKept() {
        node.cache().evictEntityData(Product.class, id);
        other.askUntilCached(name());

        assertThat(moved(() -> node.ask(name())))
                .containsEntry("REMOTE_HIT", 1L)
                .containsEntry("NEAR_PUT", 1L);
    }

    @Test
    void aChangeOfAnEntryIsHeardOnce() {
        assertThat(moved(() -> heard(() -> other.cache().evictEntityData(Product.class, id))))
                .isEqualTo(Map.of("INVALIDATION_RECEIVED", 1L));
    }

    @Test
    void aChangeOfTheRegionIsHeardOnce() {
        assertThat(moved(() -> heard(() -> other.cache().evictEntityData(Product.class))))
                .isEqualTo(Map.of("INVALIDATION_RECEIVED", 1L));
    }

    /** Without what gives way in the background, of whichever test. */
    private Map<String, Long> moved(Runnable work) {
        Map<String, Long> moved = Moved.during(statistics, work);
        moved.remove("NEAR_EVICTION");
        return moved;
    }

    @Test
    void aNodeHearsItsOwnChanges() {
        assertThat(moved(() -> heard(() -> node.cache().evictEntityData(Product.class, id))))
                .isEqualTo(Map.of("INVALIDATION_RECEIVED", 1L, "INVALIDATION_SENT", 1L, "EVICTION", 1L));
    }

    @Test
    void whatGivesWayToOthersIsANearEviction() {
        long before = statistics.get(RegionEvent.NEAR_EVICTION);
        long first = IDS.getAndAdd(2 * KEPT_AT_MOST) + 1;
        LongStream.range(first, first + 2 * KEPT_AT_MOST).forEach(each -> {
            other.inTransaction(session -> session.persist(new Product(each, "Ball", BigDecimal.ONE, null)));
            node.ask(session -> session.find(Product.class, each).getName());
        });

        Waiting.until(
                "some of " + 2 * KEPT_AT_MOST + " have given way",
                () -> statistics.get(RegionEvent.NEAR_EVICTION) >= before + KEPT_AT_MOST);
        Waiting.until("no more are kept than may be", () -> statistics.nearSize() <= KEPT_AT_MOST);
    }

    @Test
    void heartbeatsTellTheDeliveryLag() {
        long before = node.nodeStatistics().deliveryLags().totalCount();

        Waiting.until(
                "a heartbeat has come back",
                () -> node.nodeStatistics().deliveryLags().totalCount() > before);
        assertThat(node.nodeStatistics().deliveryLags().snapshot().max()).isBetween(1_000L, 60_000_000_000L);
    }

    /** Does something, and waits until the messages that it has published are heard. */
    private void heard(Runnable change) {
        long before = statistics.get(RegionEvent.INVALIDATION_RECEIVED);
        change.run();
        Waiting.until("the change is heard", () -> statistics.get(RegionEvent.INVALIDATION_RECEIVED) > before);
    }

    private Function<Session, String> name() {
        return session -> session.find(Product.class, id).getName();
    }
}
