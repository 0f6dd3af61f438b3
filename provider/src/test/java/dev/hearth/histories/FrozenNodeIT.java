package dev.hearth.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.test.Eventually;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.Nodes;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is stopped for longer than the lease, and does not know it when it goes on: what it has kept is old. */
final class FrozenNodeIT {
    private static final Logger log = LoggerFactory.getLogger(FrozenNodeIT.class);
    private static final int ROUNDS = 2;
    private static final Crew ONE = new Crew(1, 0);
    private static final Crew READERS = new Crew(0, 2);
    private static final Duration FROZEN = Duration.ofSeconds(3);
    private static final long AHEAD = Duration.ofMillis(300).toNanos();
    private static final Duration MARGIN = Duration.ofMillis(1_500);

    @RegisterExtension
    static final RedisExtension redis = new RedisExtension();

    private final Map<String, String> settings = NearHistory.settings("strict");
    private final HistoryServers servers = new HistoryServers(redis.endpoint(), redis.keyspace(), Duration.ZERO);
    private Nodes local;
    private LocalNode writer;
    private RemoteNode frozen;
    private Map<String, String> state = servers.initial();

    @BeforeEach
    void start() {
        local = servers.network().nodes(ONE.poolSize()).settings(settings).start(1);
        writer = new LocalNode(local.get(0).sessionFactory(), 0);
        frozen = RemoteNode.start(servers.network(), 1, Duration.ZERO, settings);
    }

    @AfterEach
    void stop() {
        frozen.close();
        writer.close();
        local.close();
        servers.close();
    }

    @Test
    void whatAFrozenProcessServesWhenItGoesOnIsTheCommittedState() throws Exception {
        // The first operations of a new process take their time.
        check(writer.work("warm", 0, ONE, System.nanoTime() + NearHistory.LEASE.toNanos())
                .get());
        for (int round = 1; round <= ROUNDS; round++) {
            awaitServedFromNear("w" + round);
            Log seen = new Log();
            long began = System.nanoTime();
            // Frozen in the middle of their reads, and at it again as soon as the process goes on.
            Future<Log> reading = frozen.work("b" + round, round, READERS, began + 2 * AHEAD + FROZEN.toNanos());
            Eventually.holds("the readers read", () -> System.nanoTime() - began > AHEAD);
            // Every second time what it is told meanwhile is there as soon as it goes on, else it is late as well.
            FaultProxy way = servers.waysToRedis().get(1);
            if (round % 2 == 1) {
                way.subscriptions().hold();
            }
            Log changes = whileFrozen(round);
            seen.add(reading.get());
            seen.add(frozen.settle("a" + round).get());
            way.subscriptions().heal();
            seen.add(changes);
            List<Violation> violations = check(seen);
            log.info(
                    "round {}: {} reads; while frozen {}, {} commits, which took {} ms",
                    round,
                    seen.reads().size(),
                    changes.outcomes(),
                    changes.attempts().size(),
                    commits(changes).boxed().toList());
            assertThat(changes.surprises()).isEmpty();
            assertThat(seen.surprises()).isEmpty();
            assertThat(violations).isEmpty();
            assertCommitsWaitOnlyForTheLease(changes);
        }
        awaitServedFromNear("last");
    }

    /** What the other node does meanwhile. */
    private Log whileFrozen(int round) throws InterruptedException, ExecutionException {
        frozen.freeze();
        try {
            return writer.work("c" + round, round, ONE, System.nanoTime() + FROZEN.toNanos())
                    .get();
        } finally {
            frozen.goOn();
        }
    }

    private List<Violation> check(Log seen) {
        HistoryChecker checker = new HistoryChecker(state, World.takeWrites(servers.database()), seen.attempts());
        state = checker.last();
        return checker.check(seen.reads());
    }

    /* The last ones begin when the frozen node's registration has long been over. */
    private static void assertCommitsWaitOnlyForTheLease(Log changes) {
        long[] millis = commits(changes).toArray();
        assertThat(LongStream.of(millis).max().orElse(0))
                .isLessThan(NearHistory.LEASE.plus(MARGIN).toMillis());
        assertThat(LongStream.of(millis).sum())
                .as("all commits together, of which two may have had to wait: %s", (Object) millis)
                .isLessThan(FROZEN.toMillis());
    }

    /* Without a transaction a statement's lock and its announcement are waited for one after the other. */
    private static LongStream commits(Log changes) {
        return changes.attempts().stream()
                .filter(attempt -> attempt.acknowledged() != CommitAttempt.NEVER)
                .filter(attempt -> !attempt.transaction().endsWith("autocommit"))
                .mapToLong(attempt -> (attempt.acknowledged() - attempt.committing()) / 1_000_000);
    }

    private void awaitServedFromNear(String name) {
        long before = frozen.nearHits();
        Eventually.holds("the process serves what it keeps near", () -> {
            frozen.settle(name).get();
            return frozen.nearHits() > before + World.NOTES;
        });
    }
}
