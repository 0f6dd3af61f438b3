package dev.hearth.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hearth.HearthFactoryFixture;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.hibernate.cache.spi.RegionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As long as one likes: {@code mvn -B -pl provider -am -Psoak verify -Dit.test=HistoriesSoak -Dhearth.soak.duration=2h}. */
final class HistoriesSoak {
    /** System property: how long each of the ways lasts, as {@code 90s}, {@code 30m} or {@code 2h}; default 10m. */
    private static final String DURATION = "hearth.soak.duration";

    private static final Logger log = LoggerFactory.getLogger(HistoriesSoak.class);
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final List<Duration> WALL_CLOCKS =
            List.of(Duration.ofMinutes(-20), Duration.ofMinutes(3), Duration.ofMinutes(45));

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private long operations;
    private long reads;

    @Test
    void nodesOfOneProcessWithWrongMonotonicClocks() {
        List<RegionFactory> factories = WrongClock.onThreeNodes().stream()
                .<RegionFactory>map(HearthFactoryFixture::withClock)
                .toList();
        try (LocalHistory history = new LocalHistory(redis.endpoint(), redis.keyspace(), factories)) {
            repeat(seed -> history.round(seed, ROUND));
        }
    }

    @Test
    void nodesThatKeepCopiesOnNetworksThatKeepMessagesFromThem() {
        List<RegionFactory> factories = WrongClock.onThreeNodes().stream()
                .<RegionFactory>map(HearthFactoryFixture::withClock)
                .toList();
        try (NearHistory history = new NearHistory(redis.endpoint(), redis.keyspace() + "near", factories, "strict")) {
            repeat(seed -> history.troubled(seed, ROUND));
            log.info("{}", history);
        }
    }

    @Test
    void nodesOfTheirOwnProcessesWithWrongWallClocks() {
        assumeThat(RemoteNode.canFakeTime()).as("the command faketime").isTrue();
        try (HistoryServers servers =
                new HistoryServers(redis.endpoint(), redis.keyspace() + "apart", LocalHistory.JITTER)) {
            List<HistoryNode> nodes = new ArrayList<>();
            try {
                WALL_CLOCKS.forEach(offset -> nodes.add(RemoteNode.start(servers.network(), nodes.size(), offset)));
                History history = new History(servers.database(), nodes, servers.initial());
                repeat(seed -> history.round(seed, Crew.USUAL, ROUND));
            } finally {
                nodes.forEach(HistoryNode::close);
            }
        }
    }

    private void repeat(LongFunction<Round> work) {
        long until = System.nanoTime() + duration().toNanos();
        long seed = System.nanoTime();
        while (System.nanoTime() < until) {
            Round round = work.apply(seed);
            operations += round.operations();
            reads += round.log().reads().size();
            log.info("{}; {} operations and {} reads so far", round, operations, reads);
            assertThat(round.problems()).as("seed %d", seed).isEmpty();
            seed++;
        }
    }

    private static Duration duration() {
        String text = System.getProperty(DURATION, "10m");
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
