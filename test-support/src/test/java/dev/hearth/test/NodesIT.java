package dev.hearth.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.test.shop.Book;
import dev.hearth.test.shop.Country;
import dev.hearth.test.shop.Customer;
import dev.hearth.test.shop.Order;
import dev.hearth.test.shop.OrderLine;
import dev.hearth.test.shop.OrderLineId;
import dev.hearth.test.shop.Product;
import dev.hearth.test.shop.Shop;
import dev.hearth.test.shop.Toy;
import org.hibernate.cache.internal.NoCachingRegionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class NodesIT {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    @Test
    void whatOneNodeCommitsTheOtherReads() {
        try (Nodes nodes = builder().start(2)) {
            nodes.get(0).inTransaction(Shop::fill);
            nodes.get(1).inTransaction(session -> {
                Order order = session.find(Order.class, 1L);
                assertThat(order.getCustomer().getEmail()).isEqualTo("ada@example.org");
                assertThat(order.getLines()).extracting(OrderLine::getQuantity).containsExactlyInAnyOrder(1, 2);
                assertThat(session.find(OrderLine.class, new OrderLineId(1, 2)).getQuantity())
                        .isEqualTo(2);
                assertThat(session.bySimpleNaturalId(Customer.class)
                                .load("bob@example.org")
                                .getName())
                        .isEqualTo("Bob");
                assertThat(session.createSelectionQuery("from Order", Order.class)
                                .list())
                        .hasSize(1);
            });
        }
    }

    @Test
    void subclassesComeBackAsThemselves() {
        try (Nodes nodes = builder().start(1)) {
            nodes.get(0).inTransaction(Shop::fill);
            nodes.get(0).inTransaction(session -> {
                assertThat(session.find(Product.class, 1L)).isInstanceOf(Book.class);
                assertThat(session.find(Product.class, 2L)).isInstanceOf(Toy.class);
            });
        }
    }

    @Test
    void aNodeCountsItsOwnStatements() {
        try (Nodes nodes = builder().start(2)) {
            nodes.get(0).inTransaction(Shop::fill);
            nodes.forEach(node -> node.sql().reset());
            nodes.get(1).inTransaction(session -> session.find(Product.class, 3L));
            assertThat(nodes.get(0).sql().total()).isZero();
            assertThat(nodes.get(1).sql().total()).isEqualTo(1);
            assertThat(nodes.get(1).statistics().getEntityLoadCount()).isEqualTo(1);
        }
    }

    @Test
    void settingsOfOneNodeComeBeforeTheCommonOnes() {
        try (Nodes nodes =
                builder().setting("marker", "all").settingOf(1, "marker", "one").start(2)) {
            assertThat(nodes.get(0).implementor().getProperties()).containsEntry("marker", "all");
            assertThat(nodes.get(1).implementor().getProperties())
                    .containsEntry("marker", "one")
                    .containsEntry(Nodes.REDIS_URL, redis.url());
        }
    }

    @Test
    void nodesCanJoinTheTablesThatAreThere() {
        try (Nodes first = builder().start(1)) {
            first.get(0).inTransaction(Shop::fill);
            try (Nodes later = builder().keepSchema().start(1)) {
                assertThat(later.get(0).<Object>fromTransaction(session -> session.find(Customer.class, 1L)))
                        .isNotNull();
            }
        }
    }

    @Test
    void onlyTheGivenEntitiesAreMapped() {
        try (Nodes nodes = builder().entities(Country.class).start(1)) {
            assertThat(nodes.get(0).sessionFactory().getMetamodel().getEntities())
                    .hasSize(1);
        }
    }

    @Test
    void theRegionFactoryIsHearthUnlessTheTestSaysOtherwise() {
        assertThatThrownBy(() -> Nodes.on(postgres.database(), redis.endpoint()).start(1))
                .hasStackTraceContaining("dev.hearth.HearthRegionFactory");
    }

    private static Nodes.Builder builder() {
        return Nodes.on(postgres.database(), redis.endpoint()).regionFactory(new NoCachingRegionFactory());
    }
}
