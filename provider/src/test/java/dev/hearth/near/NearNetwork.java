package dev.hearth.near;

import dev.hearth.near.NearScene.Event;
import dev.hearth.near.NearScene.Slip;
import dev.hearth.test.RedisEndpoint;
import java.time.Duration;
import java.util.List;

/** What carries messages, and time, to the two nodes of a walk, when the schedule says so. Not safe for concurrent use. */
final class NearNetwork implements AutoCloseable {
    private static final Duration TICK = NearNode.LEASE.minusMinutes(1);
    private static final Duration JOINING = NearNode.LEASE.multipliedBy(3);

    private final RawSubscription subscription;
    private final List<NearNode> nodes;
    private final NearTimes times = new NearTimes();
    private NearScene scene = NearScene.of();
    private int ticks;

    NearNetwork(RedisEndpoint redis, String keyspace, List<NearNode> nodes) {
        this.subscription = new RawSubscription(redis, keyspace + ":near");
        this.nodes = nodes;
    }

    /** A schedule of this scene begins. */
    void begin(NearScene of) {
        scene = of;
        ticks = 0;
        times.clear();
        drop();
    }

    /** What was published until now reaches nobody. */
    void drop() {
        heard();
    }

    private List<String> heard() {
        nodes.forEach(NearNode::awaitAnswers);
        return subscription.heard();
    }

    /** What an earlier schedule has left under way arrives. */
    void drain() {
        nodes.forEach(this::hearAll);
        nodes.forEach(this::hearAnswers);
        times.clear();
    }

    NearTimes times() {
        return times;
    }

    int ticks() {
        return ticks;
    }

    /** The nodes begin anew, know each other and serve strictly; the other one does not exist yet if it is to join. */
    void settle() {
        double patience = scene.has(Slip.A_NODE_TRUSTS_AS_SOON_AS_IT_JOINS) ? 0 : 1;
        nodes.get(0).begin(1, this::sent);
        nodes.get(1).begin(patience, this::sent);
        if (scene.has(Slip.MESSAGES_HAVE_NO_NUMBERS)) {
            nodes.get(1).channel().losesNumbers();
        }
        List<NearNode> present = scene.has(Event.JOINS) ? nodes.subList(0, 1) : nodes;
        present.forEach(this::subscribe);
        present.forEach(this::hearAll);
        present.forEach(node -> node.pass(JOINING));
        present.forEach(NearNode::beat);
        pull();
        present.forEach(this::hearAll);
        if (scene.has(Event.JOINS)) {
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
        if (!pull().contains("B - " + node.name() + " ")) {
            throw new IllegalStateException(node.name() + " has subscribed and sent no heartbeat");
        }
    }

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
        for (String message : heard()) {
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
    void flow() {
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

    void hear(NearNode node) {
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
    void tick(boolean joined) {
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

    @Override
    public void close() {
        subscription.close();
    }
}
