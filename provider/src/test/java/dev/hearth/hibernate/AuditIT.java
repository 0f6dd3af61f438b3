package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.LogLines;
import dev.hearth.audit.AuditFigures;
import dev.hearth.audit.Auditor;
import dev.hearth.test.NodeFixture;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Book;
import dev.hearth.test.shop.Category;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Formula;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the auditor finds of entries that are not what the database has, and of others. */
final class AuditIT {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final AtomicLong IDS = new AtomicLong();
    private static final List<Class<?>> ENTITIES =
            Stream.concat(Shop.ENTITIES.stream(), Stream.of(Coarse.class)).toList();

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, AuditIT::audited);

    private final CachingNode node = nodes.get(0);
    private final long id = IDS.addAndGet(10);

    private static Nodes.Builder audited(Nodes.Builder builder) {
        return builder.entities(ENTITIES)
                .setting("hibernate.cache.hearth.audit.sample", "1")
                .setting("hibernate.cache.hearth.audit.rate", "1000");
    }

    /** Is kept by the database coarser than it is given. */
    @Entity(name = "Coarse")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Coarse {
        @Id
        Long id;

        Instant instant = Instant.parse("2026-01-02T03:04:05.123456789Z");
        LocalDateTime local = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 987_654_321);

        @Column(precision = 12, scale = 2)
        BigDecimal amount = new BigDecimal("12.3449");

        @Column(columnDefinition = "char(10)")
        String padded = "abc";

        float single = 1.1f;
        byte[] bytes = {1, 2, 3};

        @Embedded
        Part part = new Part();

        @Formula("random()")
        Double computed;

        protected Coarse() {}

        Coarse(long id) {
            this.id = id;
        }
    }

    @Embeddable
    static class Part {
        String name = "part";
        Instant made = Instant.parse("2026-01-02T03:04:05.000000001Z");
    }

    @Test
    void whatTheDatabaseHasIsTrue() {
        node.inTransaction(session -> {
            session.persist(new Category((int) id, "Kites", null));
            session.persist(new Book(id, "Kite", new BigDecimal("12.5"), session.find(Category.class, (int) id), "1"));
            session.persist(new Customer(id, id + "@example.org", "Ada", null));
            session.persist(new Coarse(id));
        });

        for (Class<?> entity : List.of(Product.class, Customer.class, Coarse.class)) {
            long before = figures(node, entity).audited();
            Waiting.until("it is audited", () -> {
                node.ask(session -> session.find(entity, id));
                return figures(node, entity).audited() > before;
            });
            assertThat(figures(node, entity).stale()).as(entity.getName()).isZero();
        }
    }

    @Test
    void aRowThatWasChangedBehindTheCacheIsFound() {
        try (Nodes more = audited(nodes.builder()).keepSchema().start(1);
                LogLines lines = LogLines.of(Auditor.class.getName())) {
            CachingNode own = nodes.caching(more.get(0));
            plant(own, "update Product set name = 'Hawk' where id = " + id);

            AuditFigures found = awaitStale(own);

            assertThat(found.staleShare()).isPositive();
            assertThat(lines.with("[" + Product.class.getName() + "]")).hasSize(1);
        }
    }

    @Test
    void aRowThatWasDeletedBehindTheCacheIsFound() {
        try (Nodes more = audited(nodes.builder()).keepSchema().start(1)) {
            CachingNode own = nodes.caching(more.get(0));
            plant(own, "delete from Product where id = " + id);

            awaitStale(own);
        }
    }

    @Test
    void oneInsideTheProcessIsFoundToo() {
        try (Nodes more =
                audited(NearNodes.strict(nodes.builder())).keepSchema().start(1)) {
            CachingNode own = nodes.caching(more.get(0));
            NearNodes.awaitTrust(own);
            plant(own, "update Product set name = 'Hawk' where id = " + id);
            NearPair.awaitKept(own, name(), "Kite");
            nodes.redis().connect().call("DEL", own.key(Product.class, id));

            awaitStale(own);
        }
    }

    @Test
    void oneInEntriesOfAnotherFormIsFoundToo() {
        try (Nodes more = audited(nodes.builder())
                .setting("hibernate.cache.use_structured_entries", "true")
                .keepSchema()
                .start(1)) {
            CachingNode own = nodes.caching(more.get(0));
            plant(own, "update Product set price = 2 where id = " + id);

            awaitStale(own);
        }
    }

    @Test
    void aCopyThatIsKeptLessStrictlyIsFoundWhileItsMessageIsLate() {
        try (NearPair pair = NearPair.with(
                nodes, builder -> audited(NearPair.settings(builder, LEASE)).setting(Nodes.NEAR, "fast"))) {
            node.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
            Waiting.until("it is kept near", () -> {
                pair.keeper().ask(name()::apply);
                return "Kite".equals(NearPair.ifNear(pair.keeper(), name()));
            });
            pair.proxy().subscriptions().delay(LEASE.dividedBy(2));

            Waiting.until("a stale read is found", () -> {
                node.inTransaction(session -> session.find(Product.class, id).setName("Hawk " + System.nanoTime()));
                pair.keeper().ask(name()::apply);
                return figures(pair.keeper(), Product.class).stale() > 0;
            });
        }
    }

    @Test
    void itAsksPastTheCacheAndLeavesNoTrace() {
        node.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        node.askUntilCached(name()::apply);
        AuditFigures before = figures(node, Product.class);
        long hits = node.statistics(Product.class).hits();
        long misses = node.statistics(Product.class).misses();
        long puts = node.statistics(Product.class).puts();

        node.ask(name()::apply);
        Waiting.until("it is audited", () -> figures(node, Product.class).audited() > before.audited());

        assertThat(node.statistics(Product.class).hits()).isEqualTo(hits + 1);
        assertThat(node.statistics(Product.class).misses()).isEqualTo(misses);
        assertThat(node.statistics(Product.class).puts()).isEqualTo(puts);
    }

    @Test
    void itPublishesNoNaturalId() {
        String region = Customer.class.getName() + "##NaturalId";
        node.inTransaction(session -> session.persist(new Customer(id, id + "@example.org", "Ada", null)));
        long before = figures(node, Customer.class).audited();
        node.askUntilCached(session -> session.find(Customer.class, id).getName());
        Waiting.until("it is audited", () -> figures(node, Customer.class).audited() > before);
        node.cache().evictNaturalIdData(Customer.class);
        long audited = figures(node, Customer.class).audited();
        long puts = node.statistics(region).puts();

        node.ask(session -> session.find(Customer.class, id).getName());
        Waiting.until("it is audited again", () -> figures(node, Customer.class).audited() > audited);
        node.settle();

        assertThat(node.statistics(region).puts()).isEqualTo(puts);
    }

    @Test
    void nothingIsAuditedUnlessASettingAsksForIt() {
        try (Nodes more = nodes.builder().entities(ENTITIES).keepSchema().start(1)) {
            CachingNode own = nodes.caching(more.get(0));
            own.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
            own.askUntilCached(name()::apply);

            assertThat(factory(own.fixture()).audits()).isEmpty();
        }
    }

    private void plant(CachingNode own, String sql) {
        own.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        own.askUntilCached(name()::apply);
        Sql.execute(nodes.database(), sql);
    }

    private AuditFigures awaitStale(CachingNode own) {
        Waiting.until("a stale read is found", () -> {
            own.ask(name()::apply);
            return figures(own, Product.class).stale() > 0;
        });
        return figures(own, Product.class);
    }

    private Function<Session, String> name() {
        return session -> session.find(Product.class, id).getName();
    }

    private static AuditFigures figures(CachingNode node, Class<?> entity) {
        return factory(node.fixture())
                .audits()
                .getOrDefault(node.persister(entity).getRootEntityName(), new AuditFigures(0, 0, 0));
    }

    private static HearthRegionFactory factory(NodeFixture node) {
        return (HearthRegionFactory) node.implementor().getCache().getRegionFactory();
    }
}
