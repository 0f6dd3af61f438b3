package dev.hearth.warming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.test.shop.Category;
import dev.hearth.test.shop.Customer;
import dev.hearth.warming.WarmTarget.Entities;
import dev.hearth.warming.WarmTarget.Results;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a warm-up brings into the cache beside entities: their collections and natural ids, and results of queries. */
final class LoaderAlongIT extends LoaderFixture {
    @Test
    void collectionsAndNaturalIdsComeAlong() throws Exception {
        loader.load(along(Customer.class, "orders"), run);
        loader.load(along(Category.class, "children"), run);

        assertThat(sql(
                        other,
                        () -> other.inTransaction(session -> {
                            Customer ada =
                                    session.bySimpleNaturalId(Customer.class).load("ada@example.org");
                            assertThat(ada.getOrders().get(0).getId()).isOne();
                            assertThat(session.find(Customer.class, 2L).getOrders())
                                    .isEmpty();
                            assertThat(session.find(Category.class, 1).getChildren())
                                    .extracting(Category::getName)
                                    .containsExactlyInAnyOrder("Books", "Toys");
                        })))
                .isZero();

        RecordedRun second = new RecordedRun();
        loader.load(along(Customer.class, "orders"), second);
        assertThat(second.read()).isZero();
        assertThat(second.skipped()).isEqualTo(4);
    }

    @Test
    void aCollectionThatIsMissingIsReadWhereItsOwnerIsNot() throws Exception {
        loader.load(all(Customer.class), run);

        loader.load(along(Customer.class, "orders"), run);

        assertThat(sql(
                        other,
                        () -> other.inTransaction(session -> assertThat(
                                        session.find(Customer.class, 1L).getOrders())
                                .hasSize(1))))
                .isZero();
    }

    @Test
    void whatTheMappingHasNotIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader.load(along(Customer.class, "ordres"), run))
                .withMessage("Customer has no collection 'ordres'; it has [orders]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader.load(where(Customer.class, "e.nmae = 'Ada'", Map.of()), run))
                .withMessageContaining("Customer cannot be warmed")
                .withMessageContaining("nmae");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader.load(new Results("Gauge.uncached", List.of(Map.of())), run))
                .withMessageContaining("'Gauge.uncached' cannot be warmed: it is not cacheable");
    }

    @Test
    void aNaturalIdThatIsMissingIsFoundWhereItsEntityIsNot() throws Exception {
        Entities customers = new Entities(Customer.class, null, Map.of(), List.of(), 0, Set.of(), true);
        loader.load(customers, run);
        warmer.sessionFactory().getCache().evictNaturalIdData(Customer.class);
        RecordedRun second = new RecordedRun();

        loader.load(customers, second);

        assertThat(second.read()).isEqualTo(2);
        assertThat(second.stored()).isEqualTo(2);
        assertThat(sql(
                        other,
                        () -> other.inTransaction(session -> {
                            session.bySimpleNaturalId(Customer.class).load("ada@example.org");
                            session.bySimpleNaturalId(Customer.class).load("bob@example.org");
                        })))
                .isZero();
        RecordedRun third = new RecordedRun();
        loader.load(customers, third);
        assertThat(third.read()).as("nothing is missing any more").isZero();
    }

    @Test
    void anEntityWithoutANaturalIdHasNoneThatIsMissing() throws Exception {
        Entities customers = new Entities(Customer.class, null, Map.of(), List.of(), 0, Set.of(), true);
        other.inTransaction(session -> session.persist(new Customer(99, null, "Eve", null)));
        try {
            loader.load(customers, run);
            RecordedRun second = new RecordedRun();
            loader.load(customers, second);

            assertThat(second.read()).isZero();
            assertThat(second.skipped()).isEqualTo(3);
        } finally {
            other.inTransaction(session -> session.remove(session.find(Customer.class, 99L)));
        }
    }

    @Test
    void resultsAreServedToAnotherNodeAndLeftWhereTheyAreValid() throws Exception {
        Results target = new Results("Gauge.above", List.of(Map.of("low", 8), Map.of("low", 9), Map.of("low", 7)));
        loader.load(target, new RecordedRun("1", page -> {}));
        loader.load(target, run);

        assertThat(run.pages)
                .containsExactly(
                        new RecordedRun.Page(2, 1, 0, "1"),
                        new RecordedRun.Page(0, 0, 1, "2"),
                        new RecordedRun.Page(0, 0, 1, "3"));
        assertThat(loader.estimate(target)).isEqualTo(3);
        assertThat(sql(
                        other,
                        () -> other.inTransaction(
                                session -> assertThat(session.createNamedQuery("Gauge.above", String.class)
                                                .setParameter("low", 8)
                                                .getResultList())
                                        .containsExactly("unit 8", "unit 9"))))
                .isZero();
    }
}
