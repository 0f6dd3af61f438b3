package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.redisson.api.redisnode.RedisClusterNodeAsync;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.cluster.ClusterSlotRange;
import org.redisson.connection.CRC16;

/** A key in a slot of each master of a Cluster, through which every one of them can be spoken to. Safe for any thread. */
final class MasterSlots {
    private static final Duration VALIDITY = Duration.ofSeconds(5);
    private static final String PULSE = "pulse.";
    private static final int SLOTS = 16_384;

    private final RedisConnection connection;
    private final String prefix;
    private final LongSupplier nanoTime;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile List<String> keys = List.of();
    private volatile long askedNanos;

    MasterSlots(RedisConnection connection, String keyspace, LongSupplier nanoTime) {
        this.connection = connection;
        this.prefix = keyspace + ":{" + PULSE;
        this.nanoTime = nanoTime;
    }

    /** One key for each master, in an order that stays; none unless these servers are a Cluster that has told its slots. */
    List<String> keys() {
        if (connection.topology() == RedisConnection.Topology.CLUSTER
                && (keys.isEmpty() || nanoTime.getAsLong() - askedNanos > VALIDITY.toNanos())
                && asking.compareAndSet(false, true)) {
            ask();
        }
        return keys;
    }

    private void ask() {
        askedNanos = nanoTime.getAsLong();
        Collection<RedisNode> masters = List.copyOf(connection.masters());
        if (masters.isEmpty()) {
            asking.set(false);
            return;
        }
        ((RedisClusterNodeAsync) masters.iterator().next()).clusterSlotsAsync().whenComplete((slots, failure) -> {
            if (failure == null) {
                keys = keys(slots);
            }
            asking.set(false);
        });
    }

    /* The names of a range's servers begin with its master. */
    private List<String> keys(Map<ClusterSlotRange, Set<String>> slots) {
        TreeSet<String> found = new TreeSet<>();
        List<Set<String>> seen = new ArrayList<>();
        slots.forEach((range, servers) -> {
            if (!seen.contains(servers)) {
                seen.add(servers);
                found.add(keyIn(range));
            }
        });
        return List.copyOf(found);
    }

    private String keyIn(ClusterSlotRange range) {
        for (int i = 0; ; i++) {
            String key = prefix + i + "}";
            // Not asked of Redis: this is one of the threads that its answers come on.
            if (range.hasSlot(CRC16.crc16((PULSE + i).getBytes(StandardCharsets.US_ASCII)) % SLOTS)) {
                return key;
            }
        }
    }
}
