package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions that last longer than a lock does: their node keeps it, by the real clock. */
final class RenewalIT {
    private static final long LOCK_TIMEOUT_MICROS = 1_000_000;

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2,
            builder -> builder.setting("hibernate.cache.hearth.lock-timeout", "1s")
                    .setting("hibernate.cache.hearth.redis.command-timeout", "900ms"));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void persistKite() {
        writer.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Kite"));
    }

    @Test
    void aSoftLockIsKeptAndTheValuePublishedAtTheEnd() {
        writer.inTransaction(session -> {
            session.find(Product.class, id).setName("Ball");
            session.flush();
            writer.settle();
            outlastTheLock(writer.key(Product.class, id));
        });

        assertThat(reader.ask(name())).isEqualTo(cached("Ball"));
    }

    @Test
    void aStatelessSessionsLockIsKept() {
        writer.sessionFactory().inStatelessTransaction(session -> {
            session.update(new Product(id, "Ball", BigDecimal.ONE, null));
            writer.settle();
            outlastTheLock(writer.key(Product.class, id));
        });
        writer.settle();

        assertThat(reader.ask(name())).isEqualTo(loaded("Ball"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ball"));
    }

    @Test
    void aBulkLockIsKeptAndTheRegionUsedAfterwards() {
        writer.inTransaction(session -> {
            session.createMutationQuery("update Product set name = 'Ball' where id = " + id)
                    .executeUpdate();
            writer.settle();
            String entry = writer.key(Product.class, id);
            outlastTheLock(entry.substring(0, entry.indexOf('}') + 1));
        });

        assertThat(reader.ask(name())).isEqualTo(loaded("Ball"));
        assertThat(reader.askUntilCached(name())).isEqualTo(cached("Ball"));
    }

    /* Two timeouts beyond the first expiry; all the while the lock is in force, and others load without publishing. */
    private void outlastTheLock(String key) {
        long first = reader.expiryOfLock(key);
        Waiting.until("the lock outlasts its first expiry by two timeouts", () -> {
            long expiry = reader.expiryOfLock(key);
            long now = reader.redisMicros();
            assertThat(expiry).isGreaterThan(now - LOCK_TIMEOUT_MICROS / 2);
            assertThat(reader.ask(name())).isEqualTo(loaded("Kite"));
            return now > first + 2 * LOCK_TIMEOUT_MICROS;
        });
    }

    private Function<Session, String> name() {
        return session -> session.find(Product.class, id).getName();
    }
}
