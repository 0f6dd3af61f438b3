package dev.hearth.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.sample.ShopFixture.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes of the shop on one PostgreSQL and one Redis. Each test uses rows of its own. */
class SampleApplicationIT {
    private static ShopFixture here;
    private static ShopFixture there;

    @BeforeAll
    static void start() {
        here = ShopFixture.start();
        there = here.startAnother();
    }

    @AfterAll
    static void stop() {
        there.close();
        here.close();
    }

    @Test
    void productHasAPriceAndItsCategory() {
        assertThat(here.get("/products/42").body()).isEqualTo("""
                        {"id":42,"sku":"SKU-00042","name":"Birch table no. 1","price":127.97,"stock":1000,"category":42}""");
    }

    /* None, once the node keeps near what it has read; that begins two leases after its start. */
    private static void assertCostsNoSqlAndAtMost(long roundTrips, Answer answer) {
        assertThat(answer.sqlStatements()).isZero();
        assertThat(answer.redisRoundTrips()).isLessThanOrEqualTo(roundTrips);
    }

    @Test
    void secondReadOfAProductCostsAtMostOneRoundTripAndNoSql() {
        Answer first = here.get("/products/50");
        Answer second = here.getCached("/products/50");
        Answer onTheOtherNode = there.get("/products/50");

        assertThat(first).returns(1L, Answer::sqlStatements).returns(1L, Answer::redisRoundTrips);
        assertCostsNoSqlAndAtMost(1, second);
        assertCostsNoSqlAndAtMost(1, onTheOtherNode);
        assertThat(onTheOtherNode.body()).isEqualTo(second.body());
    }

    @Test
    void secondReadBySkuCostsAtMostOneRoundTripForTheIdAndOneForTheProduct() {
        here.get("/products/sku/SKU-00051");

        assertCostsNoSqlAndAtMost(2, here.getCached("/products/sku/SKU-00051"));
    }

    @Test
    void secondReadOfACustomerOrACategoryOrAnOrderCostsNoSql() {
        for (String path : List.of("/customers/52", "/categories/52/products", "/orders/52")) {
            here.get(path);

            assertThat(here.getCached(path))
                    .as(path)
                    .returns(200, Answer::status)
                    .returns(0L, Answer::sqlStatements);
        }
    }

    @Test
    void secondSearchCostsAtMostOneRoundTripForItsResultAndOneForItsProducts() {
        String path = "/products?name=granite%20lamp";
        Answer first = here.get(path);

        assertThat(first.sqlStatements()).isPositive();
        Answer second = here.getCached(path);
        assertCostsNoSqlAndAtMost(2, second);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void searchHereFindsThePriceThatWasChangedThere() {
        here.getCached("/products?name=birch%20table");

        there.put("/products/42/price?value=3.33");

        assertThat(here.get("/products?name=birch%20table").body()).contains("\"price\":3.33,");
        there.put("/products/42/price?value=127.97");
    }

    @Test
    void fiftyProductsReadFromTheDatabaseWaitForRedisNoOftenerThanOne() {
        Answer first = here.get("/categories/53/products");

        assertThat(first.sqlStatements()).isEqualTo(2);
        assertThat(first.redisRoundTrips())
                .as("the category and its collection")
                .isEqualTo(2);
    }

    @Test
    void priceChangeWaitsForRedisAtMostOnceMore() {
        here.getCached("/products/54");

        Answer change = here.put("/products/54/price?value=5.55");

        assertThat(change.sqlStatements()).isEqualTo(1);
        // None where the product is kept near, and Redis has taken the lock before the commit comes to wait for it.
        assertThat(change.redisRoundTrips()).as("the read and the lock").isLessThanOrEqualTo(2);
    }

    @Test
    void productIsFoundByItsSku() {
        assertThat(here.get("/products/sku/SKU-00043")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"id\":43,");
        });
    }

    @Test
    void searchTakesWildcardsLiterally() {
        assertThat(here.get("/products?name=granite%20lamp%20no.%2012").body()).contains("Granite lamp no. 12");
        assertThat(here.get("/products?name=%25").body()).isEqualTo("[]");
    }

    @Test
    void priceChangedHereIsSeenThere() {
        there.get("/products/44");

        here.put("/products/44/price?value=9.99");

        assertThat(there.get("/products/44").body()).contains("\"price\":9.99,");
    }

    @Test
    void bulkPriceChangeHereIsSeenThere() {
        String before = there.get("/categories/45/products").body();

        Answer change = here.post("/categories/45/price-change?percent=10", "");

        assertThat(change.body()).isEqualTo("{\"products\":50}");
        assertThat(there.get("/categories/45/products").body()).isNotEqualTo(before);
        assertThat(there.get("/products/45").body()).contains("\"price\":182.09,");
    }

    @Test
    void orderPlacedHereIsSeenThere() {
        there.get("/customers/46");
        there.get("/products/46");

        Answer placed = here.post("/customers/46/orders", "[{\"product\":46,\"quantity\":2}]");

        assertThat(placed.status()).isEqualTo(201);
        String id = placed.body().replaceFirst("^\\{(\"id\":[0-9]+),.*", "$1");
        assertThat(there.get("/customers/46").body()).contains(id);
        assertThat(there.get("/products/46").body()).contains("\"stock\":998,");
    }

    @Test
    void orderCancelledHereIsGoneThere() {
        assertThat(there.get("/orders/47").status()).isEqualTo(200);
        assertThat(there.get("/customers/47").body()).contains("\"id\":47,\"placedAt\"");

        assertThat(here.delete("/orders/47").status()).isEqualTo(204);

        assertThat(there.get("/orders/47").status()).isEqualTo(404);
        assertThat(there.get("/customers/47").body()).doesNotContain("\"id\":47,\"placedAt\"");
    }

    @Test
    void orderOfMoreThanTheStockIsRefused() {
        for (int hundred = 0; hundred < 10; hundred++) {
            here.post("/customers/48/orders", "[{\"product\":48,\"quantity\":100}]");
        }

        Answer refused = here.post("/customers/48/orders", "[{\"product\":48,\"quantity\":1}]");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(there.get("/products/48").body()).contains("\"stock\":0,");
    }

    @Test
    void whatDoesNotExistIsSaid() {
        Answer missing = here.get("/products/10001");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).contains("There is no product 10001");
    }

    @Test
    void impossibleValuesAreRefusedWithTheRule() {
        assertThat(here.put("/products/42/price?value=-1").body()).contains("value must be 0 to 99999.99, but was -1");
        assertThat(here.post("/customers/42/orders", "[{\"product\":42,\"quantity\":0}]")
                        .body())
                .contains("quantity must be 1 to 100, but was 0");
    }

    @Test
    void firstPageNamesTheAddressItWasAskedAt() {
        assertThat(here.get("/").body()).contains("curl -i localhost:").doesNotContain("{address}");
    }
}
