package dev.hearth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.LogLines;
import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.statistics.Sample;
import dev.hearth.test.Eventually;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How well sizes are estimated, and what it costs, in a Redis with keys of others. */
final class SizeSamplerIT {
    private static final int THINGS = 3000;
    private static final int RESULTS = 1000;
    private static final int FOREIGN = 4000;

    private final List<RemoteTier> started = new ArrayList<>();
    private RedisServerFixture server;
    private dev.hearth.test.RedisConnection redis;

    @BeforeEach
    void start() {
        server = RedisServers.start();
        redis = server.connect();
        List<Object[]> keys = new ArrayList<>();
        for (int i = 0; i < THINGS; i++) {
            keys.add(new Object[] {"SET", "hearth:{shop.Thing." + i % 3 + "}:" + i, "V"});
        }
        for (int i = 0; i < RESULTS; i++) {
            keys.add(new Object[] {"SET", "hearth:{shop.Thing.q.0}:" + i, "V"});
        }
        for (int i = 0; i < FOREIGN; i++) {
            keys.add(new Object[] {"SET", (i % 2 == 0 ? "hearths:{shop.Thing.0}:" : "session:") + i, "V"});
        }
        redis.callAll(keys);
    }

    @AfterEach
    void stop() {
        started.forEach(RemoteTier::close);
        redis.close();
        server.close();
    }

    @Test
    void whatAllPagesHoldIsCountedExactlyAndKeysOfOthersAreNot() {
        RemoteTier node = node("", 1000);
        RegionStore things = node.region(RegionKind.ENTITY, "shop.Thing");
        ResultStore results = node.results("shop.Thing");

        // The node's own first keys come while the first walk is under way, so that this one may be a little off.
        Eventually.holds(
                "a sample is exact",
                () -> sampled(results.region()) && size(things) == THINGS && size(results.region()) == RESULTS);
    }

    @Test
    void theMemoryOfEachRegionIsThatOfItsKeys() {
        RemoteTier node = node("", 1000);
        RegionStore things = node.region(RegionKind.ENTITY, "shop.Thing");
        long each = redis.number("MEMORY", "USAGE", "hearth:{shop.Thing.0}:0");

        Eventually.holds("a sample has come", () -> sampled(things) && size(things) == THINGS);

        assertThat(things.statistics().remoteMemory().orElseThrow().value())
                .isBetween(THINGS * (each - 16), THINGS * (each + 16));
    }

    @Test
    void whoMayNotAskForTheMemoryOfAKeyKnowsSizesAllTheSame() {
        redis.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "&*", "+@all", "-memory");
        RemoteTier node = node("limited:secret@", 1000);
        RegionStore things = node.region(RegionKind.ENTITY, "shop.Thing");

        Eventually.holds("a sample has come", () -> sampled(things) && size(things) == THINGS);

        assertThat(things.statistics().remoteMemory()).isEmpty();
        assertThat(node.statistics().redisMemory()).isPresent();
    }

    @Test
    void aFewPagesAreASampleOfAllKeysAndAnotherOneEachTime() {
        RemoteTier node = node("", 4);
        RegionStore things = node.region(RegionKind.ENTITY, "shop.Thing");
        List<Long> estimates = new ArrayList<>();
        Instant last = Instant.EPOCH;
        for (int i = 0; i < 4; i++) {
            Instant before = last;
            Eventually.holds(
                    "another sample has come",
                    () -> sampled(things)
                            && things.statistics()
                                    .remoteEntries()
                                    .orElseThrow()
                                    .at()
                                    .isAfter(before));
            Sample sample = things.statistics().remoteEntries().orElseThrow();
            last = sample.at();
            estimates.add(sample.value());
        }

        assertThat(estimates).allSatisfy(estimate -> assertThat(estimate).isBetween(THINGS / 2L, THINGS * 2L));
        assertThat(estimates.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void nothingIsSampledWithoutPages() {
        RemoteTier node = node("", 0);
        RegionStore things = node.region(RegionKind.ENTITY, "shop.Thing");
        RemoteTier other = node("", 1);
        RegionStore othersThings = other.region(RegionKind.ENTITY, "shop.Thing");

        // The other one has begun later, so that what has come to it would have come to the first.
        Eventually.holds("a sample has come to the other", () -> sampled(othersThings));

        assertThat(things.statistics().remoteEntries()).isEmpty();
    }

    @Test
    void whoMayNotScanIsToldOnceAndReadsOn() {
        redis.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "&*", "+@all", "-scan");

        try (LogLines lines = LogLines.of(SizeSampler.class.getName())) {
            RemoteTier node = node("limited:secret@", 1);
            RegionStore things = node.region(RegionKind.ENTITY, "shop.Thing");
            long asked = commands("evalsha") + commands("eval");
            Eventually.holds("it is logged", () -> !lines.all().isEmpty());
            Eventually.holds("it has been tried again", () -> commands("evalsha") + commands("eval") > asked + 4);

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("[node] the sizes of regions stay unknown, since Redis refuses to be sampled (");
            assertThat(things.statistics().remoteEntries()).isEmpty();
            assertThat(node.available()).isTrue();
        }
    }

    @Test
    void whoMayNotAskForMemoryKnowsSizesAllTheSame() {
        redis.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "&*", "+@all", "-info");
        RemoteTier node = node("limited:secret@", 1000);
        RegionStore things = node.region(RegionKind.ENTITY, "shop.Thing");

        // SCAN may tell a key twice while Redis makes room for more, so that a number is off by one now and then.
        Eventually.holds("a sample has come", () -> sampled(things) && size(things) == THINGS);

        assertThat(node.statistics().redisMemory()).isEmpty();
    }

    private static boolean sampled(RegionStore region) {
        return region.statistics().remoteEntries().isPresent();
    }

    private static long size(RegionStore region) {
        return region.statistics().remoteEntries().orElseThrow().value();
    }

    /** How often the server has run a command. */
    private long commands(String name) {
        String stats = String.valueOf(redis.text("INFO", "commandstats"));
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_" + name + ":"))
                .map(line -> line.replaceAll("[^:]*:calls=(\\d+).*", "$1"))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private RemoteTier node(String user, int pages) {
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url",
                "redis://" + user + server.endpoint().host() + ":"
                        + server.endpoint().port(),
                "hibernate.cache.hearth.statistics.sample-interval",
                "1s",
                "hibernate.cache.hearth.statistics.sample-pages",
                pages));
        RemoteTier tier = new RemoteTier("node", settings, RedisConnection.open(settings.redis()), System::nanoTime);
        started.add(tier);
        tier.start();
        Eventually.holds("Redis is reached", tier::available);
        return tier;
    }
}
