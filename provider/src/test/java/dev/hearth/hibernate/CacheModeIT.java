package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the cache modes of a session leave out, and what they never leave out. */
final class CacheModeIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(2);

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void persistKite() {
        writer.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
    }

    @Test
    void normalReadsAndPublishes() {
        assertThat(reader.ask(in(CacheMode.NORMAL))).isEqualTo(cached("Kite"));
        evict();

        Waiting.until("the load is published", () -> {
            reader.ask(in(CacheMode.NORMAL));
            return reader.caches(Product.class, id);
        });
    }

    @Test
    void getReadsAndDoesNotPublish() {
        assertThat(reader.ask(in(CacheMode.GET))).isEqualTo(cached("Kite"));
        evict();

        assertThat(reader.ask(in(CacheMode.GET))).isEqualTo(loaded("Kite"));
        assertThat(reader.stored(Product.class, id)).isEmpty();
    }

    @Test
    void putPublishesAndDoesNotRead() {
        assertThat(reader.ask(in(CacheMode.PUT))).isEqualTo(loaded("Kite"));
        evict();

        Waiting.until("the load is published", () -> {
            reader.ask(in(CacheMode.PUT));
            return reader.caches(Product.class, id);
        });
    }

    @Test
    void ignoreNeitherReadsNorPublishes() {
        assertThat(reader.ask(in(CacheMode.IGNORE))).isEqualTo(loaded("Kite"));
        evict();

        assertThat(reader.ask(in(CacheMode.IGNORE))).isEqualTo(loaded("Kite"));
        assertThat(reader.stored(Product.class, id)).isEmpty();
    }

    @Test
    void refreshReplacesWhatStandsInTheCacheWithWhatTheDatabaseHolds() {
        Sql.execute(nodes.database(), "update Product set name = 'Ball' where id = " + id);
        assertThat(reader.ask(in(CacheMode.NORMAL))).isEqualTo(cached("Kite"));

        Waiting.until("the database's value is published", () -> {
            assertThat(reader.ask(in(CacheMode.REFRESH))).isEqualTo(loaded("Ball"));
            return writer.ask(in(CacheMode.NORMAL)).equals(cached("Ball"));
        });
    }

    @ParameterizedTest
    @EnumSource(CacheMode.class)
    void noModeKeepsAnUpdateFromTheOtherNode(CacheMode mode) {
        assertThat(reader.ask(in(CacheMode.NORMAL))).isEqualTo(cached("Kite"));

        writer.inTransaction(session -> {
            session.setCacheMode(mode);
            session.find(Product.class, id).setName("Ball");
        });

        assertThat(reader.ask(in(CacheMode.NORMAL)).value()).isEqualTo("Ball");
    }

    private void evict() {
        writer.cache().evict(Product.class, id);
    }

    private Function<Session, String> in(CacheMode mode) {
        return session -> session.find(Product.class, id, mode).getName();
    }
}
