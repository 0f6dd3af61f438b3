package dev.hearth.near;

import dev.hearth.store.MessageChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One node's end of the channel: what is told to the node waits until the schedule delivers it. */
final class HeldChannel implements MessageChannel {
    /** Stands in the inbox where the subscription begins anew. */
    static final String SUBSCRIBED = "subscribed";

    private static final String COUNTER = "0001700000000000.";

    private final BiConsumer<String, String> network;
    private final Deque<Held> inbox = new ArrayDeque<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private @Nullable Listener listener;
    private boolean connected = true;
    private boolean numbering = true;
    private long published;
    private long delivered;

    /** A message without its number, which it has for this node alone: so a schedule is the same whenever it is played. */
    private record Held(String message, long number) {}

    /** @param network takes what is sent to a node */
    HeldChannel(BiConsumer<String, String> network) {
        this.network = network;
    }

    @Override
    public void listen(Listener hears) {
        listener = hears;
    }

    @Override
    public CompletableFuture<?> send(String node, String message) {
        network.accept(node, message);
        return CompletableFuture.completedFuture(null);
    }

    /** Redis has sent this to the node, unless the connection is broken. */
    void published(String message) {
        published++;
        if (connected) {
            inbox.add(new Held(message, published));
        }
    }

    void answer(String message) {
        answers.add(message);
    }

    /** The connection breaks: what is under way is lost, and what is published from now on. */
    void breaks() {
        connected = false;
        inbox.clear();
    }

    void isRestored(boolean told) {
        connected = true;
        if (told) {
            inbox.add(new Held(SUBSCRIBED, published));
        }
    }

    /** Messages come without their numbers from now on. */
    void losesNumbers() {
        numbering = false;
    }

    boolean isConnected() {
        return connected;
    }

    List<String> inbox() {
        return inbox.stream().map(Held::message).toList();
    }

    List<String> answers() {
        return List.copyOf(answers);
    }

    /** Whether a number is missing in front of the message that is delivered next, or would be if one came now. */
    boolean hasGap() {
        Held next = inbox.peek();
        return (next == null ? published : next.number - 1) != delivered;
    }

    /** The next message is lost on its way, though the connection lives on. */
    void lose() {
        inbox.remove();
    }

    void deliver() {
        Held next = inbox.remove();
        if (next.message.equals(SUBSCRIBED)) {
            listener().subscribed();
        } else {
            delivered = next.number;
            listener().told((numbering ? COUNTER + next.number : "-") + " " + next.message);
        }
    }

    void deliverAnswer() {
        listener().answered(answers.remove());
    }

    Listener listener() {
        return Objects.requireNonNull(listener, "nobody listens");
    }
}
