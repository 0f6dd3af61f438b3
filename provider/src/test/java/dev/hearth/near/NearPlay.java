package dev.hearth.near;

import dev.hearth.near.NearScene.Event;
import dev.hearth.near.NearScene.Slip;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.test.RedisConnection;
import dev.hearth.test.RedisExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Two real nodes on a real server, which do one step at a time. A schedule is played on a key of its own, so that nothing of
 * an earlier one is in its way. Not safe for concurrent use.
 */
final class NearPlay implements AutoCloseable, NearActor.Stage {
    static final List<String> NAMES = List.of("node0", "node1");

    /* Nodes that hear no more heartbeats serve for a lease. */
    private static final Duration FRESH = NearNode.LEASE.dividedBy(3);
    private static final String REAL_TIME = "return t[1] * 1000000 + t[2]";

    private final RedisConnection redis;
    private final NearKeys keys;
    private final NearNetwork network;
    private final List<NearNode> nodes = new ArrayList<>();
    private final List<NearActor> actors = new ArrayList<>();
    private NearScene scene = NearScene.of();
    private @Nullable NearScene settled;
    private long settledNanos;
    private int runs;
    private int version;
    private @Nullable NearActor rowOwner;
    private boolean broke;
    private boolean joined;
    private boolean lapsed;
    private boolean lost;

    /** @param change edits the text of every script */
    NearPlay(RedisExtension extension, UnaryOperator<String> change) {
        extension.flush();
        String keyspace = extension.keyspace();
        redis = extension.connect();
        for (String name : NAMES) {
            nodes.add(new NearNode(
                    name,
                    extension.url(),
                    keyspace,
                    text -> change.apply(text).replace(REAL_TIME, REAL_TIME + " + " + NearKeys.ahead(keyspace))));
        }
        keys = new NearKeys(redis, keyspace);
        network = new NearNetwork(extension.endpoint(), keyspace, nodes);
    }

    // The beginning

    /** The nodes know each other and serve strictly; the entry is published and nothing is kept. */
    void begin(NearScene of) {
        scene = of;
        runs++;
        version = 0;
        rowOwner = null;
        broke = false;
        joined = !scene.has(Event.JOINS);
        lapsed = false;
        lost = false;
        nodes.forEach(this::tellTime);
        keys.restore(entry(nodes.get(0)).entry(), result(nodes.get(0)).entry(), NearActor.body(0));
        if (scene.readsAnyTable()) {
            nodes.forEach(this::findsResult);
        }
        network.begin(scene);
        if (scene.wearsNodes() || !scene.equals(settled) || System.nanoTime() - settledNanos > FRESH.toNanos()) {
            keys.forgetNodes();
            network.settle();
            settled = scene;
            settledNanos = System.nanoTime();
        }
        network.drain();
        actors.clear();
        scene.parts().forEach(part -> actors.add(NearActor.of(part.kind(), nodes.get(part.node()), this)));
    }

    /* A node that finds nothing valid over the same tables eight times in a row does not ask for a moment, and what reads
     * any table reads the same in every schedule. */
    private void findsResult(NearNode node) {
        if (!(node.resultStore().get(result(node), read(), node.tier().now(), () -> {}) instanceof Found.Value)) {
            throw new IllegalStateException(node.name() + " does not find the result");
        }
    }

    // Steps

    /** What may happen next, by names that are the same whenever the same schedule is played. */
    Map<String, Runnable> moves() {
        Map<String, Runnable> moves = new LinkedHashMap<>();
        for (int i = 0; i < actors.size(); i++) {
            NearActor actor = actors.get(i);
            if (actor.mayStep() && (joined || actor.node != nodes.get(1))) {
                moves.put(scene.parts().get(i) + "#" + i + " step " + actor.at, actor::step);
            }
        }
        for (NearNode node : nodes) {
            if (!node.channel().inbox().isEmpty()) {
                moves.put(node.name() + " hears", () -> network.hear(node));
            }
            if (!node.channel().answers().isEmpty()) {
                moves.put(node.name() + " is answered", () -> node.channel().deliverAnswer());
            }
        }
        addEvents(moves, nodes.get(1));
        return moves;
    }

    private void addEvents(Map<String, Runnable> moves, NearNode other) {
        if (network.ticks() < scene.ticks()) {
            moves.put("tick", () -> network.tick(joined));
        }
        if (scene.has(Event.BREAKS) && !broke) {
            moves.put("break", () -> {
                broke = true;
                other.channel().breaks();
            });
        } else if (scene.has(Event.BREAKS) && !other.channel().isConnected()) {
            moves.put(
                    "subscribe anew",
                    () -> other.channel().isRestored(!scene.has(Slip.THE_NEW_SUBSCRIPTION_IS_NOT_TOLD)));
        }
        if (!joined) {
            moves.put("join", () -> {
                joined = true;
                other.channel().isRestored(true);
            });
        }
        if (scene.has(Event.A_MESSAGE_IS_LOST)
                && !lost
                && other.channel().inbox().stream()
                        .findFirst()
                        .filter(m -> !m.equals(HeldChannel.SUBSCRIBED))
                        .isPresent()) {
            moves.put("lose", () -> {
                lost = true;
                other.channel().lose();
            });
        }
        if (scene.has(Event.LAPSES) && !lapsed) {
            moves.put("lapse", () -> {
                lapsed = true;
                keys.passOnServer(NearNode.LOCK_TIMEOUT.plusSeconds(1));
            });
        }
    }

