package dev.hearth.near;

import dev.hearth.near.NearScene.Event;
import dev.hearth.near.NearScene.Part;
import dev.hearth.near.NearScene.Slip;
import dev.hearth.store.EntryAddress;
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

    private static final Duration TICK = NearNode.LEASE.minusMinutes(1);
    /* Nodes that hear no more heartbeats serve for a lease. */
    private static final Duration FRESH = NearNode.LEASE.dividedBy(3);
    private static final Duration JOINING = NearNode.LEASE.multipliedBy(3);
    private static final String REAL_TIME = "return t[1] * 1000000 + t[2]";

    private final RedisConnection redis;
    private final NearKeys keys;
    private final RawSubscription subscription;
    private final List<NearNode> nodes = new ArrayList<>();
    private final List<NearActor> actors = new ArrayList<>();
    private final NearTimes times = new NearTimes();
    private NearScene scene = NearScene.of();
    private @Nullable NearScene settled;
    private long settledNanos;
    private int runs;
    private int version;
    private @Nullable NearActor rowOwner;
    private int ticks;
    private boolean broke;
    private boolean joined;
    private boolean lapsed;
    private boolean lost;

    /** @param change edits the text of every script */
    NearPlay(RedisExtension extension, UnaryOperator<String> change) {
        extension.flush();
        String keyspace = extension.keyspace();
        redis = extension.connect();
        subscription = new RawSubscription(extension.endpoint(), keyspace + ":near");
        for (String name : NAMES) {
            nodes.add(new NearNode(
                    name,
                    extension.url(),
                    keyspace,
                    text -> change.apply(text).replace(REAL_TIME, REAL_TIME + " + " + NearKeys.ahead(keyspace))));
        }
        keys = new NearKeys(redis, keyspace);
    }

    // The beginning

    /** The nodes know each other and serve strictly; the entry is published and nothing is kept. */
    void begin(NearScene of) {
        scene = of;
        runs++;
        version = 0;
        rowOwner = null;
        ticks = 0;
        broke = false;
        joined = !scene.has(Event.JOINS);
        lapsed = false;
        lost = false;
        times.clear();
        keys.restore(entry(nodes.get(0)).entry(), result(nodes.get(0)).entry(), NearActor.body(0));
        subscription.heard();
        if (scene.wearsNodes() || !scene.equals(settled) || System.nanoTime() - settledNanos > FRESH.toNanos()) {
            settle();
            times.clear();
            settled = scene;
            settledNanos = System.nanoTime();
        }
        // What an earlier schedule has left under way.
        nodes.forEach(this::hearAll);
        nodes.forEach(this::hearAnswers);
        actors.clear();
        scene.parts().forEach(part -> actors.add(actor(part)));
    }

    private void settle() {
        keys.forgetNodes();
        double patience = scene.has(Slip.A_NODE_TRUSTS_AS_SOON_AS_IT_JOINS) ? 0 : 1;
        nodes.get(0).begin(1, this::sent);
        nodes.get(1).begin(patience, this::sent);
        List<NearNode> present = joined ? nodes : nodes.subList(0, 1);
        present.forEach(this::subscribe);
        present.forEach(this::hearAll);
        present.forEach(node -> node.pass(JOINING));
        present.forEach(NearNode::beat);
        pull();
        present.forEach(this::hearAll);
        if (!joined) {
            nodes.get(1).pass(JOINING);
            nodes.get(1).channel().breaks();
        }
        for (NearNode node : present) {
            if (!node.near().servesStrictly()) {
                throw new IllegalStateException(node.name() + " does not trust its near tier");
            }
        }
    }

    private void hearAll(NearNode node) {
        while (!node.channel().inbox().isEmpty()) {
            node.channel().deliver();
        }
    }

    private void hearAnswers(NearNode node) {
        while (!node.channel().answers().isEmpty()) {
            node.channel().deliverAnswer();
        }
    }

    /* The heartbeat that a subscription sends is not waited for by the node, but has to be by whoever plays schedules. */
    private void subscribe(NearNode node) {
        node.channel().listener().subscribed();
        String beat = "B - " + node.name() + " ";
        while (!pull().contains(beat)) {
            Thread.onSpinWait();
        }
    }

    private NearActor actor(Part part) {
        NearNode node = nodes.get(part.node());
        return switch (part.kind()) {
            case READER -> new NearReaders.Reader(node, this);
            case LOADER -> new NearReaders.Loader(node, this);
            case WRITER ->
                scene.has(Slip.THE_OWN_COPY_STAYS)
                        ? new NearWriters.ForgetfulWriter(node, this)
                        : new NearWriters.Writer(node, this);
            case BULK -> new NearWriters.Bulk(node, this);
            case EVICTION -> new NearWriters.Eviction(node, this, false);
            case REGION_EVICTION -> new NearWriters.Eviction(node, this, true);
            case RESULT_READER, ANY_TABLE_READER -> new NearReaders.ResultReader(node, this);
            case RESULT_LOADER -> new NearReaders.ResultLoader(node, this);
            case TABLE_WRITER -> new NearWriters.TableWriter(node, this);
        };
    }

    // The channel

    private void sent(String to, String message) {
        for (NearNode node : nodes) {
            if (node.name().equals(to)) {
                node.channel().answer(message);
            }
        }
    }

    /** Hands what was published to every node; answers it in one text. */
    private String pull() {
        StringBuilder all = new StringBuilder();
        for (String message : subscription.heard()) {
            all.append(message).append('\n');
            for (NearNode node : nodes) {
                // A heartbeat is for its own node only.
                if (!message.startsWith("B ") || message.startsWith("B - " + node.name() + " ")) {
                    node.channel().published(message);
                    times.published(message, ticks);
                    if (scene.has(Slip.MESSAGES_ARE_ACKNOWLEDGED_BEFORE_THEY_ARE_HEARD)) {
                        acknowledge(node, message);
                    }
                }
            }
        }
        return all.toString();
    }

    private void acknowledge(NearNode node, String message) {
        String asker = message.split(" ", 3)[1];
        int colon = asker.indexOf(':');
        if (colon > 0 && !asker.substring(0, colon).equals(node.name())) {
            sent(asker.substring(0, colon), node.name() + " " + asker.substring(colon + 1));
        }
    }

    /* A node that keeps nothing hears at once, and where the scene does not say otherwise so do those who are answered. */
    private void settleChannels() {
        pull();
        for (int n = 0; n < nodes.size(); n++) {
            if (!scene.keepsAt(n)) {
                hearAll(nodes.get(n));
            }
        }
        if (!scene.has(Event.SLOW_ANSWERS)) {
            nodes.forEach(this::hearAnswers);
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
                moves.put(node.name() + " hears", () -> hear(node));
            }
            if (!node.channel().answers().isEmpty()) {
                moves.put(node.name() + " is answered", () -> node.channel().deliverAnswer());
            }
        }
        addEvents(moves, nodes.get(1));
        return moves;
    }

    private void addEvents(Map<String, Runnable> moves, NearNode other) {
        if (ticks < scene.ticks()) {
            moves.put("tick", this::tick);
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
        if (scene.has(Slip.A_MESSAGE_IS_LOST)
                && !lost
                && other.channel().inbox().stream()
                        .findFirst()
                        .filter(m -> m.startsWith("E"))
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
        Objects.requireNonNull(moves().get(move), () -> move + " is not possible any more")
                .run();
        if (move.endsWith("step 0")) {
            times.begun(move, ticks);
        }
        settleChannels();
    }

    private void hear(NearNode node) {
        String next = node.channel().inbox().get(0);
        times.heard(next, ticks);
        if (!next.equals(HeldChannel.SUBSCRIBED)) {
            node.channel().deliver();
            return;
        }
        node.channel().lose();
        if (scene.has(Slip.THE_NEW_SUBSCRIPTION_CLEARS_NOTHING)) {
            node.beat();
        } else {
            subscribe(node);
        }
    }

    /** Most of a lease passes, and the nodes say that they live. */
    private void tick() {
        ticks++;
        for (int n = 0; n < nodes.size(); n++) {
            NearNode node = nodes.get(n);
            boolean sleeps = n == 1 && scene.has(Event.SLEEPS);
            if (n == 1 && scene.has(Slip.A_CLOCK_STANDS_STILL)) {
                continue;
            }
            if (sleeps) {
                node.sleep(TICK);
            } else {
                node.pass(TICK);
            }
            boolean silent = n == 0 && scene.has(Event.KNOWS_AN_OLD_LIST) || sleeps;
            if (!silent && (n == 0 || joined)) {
                node.beat();
            }
        }
    }

    // What is there

    /** What is wrong, or null: a node serves what is not committed. */
    @Nullable
    String stale() {
        if (scene.holdsOnlyWhenQuiet() && !isQuiet()) {
            return null;
        }
        for (NearNode node : nodes) {
            Object served = scene.isAboutResults()
                    ? node.results().get(result(node), read())
                    : node.region().get(entry(node));
            if (served != null && !served.equals(NearActor.value(version))) {
                return node.name() + " serves " + served + ", committed is " + NearActor.value(version);
            }
        }
        return null;
    }

    /** Whether it serves nothing, or this. */
    @Nullable
    Object served() {
        Object served = null;
        for (NearNode node : nodes) {
            Object here = scene.isAboutResults()
                    ? node.results().get(result(node), read())
                    : node.region().get(entry(node));
            served = here == null ? served : here;
        }
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
        state.append(broke).append(joined).append(lapsed).append(lost).append(ticks);
        // Two of the same kind on the same node are as good as each other.
        List<String> states = new ArrayList<>();
        for (int i = 0; i < actors.size(); i++) {
            states.add(scene.parts().get(i) + " " + actors.get(i).state());
        }
        Collections.sort(states);
        state.append(states);
        for (NearNode node : nodes) {
            state.append("|| ").append(node.channel().isConnected());
            state.append(node.region().get(entry(node))).append(node.results().get(result(node), read()));
            state.append(node.channel().inbox()).append(node.channel().answers());
        }
        state.append(
                scene.isAboutResults()
                        ? keys.results(result(nodes.get(0)).entry(), table())
                        : keys.entry(entry(nodes.get(0)).entry(), scene.publishesLoads()));
        return NearKeys.inOrder(
                named(state.append(scene.wearsNodes() ? times : "").toString()));
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
        subscription.heard();
    }

    @Override
    public boolean slips(Slip slip) {
        return scene.has(slip);
    }

    @Override
    public void close() {
        nodes.forEach(NearNode::close);
        subscription.close();
        redis.close();
    }
}
