package dev.hearth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.near.Ask;
import dev.hearth.near.NearTier;
import dev.hearth.store.RedisConnection;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import dev.hearth.store.RemoteTier;
import dev.hearth.test.Eventually;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which acknowledgements a commit waits for. No list of nodes is known, and the clock stands still, so that each lock that
 * was answered costs a lease and is counted. Redis is not asked, and is not there.
 */
final class AwaitedLocksTest {
    private static final Duration LEASE = Duration.ofMillis(100);
    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(1_500);
    private static final Duration STEP = Duration.ofMillis(400);
    private static final HearthSettings SETTINGS = HearthSettings.read(Map.of(
            "hibernate.cache.hearth.redis.url",
            "redis://127.0.0.1:1",
            "hibernate.cache.hearth.redis.command-timeout",
            COMMAND_TIMEOUT.toMillis() + "ms",
            "hibernate.cache.hearth.near.lease",
            LEASE.toMillis() + "ms"));

    private final RemoteTier tier =
            new RemoteTier("node", SETTINGS, RedisConnection.open(SETTINGS.redis()), () -> 1_000_000_000L);
    private final RegionStore store = tier.region(RegionKind.ENTITY, "Things");
    private final NearTier near = new NearTier(tier, SETTINGS.node());
    private final Node node = new Node(tier, near);
    private final Participant participant = new Participant(node);

    @AfterEach
    void close() {
        tier.close();
    }

    private final class FakeLock extends Lease {
        private final Deque<CompletableFuture<Long>> answers = new ArrayDeque<>();

        FakeLock() {
            super(node, List.of(store), "transaction");
        }

        private CompletableFuture<Long> sends() {
            CompletableFuture<Long> answer = new CompletableFuture<>();
            answers.add(answer);
            take();
            return answer;
        }

        @Override
        CompletableFuture<Long> send(String ask) {
            return answers.remove();
        }

        @Override
        Ask ask() {
            return near.askForEntry(store);
        }

        @Override
        void sent() {}
    }

    /* The clock that leases are told by stands still here, so each of them is outwaited for itself. */
    private static void assertOutwaitsTwoLeases(long begun) {
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(2 * LEASE.toNanos());
    }

    private static void awaitWaiting(Thread thread) {
        Eventually.holds("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void everyLockThatWasAnsweredIsAwaited() {
        FakeLock first = new FakeLock();
        FakeLock second = new FakeLock();
        first.sends().complete(1L);
        second.sends().complete(2L);

        long begun = System.nanoTime();
        participant.changes().await(List.of(first, second));

        assertOutwaitsTwoLeases(begun);
    }

    @Test
    void aLockThatTheBackgroundTakesAgainMeanwhileIsStillAcknowledged() throws InterruptedException {
        FakeLock first = new FakeLock();
        FakeLock second = new FakeLock();
        first.sends().complete(1L);
        CompletableFuture<Long> answer = second.sends();
        long begun = System.nanoTime();
        Thread commit = new Thread(() -> participant.changes().await(List.of(first, second)));
        commit.start();
        awaitWaiting(commit);

        first.sends();
        answer.complete(2L);
        commit.join();

        assertOutwaitsTwoLeases(begun);
    }

    @Test
    void aLockThatStandsIsAcknowledgedEvenWhereAnotherCannotBeWritten() {
        FakeLock first = new FakeLock();
        FakeLock second = new FakeLock();
        first.sends().complete(1L);
        second.sends().completeExceptionally(new IllegalStateException("no answer"));

        participant.changes().await(List.of(first, second));

        assertThat(near.statistics().outwaitedLeases()).isEqualTo(1);
    }

    /** On another connection it could come first, and the lock would stand until it lapses. */
    @Test
    void whatEndsALockIsSentBehindTheAnswerToIt() {
        FakeLock first = new FakeLock();
        FakeLock second = new FakeLock();
        CompletableFuture<Long> answer = first.sends();
        CompletableFuture<Long> failure = second.sends();
        List<String> sent = new ArrayList<>();

        Lease.behind(List.of(first, second), () -> {
            sent.add("release");
            return CompletableFuture.completedFuture(null);
        });

        assertThat(sent).isEmpty();
        answer.complete(1L);
        assertThat(sent).isEmpty();
        failure.completeExceptionally(new IllegalStateException("no answer"));
        assertThat(sent).containsExactly("release");
    }

    /** One timeout for each step would be over before the last. */
    @Test
    void aServerThatGoesOnAnsweringManyIsAwaited() {
        List<CompletableFuture<Long>> locks =
                Stream.generate(CompletableFuture<Long>::new).limit(500).toList();
        Thread server = new Thread(() -> {
            for (int i = 0; i < locks.size(); i++) {
                if (i % 100 == 0) {
                    LockSupport.parkNanos(STEP.toNanos());
                }
                locks.get(i).complete(1L);
            }
        });
        long begun = System.nanoTime();
        server.start();

        tier.awaitAll(locks);

        assertThat(System.nanoTime() - begun).isGreaterThan(COMMAND_TIMEOUT.toNanos());
    }

    @Test
    void aServerThatAnswersAFewAndFallsSilentIsGivenUpAfterOneTimeout() {
        List<CompletableFuture<Long>> locks =
                Stream.generate(CompletableFuture<Long>::new).limit(500).toList();
        locks.subList(0, 10).forEach(lock -> lock.complete(1L));
        CompletableFuture.delayedExecutor(STEP.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> locks.get(10).complete(1L));
        long begun = System.nanoTime();

        assertThatThrownBy(() -> tier.awaitAll(locks)).isInstanceOf(RedisUnavailableException.class);

        assertThat(System.nanoTime() - begun).isBetween(COMMAND_TIMEOUT.toNanos(), 2 * COMMAND_TIMEOUT.toNanos());
    }
}
