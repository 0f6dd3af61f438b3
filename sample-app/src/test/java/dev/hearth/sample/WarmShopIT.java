package dev.hearth.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.sample.ShopFixture.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop that was warmed before it let anybody in, and those who look after it. */
class WarmShopIT {
    private static ShopFixture shop;

    @BeforeAll
    static void start() {
        shop = ShopFixture.startWarm();
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void whatIsCriticalCostsNoSqlFromTheBeginning() {
        for (String path : List.of("/products/1", "/products/1000", "/products/sku/SKU-00077")) {
            assertThat(shop.get(path).sqlStatements()).as(path).isZero();
        }
        assertThat(shop.get("/products/1001").sqlStatements()).as("not warmed").isPositive();
    }

    @Test
    void anybodyShopsAndReadersSeeTheCache() {
        assertThat(shop.get("/actuator/health").status()).isEqualTo(200);
        assertThat(shop.get("/actuator/hearth").status()).isEqualTo(401);
        assertThat(shop.getAs("reader", "/actuator/hearth").body()).contains("dev.hearth.sample.catalog.Product");
        assertThat(shop.getAs("reader", "/actuator/hearthdashboard").body()).contains("<title>Hearth</title>");
        assertThat(shop.getAs("reader", "/actuator/hearthdashboard/access").body())
                .isEqualTo("{\"evict\":false,\"warm\":false}");
        assertThat(shop.getAs("operator", "/actuator/hearthdashboard/access").body())
                .isEqualTo("{\"evict\":true,\"warm\":true}");
    }

    @Test
    void theLoadKeepsTheShopBusyAndThePageShowsWhatItCosts() {
        assertThat(shop.post("/load?customers=2&seconds=60", "").status()).isEqualTo(202);
        Answer status = shop.get("/load");
        for (int look = 0; look < 5_000 && !isBusy(status); look++) {
            status = shop.get("/load");
        }

        assertThat(isBusy(status)).as(status.body()).isTrue();
        assertThat(shop.delete("/load").body()).contains("\"customers\":0", "\"failures\":0");
        assertThat(shop.get("/requests").body()).contains("<td>GET /").contains("SQL statements");
        assertThat(shop.post("/load?customers=33", "").status()).isEqualTo(400);
    }

    private static boolean isBusy(Answer status) {
        return status.body().matches(".*\"requests\":\\d{2,}.*");
    }

    @Test
    void aRepositorysQueryIsCachedByItsHint() {
        shop.getCached("/customers?name=ada");

        assertThat(shop.get("/customers?name=ada").sqlStatements()).isZero();
    }
}
