package dev.hearth.hibernate;

import static dev.hearth.hibernate.CachingNode.Answer.cached;
import static dev.hearth.hibernate.CachingNode.Answer.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Book;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.cfg.CacheSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that hand the cache maps of names and values ({@code hibernate.cache.use_structured_entries}). */
final class StructuredEntriesIT {
    @RegisterExtension
    static final CacheNodesExtension nodes =
            CacheNodesExtension.start(2, builder -> builder.setting(CacheSettings.USE_STRUCTURED_CACHE, true));

    private static final AtomicLong IDS = new AtomicLong();

    private final CachingNode writer = nodes.get(0);
    private final CachingNode reader = nodes.get(1);
    private final long id = IDS.incrementAndGet();

    @BeforeEach
    void persist() {
        writer.inTransaction(session -> {
            Customer ada = new Customer(id, mail(), "Ada", null);
            session.persist(ada);
            session.persist(new Order(id, LocalDate.of(2026, 1, 2), ada));
            session.persist(new Book(id, "Dictionary", new BigDecimal("19.90"), null, "978"));
        });
    }

    @Test
    void whatOneNodeCommittedIsServedOnTheOther() {
        assertThat(reader.ask(description())).isEqualTo(cached("Book Dictionary 19.90 null"));
        assertThat(reader.ask(session -> session.find(Customer.class, id).getVersion()))
                .isEqualTo(cached(0L));

        writer.inTransaction(session -> {
            session.find(Product.class, id).setName("Lexicon");
            session.find(Customer.class, id).setName("Eve");
        });

        assertThat(reader.ask(description())).isEqualTo(cached("Book Lexicon 19.90 null"));
        assertThat(reader.ask(session -> session.find(Customer.class, id).getVersion()))
                .isEqualTo(cached(1L));
    }

    @Test
    void collectionsAndNaturalIdsAreServedAndInvalidated() {
        assertThat(reader.askUntilCached(orders())).isEqualTo(cached(1));
        assertThat(reader.askUntilCached(idByMail())).isEqualTo(cached(id));

        writer.inTransaction(session -> {
            session.persist(new Order(-id, LocalDate.of(2026, 1, 3), session.find(Customer.class, id)));
            session.find(Customer.class, id).setEmail("new" + mail());
        });

        assertThat(reader.ask(orders()).value()).isEqualTo(2);
        assertThat(reader.ask(idByMail())).isEqualTo(loaded(null));
    }

    @Test
    void aNodeWithPlainEntriesReadsTheSameValues() {
        try (Nodes other = nodes.builder()
                .setting(CacheSettings.USE_STRUCTURED_CACHE, false)
                .keepSchema()
                .start(1)) {
            CachingNode plain = nodes.caching(other.get(0));
            for (int round = 0; round < 3; round++) {
                assertThat(plain.ask(description()).value()).isEqualTo("Book Dictionary 19.90 null");
                assertThat(reader.ask(description()).value()).isEqualTo("Book Dictionary 19.90 null");
            }
            plain.inTransaction(session -> session.find(Product.class, id).setName("Lexicon"));

            assertThat(reader.ask(description()).value()).isEqualTo("Book Lexicon 19.90 null");
            assertThat(plain.ask(description()).value()).isEqualTo("Book Lexicon 19.90 null");
        }
    }

    private String mail() {
        return id + "@example.org";
    }

    private Function<Session, String> description() {
        return session -> {
            Product product = session.find(Product.class, id);
            return product.getClass().getSimpleName() + " " + product.getName() + " " + product.getPrice() + " "
                    + product.getCategory();
        };
    }

    private Function<Session, Integer> orders() {
        return session -> session.find(Customer.class, id).getOrders().size();
    }

    private Function<Session, Long> idByMail() {
        return session -> session.bySimpleNaturalId(Customer.class)
                .loadOptional(mail())
                .map(Customer::getId)
                .orElse(null);
    }
}
