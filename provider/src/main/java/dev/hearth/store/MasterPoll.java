package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodeAsync;
import org.redisson.client.RedisException;
import org.redisson.client.protocol.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all masters who they are and what time it is. */
final class MasterPoll {
    private static final Logger log = LoggerFactory.getLogger(MasterPoll.class);
    private static final String UNKNOWN_IDENTITY = "unknown";

    private final String node;
    private final RedisConnection connection;
    private final ServerClock clock;
    private final AtomicBoolean identityRefused = new AtomicBoolean();

    MasterPoll(String node, RedisConnection connection, ServerClock clock) {
        this.node = node;
        this.connection = connection;
        this.clock = clock;
    }

    /** Asks every master; fails if one does not answer. */
    CompletableFuture<ServerClock.Sample> sample() {
        ServerClock.Question question = clock.asking();
        List<CompletableFuture<MasterSample>> samples = new ArrayList<>();
        try {
            for (RedisNode master : connection.masters()) {
                samples.add(sample((RedisNodeAsync) master));
            }
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (samples.isEmpty()) {
            return CompletableFuture.failedFuture(new RedisException("no master is known"));
        }
        return CompletableFuture.allOf(samples.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        merge(samples.stream().map(CompletableFuture::join).toList(), question));
    }

    private record MasterSample(String runId, long micros, long nanos) {}

    /* Identity first: were it asked after the time, a restart in between would pair an old server's time with the new
     * server's identity, and nothing would void the stamp. */
    private CompletableFuture<MasterSample> sample(RedisNodeAsync master) {
        return master.infoAsync(RedisNode.InfoSection.SERVER)
                .toCompletableFuture()
                .thenApply(info -> info.getOrDefault("run_id", UNKNOWN_IDENTITY))
                .exceptionallyCompose(this::withoutIdentity)
                .thenCompose(runId -> master.timeAsync().toCompletableFuture().thenApply(time -> {
                    return new MasterSample(runId, micros(time), clock.nanoTime());
                }));
    }

    private CompletableFuture<String> withoutIdentity(Throwable failure) {
        String message = String.valueOf(Commands.unwrap(failure).getMessage());
        if (Circuit.isOutage(Commands.unwrap(failure))
                || !(message.startsWith("NOPERM") || message.contains("unknown command"))) {
            return CompletableFuture.failedFuture(failure);
        }
        if (identityRefused.compareAndSet(false, true)) {
            log.warn(
                    "[{}] Redis refuses INFO to this user ({}), so a restart from an old snapshot goes unnoticed; allow"
                            + " +info",
                    node,
                    Failures.reason(Commands.unwrap(failure)));
        }
        return CompletableFuture.completedFuture(UNKNOWN_IDENTITY);
    }

    private static long micros(Time time) {
        return Integer.toUnsignedLong(time.getSeconds()) * 1_000_000L + time.getMicroseconds();
    }

    /** The least of the masters' times, at the moment of the last answer, under the identity of all of them together. */
    private ServerClock.Sample merge(List<MasterSample> samples, ServerClock.Question question) {
        long received = samples.stream().mapToLong(MasterSample::nanos).max().orElseThrow();
        long micros = samples.stream().mapToLong(MasterSample::micros).min().orElseThrow();
        return new ServerClock.Sample(micros, question, received, identity(samples));
    }

    private static String identity(List<MasterSample> samples) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            samples.stream()
                    .map(MasterSample::runId)
                    .sorted()
                    .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
