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

    private final BiConsumer<String, String> network;
    private final Deque<String> inbox = new ArrayDeque<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private @Nullable Listener listener;
    private boolean connected = true;

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
        if (connected) {
            inbox.add(message);
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
            inbox.add(SUBSCRIBED);
        }
    }

    boolean isConnected() {
        return connected;
    }

    List<String> inbox() {
        return List.copyOf(inbox);
    }

    List<String> answers() {
        return List.copyOf(answers);
    }

    /** The next message is lost on its way, and nobody notices. */
    void lose() {
        inbox.remove();
    }

    void deliver() {
        String message = inbox.remove();
        if (message.equals(SUBSCRIBED)) {
            listener().subscribed();
        } else {
            listener().told(message);
        }
    }

    void deliverAnswer() {
        listener().answered(answers.remove());
    }

    Listener listener() {
        return Objects.requireNonNull(listener, "nobody listens");
    }
}
