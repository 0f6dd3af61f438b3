package dev.hearth.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.HearthRegionFactory;
import dev.hearth.statistics.Benefit;
import dev.hearth.test.Nodes;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Formula;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each region gains, by the times that its look-ups, loads and puts took. */
final class BenefitIT {
    private static final Duration SLOW = Duration.ofMillis(60);
    private static final AtomicLong IDS = new AtomicLong();
    private static final String ORDERS = Customer.class.getName() + ".orders";
    private static final String EMAIL = Customer.class.getName() + "##NaturalId";

    private static final List<Class<?>> ENTITIES = Stream.concat(
                    Shop.ENTITIES.stream(), Stream.of(Slow.class, Seldom.class))
            .toList();

    @RegisterExtension
    static final CacheNodesExtension nodes = CacheNodesExtension.start(1, builder -> builder.entities(ENTITIES));

    /** Takes the database a while to read. */
    @Entity(name = "Slow")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Slow {
        @Id
        Long id;

        @Formula("cast(pg_sleep(0.06) as text)")
        String slept;

        protected Slow() {}

        Slow(long id) {
            this.id = id;
        }
    }

    /** Is in no test read twice. */
    @Entity(name = "Seldom")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Seldom {
        @Id
        Long id;

        protected Seldom() {}

        Seldom(long id) {
            this.id = id;
        }
    }

    private final CachingNode node = nodes.get(0);
    private final long id = IDS.addAndGet(10);

    @Test
    void hitsSaveWhatTheLoadTook() {
        node.inTransaction(session -> session.persist(new Slow(id)));
        node.cache().evictEntityData(Slow.class, id);
        Waiting.until(
                "the row is cached",
                () -> node.ask(session -> session.find(Slow.class, id).slept).fromCache());
        Benefit before = benefit(node, Slow.class.getName());
        assertThat(before.loads()).isPositive();
        long mean = before.savedNanos() / before.hits();
        assertThat(mean).isGreaterThanOrEqualTo(SLOW.toNanos());

        for (int i = 0; i < 10; i++) {
            node.ask(session -> session.find(Slow.class, id).slept);
        }

        Benefit after = benefit(node, Slow.class.getName());
        assertThat(after.hits()).isEqualTo(before.hits() + 10);
        assertThat(after.loads()).isEqualTo(before.loads());
        assertThat(after.savedNanos() - before.savedNanos()).isCloseTo(10 * mean, within(100L));
        assertThat(after.spentNanos()).isGreaterThan(before.spentNanos());
        assertThat(after.netNanos()).isGreaterThan(before.netNanos()).isPositive();
    }

    @Test
    void loadsOfCollectionsAndNaturalIdsAreMeasuredToo() {
        node.inTransaction(session -> {
            Customer customer = new Customer(id, id + "@example.org", "Ada", null);
            session.persist(customer);
            session.persist(new Order(id, LocalDate.of(2026, 1, 2), customer));
        });
        node.cache().evictAllRegions();
        long collections = benefit(node, ORDERS).loads();
        long naturalIds = benefit(node, EMAIL).loads();

        node.ask(session -> session.bySimpleNaturalId(Customer.class)
                .load(id + "@example.org")
                .getOrders()
                .size());

        assertThat(benefit(node, ORDERS).loads()).isEqualTo(collections + 1);
        assertThat(benefit(node, EMAIL).loads()).isEqualTo(naturalIds + 1);
    }

    @Test
    void aRegionThatNeverServesIsALossOnceThatMeansSomething() {
        node.inTransaction(session -> {
            for (int i = 0; i < 5; i++) {
                session.persist(new Seldom(id + i));
            }
        });
        node.cache().evictEntityData(Seldom.class);
        for (int i = 0; i < 5; i++) {
            long seldom = id + i;
            node.ask(session -> session.find(Seldom.class, seldom));
        }

        assertThat(benefit(node, Seldom.class.getName()).hits()).isZero();
        assertThat(factory(node).losses(5)).containsKey(Seldom.class.getName()).doesNotContainKey(Slow.class.getName());
        assertThat(factory(node).losses(1_000)).isEmpty();
    }

    @Test
    void ofHitsInsideTheProcessASampleStandsForAll() {
        node.inTransaction(session -> session.persist(new Product(id, "Kite", BigDecimal.ONE, null)));
        try (Nodes more = NearNodes.strict(nodes.builder())
                .entities(ENTITIES)
                .keepSchema()
                .start(1)) {
            CachingNode near = nodes.caching(more.get(0));
            NearPair.awaitKept(near, session -> session.find(Product.class, id).getName(), "Kite");
            Benefit before = benefit(near, Product.class.getName());

            int found = 20_000;
            for (int i = 0; i < found; i++) {
                near.fixture().inTransaction(session -> session.find(Product.class, id));
            }

            Benefit after = benefit(near, Product.class.getName());
            assertThat(after.hits()).isEqualTo(before.hits() + found);
            assertThat((after.spentNanos() - before.spentNanos()) / found).isBetween(20L, 100_000L);
        }
    }

    private static Benefit benefit(CachingNode node, String region) {
        return Objects.requireNonNull(factory(node).benefits().get(region), region);
    }

    private static HearthRegionFactory factory(CachingNode node) {
        return (HearthRegionFactory) node.cache().getRegionFactory();
    }
}
