package dev.hearth.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthFactoryFixture;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hibernate.cache.spi.RegionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random work on three nodes whose clocks are wrong, and no read that the database could not have answered just so; and
 * the same work on a provider that was broken on purpose, to see that such a read is found.
 */
final class HistoriesIT {
    /** System property: begins the random numbers, to repeat the choices (not the races) of a run. */
    private static final String SEED = "hearth.histories.seed";

    private static final Logger log = LoggerFactory.getLogger(HistoriesIT.class);
    private static final Duration LENGTH = Duration.ofSeconds(35);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 8;
    private static final String FENCE_CHECK = "if stamp <= fence(fences, hash, t, r.stripes) then return 8 end";

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final long seed = Long.getLong(SEED, System.nanoTime());

    @Test
    void noNodeReadsAnythingButTheCommittedState() {
        List<RegionFactory> factories = WrongClock.onThreeNodes().stream()
                .<RegionFactory>map(HearthFactoryFixture::withClock)
                .toList();
        try (LocalHistory history = new LocalHistory(redis.endpoint(), redis.keyspace(), factories)) {
            Round round = history.round(seed, LENGTH);
            log.info(
                    "-D{}={}: {}, {} cache hits, {} query hits",
                    SEED,
                    seed,
                    round,
                    history.hits(),
                    history.queryHits());
            assertThat(round.problems()).as("-D%s=%d", SEED, seed).isEmpty();
            assertThat(history.hits()).as("hits, or nothing was tested").isGreaterThan(round.operations() / 10);
            assertThat(history.queryHits()).as("query hits").isGreaterThan(round.operations() / 1000);
        }
    }

    /* By chance, so not in every build: there InterleavingsIT finds it without fail. */
    @EnabledIfSystemProperty(named = "hearth.soak.duration", matches = ".+")
    @Test
    void aLoadThatIsPublishedPastItsFenceIsFound() {
        try (LocalHistory history = new LocalHistory(redis.endpoint(), redis.keyspace() + "broken", broken())) {
            int rounds = 1;
            Round round = history.round(seed, SHORT);
            while (round.violations().isEmpty() && rounds < ATTEMPTS) {
                round = history.round(seed + rounds, SHORT);
                rounds++;
            }
            log.info("-D{}={}: without the fence, in round {}: {}", SEED, seed, rounds, round);
            assertThat(round.violations()).extracting(Violation::kind).contains(Violation.Kind.STALE);
        }
    }

    private static List<RegionFactory> broken() {
        UnaryOperator<String> withoutFence = script -> script.replace(FENCE_CHECK, "");
        return WrongClock.onThreeNodes().stream()
                .map(clock -> HearthFactoryFixture.withChangedScripts(clock, withoutFence))
                .toList();
    }
}
