package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.near.RawSubscription;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lock of a whole region asks of those who keep it near. */
final class BulkAcknowledgementIT {
    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    /* Who has acknowledged for one bucket may yet keep what he reads from another that is not locked. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void isAskedForByTheMessageOfEveryBucket(int buckets) {
        redis.flush();
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url", redis.url(),
                "hibernate.cache.hearth.keyspace", redis.keyspace(),
                "hibernate.cache.hearth.buckets", String.valueOf(buckets)));
        try (RemoteTier tier =
                        new RemoteTier("node", settings, RedisConnection.open(settings.redis()), System::nanoTime);
                RawSubscription channel = new RawSubscription(redis.endpoint(), redis.keyspace() + ":near")) {
            RegionStore region = tier.region(RegionKind.ENTITY, "Things");
            tier.start();
            Eventually.holds("Redis is there", tier::available);
            region.ready().join();
            channel.heard();

            region.bulkLock("transaction", "node:17").join();

            List<String> heard = channel.heard();
            assertThat(heard).allMatch(message -> message.startsWith("R node:17 "));
            assertThat(heard.stream()
                            .map(message -> message.substring(message.lastIndexOf(' ') + 1))
                            .distinct())
                    .hasSize(buckets);
        }
    }
}
