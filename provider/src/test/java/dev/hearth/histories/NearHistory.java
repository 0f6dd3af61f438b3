package dev.hearth.histories;

import dev.hearth.test.Nodes;
import dev.hearth.test.RedisEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.hibernate.cache.spi.RegionFactory;

/** A history in this process whose nodes have a near tier. */
final class NearHistory implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(1);

    // Beyond the lease, so that some have to be outwaited, and short enough for commands not to be given up.
    private static final Duration TROUBLE = Duration.ofMillis(2_500);

    // Those who change things wait for silent nodes most of the time, and read little in between.
    private static final Crew CREW = new Crew(3, 2);

    private final LocalHistory history;
    private String trouble = "";

    NearHistory(RedisEndpoint redis, String keyspace, List<RegionFactory> factories, String mode) {
        history = new LocalHistory(redis, keyspace, factories, CREW, settings(mode));
    }

    static Map<String, String> settings(String mode) {
        return Map.of(Nodes.NEAR, mode, "hibernate.cache.hearth.near.lease", LEASE.toMillis() + "ms");
    }

    /** A round while the network is in trouble. */
    Round troubled(long seed, Duration length) {
        history.near().forEach(NearTierOf::awaitTrust);
        NetworkTrouble making = new NetworkTrouble(history.ways(), LocalHistory.JITTER, seed, TROUBLE);
        try (making) {
            return history.round(seed, length);
        } finally {
            trouble = making.toString();
        }
    }

    /** A round in which one node hears everything late. */
    Round late(long seed, Duration length, Duration latency) {
        history.ways().get(0).subscriptions().delay(latency);
        return history.round(seed, length);
    }

    long nearHits() {
        return sum(NearTierOf::hits);
    }

    /** How often something was served from near, in each region. */
    Map<String, Long> nearHitsByRegion() {
        Map<String, Long> hits = new TreeMap<>();
        history.near()
                .forEach(near -> near.hitsByRegion().forEach((region, count) -> hits.merge(region, count, Long::sum)));
        return hits;
    }

    long remoteHits() {
        return sum(NearTierOf::remoteHits);
    }

    long outwaitedLeases() {
        return sum(near -> near.statistics().outwaitedLeases());
    }

    Duration longestWait() {
        return Duration.ofNanos(history.near().stream()
                .mapToLong(near -> near.statistics().longestWaitNanos())
                .max()
                .orElse(0));
    }

    private long sum(ToLongFunction<NearTierOf> count) {
        return history.near().stream().mapToLong(count).sum();
    }

    @Override
    public String toString() {
        return "%,d reads from near, %,d from Redis, %,d misses; %,d commits waited, %,d ms at the longest, %d of them for a lease; trouble %s"
                .formatted(
                        nearHits(),
                        remoteHits(),
                        sum(NearTierOf::misses),
                        sum(near -> near.statistics().waits()),
                        longestWait().toMillis(),
                        outwaitedLeases(),
                        trouble);
    }

    @Override
    public void close() {
        history.close();
    }
}
