package dev.hearth.store;

import java.util.concurrent.CompletableFuture;

/**
 * What the nodes of one keyspace tell each other through Redis (DESIGN section 8): changes, which scripts publish, heartbeats,
 * and acknowledgements. A message that was published is received once, or not at all: the subscription is broken, or the client
 * has lost it.
 */
public interface MessageChannel {
    /** Hears messages, from one thread at a time, and never waits. */
    interface Listener {
        /** What was published through one server is told in that order, as long as the subscription is the same. */
        void told(String message);

        /** What another node has sent to this node alone. */
        void answered(String message);

        /** The subscription is new: whatever was published before may have been missed. */
        void subscribed();
    }

    /** Begins to listen as soon as Redis is there, and goes on until the channel is closed. Called once. */
    void listen(Listener listener);

    /** Sends a message to one node; nobody knows whether it arrives. */
    CompletableFuture<?> send(String node, String message);
}
