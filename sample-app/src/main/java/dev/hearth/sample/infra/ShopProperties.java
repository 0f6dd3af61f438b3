package dev.hearth.sample.infra;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which servers the shop uses: those given here, both or none. Without them it joins the servers of an instance that was
 * started from the same place, or starts its own.
 *
 * @param join whether to join or be joined; default true
 */
@ConfigurationProperties("shop")
record ShopProperties(
        @Nullable Server postgres,
        @Nullable Server redis,
        @DefaultValue("true") boolean join) {
    record Server(String url) {}

    ShopProperties {
        if ((postgres == null) != (redis == null)) {
            throw new IllegalArgumentException("shop.postgres.url and shop.redis.url belong together, because nodes on"
                    + " one database must share one Redis, but only "
                    + (redis == null ? "shop.postgres.url" : "shop.redis.url") + " is set");
        }
    }

    @Nullable
    ServerAddresses given() {
        return postgres == null || redis == null ? null : new ServerAddresses(postgres.url(), redis.url());
    }
}