    void play(String move) {
        Map<String, Runnable> moves = moves();
        Objects.requireNonNull(moves.get(move), () -> move + " is not possible any more, but " + moves.keySet())
                .run();
        if (move.endsWith("step 0")) {
            network.times().begun(move, network.ticks());
        }
        network.flow();
    }

    // What is there

    /** What is wrong, or null: a node serves what is not committed. */
    @Nullable
    String stale() {
        if (scene.holdsOnlyWhenQuiet() && !isQuiet()) {
            return null;
        }
        for (NearNode node : nodes) {
            for (Object served : served(node)) {
                if (!served.equals(NearActor.value(version))) {
                    return node.name() + " serves " + served + ", committed is " + NearActor.value(version);
                }
            }
        }
        return null;
    }

    /** What either node serves near, if one does. */
    @Nullable
    Object served() {
        return nodes.stream().flatMap(node -> served(node).stream()).findFirst().orElse(null);
    }

    private List<Object> served(NearNode node) {
        List<Object> served = new ArrayList<>();
        if (scene.isAboutResults()) {
            served.add(node.results().get(result(node), read()));
        }
        if (scene.isAboutEntries()) {
            served.add(node.region().get(entry(node)));
        }
        served.removeIf(Objects::isNull);
        return served;
    }

    private boolean isQuiet() {
        return isOver()
                && nodes.stream().allMatch(node -> node.channel().inbox().isEmpty());
    }

    boolean isOver() {
        return actors.stream().allMatch(NearActor::isOver);
    }

    /** Whatever later steps depend on, the same for schedules that lead to the same. */
    String state() {
        StringBuilder state = new StringBuilder();
        state.append(version).append(rowOwner == null ? "" : "r" + actors.indexOf(rowOwner));
        state.append(broke).append(joined).append(lapsed).append(lost).append(network.ticks());
        // Two of the same kind on the same node are as good as each other.
        List<String> states = new ArrayList<>();
        for (int i = 0; i < actors.size(); i++) {
            states.add(scene.parts().get(i) + " " + actors.get(i).state());
        }
        Collections.sort(states);
        state.append(states);
        for (NearNode node : nodes) {
            state.append("|| ").append(node.channel().isConnected());
            state.append(node.channel().hasGap());
            state.append(node.region().get(entry(node))).append(node.results().get(result(node), read()));
            state.append(node.channel().inbox()).append(node.channel().answers());
        }
        if (scene.isAboutResults()) {
            state.append(keys.results(result(nodes.get(0)).entry(), table()));
        }
        if (scene.isAboutEntries()) {
            state.append(keys.entry(entry(nodes.get(0)).entry(), scene.publishesLoads()));
        }
        return NearKeys.inOrder(
                named(state.append(scene.wearsNodes() ? network.times() : "").toString()));
    }

    /* Transactions and asks have other names in every run. */
    private String named(String state) {
        String named = state.replace(key(), "K").replace(table(), "T");
        for (int i = 0; i < actors.size(); i++) {
            for (String name : actors.get(i).names()) {
                named = named.replaceAll(name + "\\b", "<" + i + ">");
                int colon = name.indexOf(':');
                named = colon < 0
                        ? named
                        : named.replaceAll("(node\\d) " + name.substring(colon + 1) + "\\b", "$1 <" + i + ">");
            }
        }
        return named;
    }

    // The stage

    private String key() {
        return "key-" + runs;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public void commit() {
        version++;
        rowOwner = null;
    }

    @Override
    public boolean rowIsFree() {
        return rowOwner == null;
    }

    @Override
    public void lockRow(NearActor by) {
        rowOwner = by;
    }

    @Override
    public EntryAddress entry(NearNode node) {
        return node.store().address(key());
    }

    @Override
    public EntryAddress result(NearNode node) {
        return node.resultStore().address(key());
    }

    @Override
    public List<String> read() {
        return scene.readsAnyTable() ? List.of() : List.of(table());
    }

    @Override
    public String table() {
        return "table-" + runs;
    }

    @Override
    public void tellTime(NearNode node) {
        node.tier().tables().invalidate(List.of("clock")).join();
        network.drop();
    }

    @Override
    public boolean slips(Slip slip) {
        return scene.has(slip);
    }

    @Override
    public void close() {
        nodes.forEach(NearNode::close);
        network.close();
        redis.close();
    }
}
