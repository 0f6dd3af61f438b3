package dev.hearth.near;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One message whose acknowledgement a writer waits for: by whom, and since when its publication is certain. Safe for
 * concurrent use.
 */
public final class Ask {
    private final Acknowledgements acknowledgements;
    private final long number;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Members members;
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private volatile long answeredNanos;
    private volatile boolean answered;

    Ask(Acknowledgements acknowledgements, long number, Members members, Set<String> nodes) {
        this.acknowledgements = acknowledgements;
        this.number = number;
        this.members = members;
        missing.addAll(nodes);
        completeIfAll();
    }

    /** What names the ask in the message. */
    public String text() {
        return acknowledgements.node() + ":" + number;
    }

    /** Redis has answered to the command that publishes the message: it was published before. */
    public void answered() {
        answeredNanos = acknowledgements.nanoTime();
        answered = true;
    }

    boolean isOver() {
        return acknowledgements.isOver(this);
    }

    long number() {
        return number;
    }

    void acknowledgedBy(String node) {
        missing.remove(node);
        completeIfAll();
    }

    private void completeIfAll() {
        if (missing.isEmpty()) {
            all.complete(null);
        }
    }

    CompletableFuture<Void> all() {
        return all;
    }

    /** Whether the command was answered at all; if it was not, what it locks is owed, and nobody waits. */
    boolean isAnswered() {
        return answered;
    }

    long answeredNanos() {
        return answeredNanos;
    }

    /** How old the list of nodes had become when the message was certainly published. */
    long ageOfMembers() {
        return answeredNanos - members.askedNanos();
    }
}
