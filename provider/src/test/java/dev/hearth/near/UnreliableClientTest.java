package dev.hearth.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.config.HearthSettings;
import dev.hearth.config.NearMode;
import dev.hearth.config.RegionKind;
import dev.hearth.store.RedisConnection;
import dev.hearth.store.RemoteTier;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** A client of the application by which messages cannot be relied upon; it never reaches a server. */
final class UnreliableClientTest {
    @Test
    void nothingIsKeptNearAndTheLogSaysSoOnce() {
        Config config = new Config().setLazyInitialization(true).setKeepPubSubOrder(false);
        config.useSingleServer().setAddress("redis://127.0.0.1:1");
        RedissonClient client = Redisson.create(config);
        HearthSettings settings = HearthSettings.read(Map.of("hibernate.cache.hearth.redis.client", client));
        RemoteTier tier = new RemoteTier("node", settings, RedisConnection.open(settings.redis()), System::nanoTime);
        try (LogLines lines = LogLines.of(NearTier.class.getName())) {
            NearTier near = new NearTier(tier, settings.node());

            assertThat(near.region(tier.region(RegionKind.ENTITY, "Things"), NearMode.STRICT)
                            .isKept())
                    .isFalse();
            assertThat(near.region(tier.region(RegionKind.ENTITY, "Others"), NearMode.FAST)
                            .isKept())
                    .isFalse();

            assertThat(lines.all()).singleElement().asString().endsWith("so nothing is kept near");
        } finally {
            tier.close();
            client.shutdown();
        }
    }
}
