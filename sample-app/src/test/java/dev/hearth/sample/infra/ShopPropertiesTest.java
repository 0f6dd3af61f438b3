package dev.hearth.sample.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.sample.infra.ShopProperties.Server;
import org.junit.jupiter.api.Test;

class ShopPropertiesTest {
    private static final Server POSTGRES = new Server("jdbc:postgresql://db.example.com/shop?user=shop");
    private static final Server REDIS = new Server("redis://cache.example.com:6379");

    @Test
    void bothServersMayBeGiven() {
        assertThat(new ShopProperties(POSTGRES, REDIS, true).given())
                .isEqualTo(new ServerAddresses(POSTGRES.url(), REDIS.url()));
    }

    @Test
    void withoutAnyNoneIsGiven() {
        assertThat(new ShopProperties(null, null, true).given()).isNull();
    }

    @Test
    void oneServerAloneIsRefused() {
        assertThatThrownBy(() -> new ShopProperties(POSTGRES, null, true))
                .hasMessageContaining("only shop.postgres.url is set");
        assertThatThrownBy(() -> new ShopProperties(null, REDIS, true))
                .hasMessageContaining("only shop.redis.url is set");
    }
}
