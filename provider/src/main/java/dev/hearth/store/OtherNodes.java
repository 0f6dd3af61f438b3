package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the nodes of one keyspace tell each other through Redis (DESIGN section 8). Safe for concurrent use; nothing here waits. */
public final class OtherNodes {
    private static final Duration HAND_OVER_VALIDITY = Duration.ofDays(1);

    private final String node;
    private final String nodes;
    private final String hotKeys;
    private final RedisConnection connection;
    private final Commands commands;
    private final ServerClock clock;
    private final RedissonChannel channel;
    private final MasterSlots slots;

    OtherNodes(String node, String keyspace, RedisConnection connection, Commands commands, ServerClock clock) {
        this.node = node;
        this.nodes = keyspace + ":{nodes}";
        this.hotKeys = keyspace + ":{hot}";
        this.connection = connection;
        this.commands = commands;
        this.clock = clock;
        this.channel = new RedissonChannel(node, keyspace, connection);
        this.slots = new MasterSlots(connection, keyspace, clock::nanoTime);
    }

    /** What they tell. */
    public MessageChannel channel() {
        return channel;
    }

    /** Subscribes, if that was not done yet. */
    void subscribe() {
        channel.subscribe();
    }

    // Living

    /**
     * Says that this node lives, on the channel on which it listens, and asks who else does.
     *
     * @param number tells this heartbeat from others of this node
     * @param lease how long writers wait for this node without hearing of it again, if the first node has not settled that
     * @param strict what this node keeps near and strictly, as hexadecimal digits; empty if writers need not wait for it
     * @return the lease that holds in microseconds and since when the list has been there, and a line for each other node that
     *     writers wait for: its name, a space, and what it keeps
     */
    public CompletableFuture<String> beat(long number, Duration lease, String strict) {
        return clock.identity() == null
                ? CompletableFuture.failedFuture(new CircuitOpenException())
                : commands.ask(Script.BEAT, List.of(nodes), node, number, RegionStore.micros(lease), strict);
    }

    /**
     * A key through each master of a Cluster; none elsewhere, where heartbeats go through the only one; and null as long as
     * a Cluster has not told its masters.
     */
    public @Nullable List<String> everyMaster() {
        List<String> keys = slots.keys();
        return connection.topology() == RedisConnection.Topology.CLUSTER && keys.isEmpty() ? null : keys;
    }

    /** As {@link #everyMaster}, but with a key through the only master as well. */
    @Nullable
    List<String> masters() {
        List<String> keys = everyMaster();
        return keys == null || !keys.isEmpty() ? keys : List.of(nodes);
    }

    /** Says through one of those masters, the {@code part}th, what {@link #beat} says through its own. */
    public CompletableFuture<Long> pulse(String master, long number, int part) {
        return commands.run(Script.PULSE, List.of(master), node, number, part);
    }

    /** Says that no writer need wait for this node any more. */
    public CompletableFuture<Long> leave() {
        return commands.run(Script.LEAVE, List.of(nodes), node);
    }

    // Handing over

    /** Leaves keys of regions for a node that starts, by the region's name; for a day. */
    public CompletableFuture<Long> handOver(Map<String, List<String>> keys) {
        List<Object> arguments = new ArrayList<>(List.of(HAND_OVER_VALIDITY.toMillis()));
        keys.forEach((region, texts) -> arguments.addAll(List.of(region, String.join("\n", texts))));
        return commands.run(Script.HAND_OVER, List.of(hotKeys), arguments.toArray());
    }

    /** The keys that were left for these regions, the most used first, by the region's name; none where nobody has. */
    public CompletableFuture<Map<String, List<String>>> handedOver(Collection<String> regions) {
        return commands.fields(hotKeys, regions).thenApply(fields -> {
            Map<String, List<String>> keys = new HashMap<>();
            fields.forEach((region, texts) -> {
                if (texts != null && texts.length > 0) {
                    keys.put(region, List.of(new String(texts, StandardCharsets.UTF_8).split("\n")));
                }
            });
            return keys;
        });
    }
}
