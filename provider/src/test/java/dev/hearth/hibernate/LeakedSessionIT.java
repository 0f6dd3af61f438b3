package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.statistics.PutRefusal;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that end without completing their transaction, while they hold locks. */
final class LeakedSessionIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.setting("hibernate.cache.hearth.lock-timeout", "1s")
                    .setting("hibernate.cache.hearth.redis.command-timeout", "900ms"));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLockKeepsTheEntryOutUntilItLapsesAndThenIsAFence(boolean closed) {
        persistKite();
        leakALock(closed);
        assertThat(other.stored(Product.class, id)).isEqualTo("L");
        assertThat(other.ask(name())).isEqualTo(loaded("Kite"));

        try (Session early = other.open()) {
            early.beginTransaction();
            awaitLapse(other.key(Product.class, id));
            long fenced = other.statistics(Product.class).refusals(PutRefusal.FENCED);
            assertThat(name().apply(early)).isEqualTo("Kite");
            other.settle();

            assertThat(other.statistics(Product.class).refusals(PutRefusal.FENCED))
                    .isEqualTo(fenced + 1);
            assertThat(other.caches(Product.class, id)).isFalse();
        }
        assertThat(other.ask(name())).isEqualTo(loaded("Kite"));
        assertThat(node.ask(name())).isEqualTo(cached("Kite"));
    }

    @Test
    void aBulkLockKeepsTheRegionOutUntilItLapsesAndThenBeginsAGeneration() {
        persistKite();
        leakABulkLock();
        assertThat(other.caches(Product.class, id)).isFalse();

        try (Session early = other.open()) {
            early.beginTransaction();
            awaitLapse(record());
            long refused = other.statistics(Product.class).refusals(PutRefusal.GENERATION);
            assertThat(name().apply(early)).isEqualTo("Kite");
            other.settle();

            assertThat(other.statistics(Product.class).refusals(PutRefusal.GENERATION))
                    .isEqualTo(refused + 1);
        }
        assertThat(other.ask(name())).isEqualTo(loaded("Kite"));
        assertThat(node.ask(name())).isEqualTo(cached("Kite"));
    }

    /* In a method of its own, so that nothing refers to the session afterwards. */
    private void leakALock(boolean closed) {
        Session session = node.open();
        session.beginTransaction();
        session.find(Product.class, id).setName("Ball");
        session.flush();
        node.settle();
        if (closed) {
            session.close();
        }
    }

    private void leakABulkLock() {
        Session session = node.open();
        session.beginTransaction();
        session.createMutationQuery("update Product set name = 'Ball' where id = " + id)
                .executeUpdate();
        node.settle();
        session.close();
    }

    /* Locks are kept for as long as their session can be reached. */
    private void awaitLapse(String key) {
        Waiting.until("the lock under " + key + " lapses", () -> {
            System.gc();
            return node.redisMicros() > node.expiryOfLock(key);
        });
        node.awaitStamp();
    }

    private String record() {
        String entry = other.key(Product.class, id);
        return entry.substring(0, entry.indexOf('}') + 1);
    }

    private void persistKite() {
        node.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        assertThat(other.askUntilCached(name())).isEqualTo(cached("Kite"));
    }

    private Function<Session, String> name() {
        return session -> session.find(Product.class, id).getName();
    }
}
