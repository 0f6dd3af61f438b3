package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.hibernate.CachingNode.Answer;
import dev.hearth.test.shop.Country;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.cfg.CacheSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that keep immutable entities themselves on the heap ({@code hibernate.cache.use_reference_entries}). */
final class ReferenceEntriesIT {
    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(
            2, builder -> builder.setting(CacheSettings.USE_DIRECT_REFERENCE_CACHE_ENTRIES, true));

    private static final AtomicLong CODES = new AtomicLong();

    private final CachingNode node = nodes.get(0);
    private final CachingNode other = nodes.get(1);
    private final String code = "C" + CODES.incrementAndGet();

    @BeforeEach
    void persist() {
        node.inTransaction(session -> session.persist(new Country(code, "Germany")));
    }

    @Test
    void sessionsOfANodeShareTheObjectAndNodesDoNot() {
        Country here = awaitServed(node);
        Country there = awaitServed(other);

        assertThat(node.ask(country())).isEqualTo(Answer.cached(here));
        assertThat(other.ask(country())).isEqualTo(Answer.cached(there));
        assertThat(there).isNotSameAs(here);
        assertThat(there.getName()).isEqualTo("Germany");
    }

    @Test
    void anEvictionOnOneNodeIsSeenOnBoth() {
        Country here = awaitServed(node);
        Country there = awaitServed(other);
        Sql.execute(nodes.database(), "update Country set name = 'Deutschland' where code = '" + code + "'");
        assertThat(other.ask(country()).value()).isSameAs(there);

        node.cache().evict(Country.class, code);

        assertThat(node.ask(country()).value()).isNotSameAs(here);
        assertThat(other.ask(country()).value()).isNotSameAs(there);
        assertThat(awaitServed(other).getName()).isEqualTo("Deutschland");
    }

    @Test
    void anEvictedClassIsGoneOnBoth() {
        Country here = awaitServed(node);
        Country there = awaitServed(other);

        other.cache().evict(Country.class);

        assertThat(node.ask(country()).value()).isNotSameAs(here);
        assertThat(other.ask(country()).value()).isNotSameAs(there);
    }

    @Test
    void aDeletedEntityIsServedByNeither() {
        awaitServed(node);
        awaitServed(other);

        node.inTransaction(session -> session.remove(session.find(Country.class, code)));

        assertThat(node.ask(country())).isEqualTo(Answer.loaded(null));
        assertThat(other.ask(country())).isEqualTo(Answer.loaded(null));
    }

    private Country awaitServed(CachingNode at) {
        return at.askUntilCached(country()).value();
    }

    private Function<Session, Country> country() {
        return session -> session.find(Country.class, code);
    }
}
