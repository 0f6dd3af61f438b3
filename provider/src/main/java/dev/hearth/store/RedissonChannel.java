package dev.hearth.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.api.listener.StatusListener;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channel over Redisson's topics: one that all nodes of the keyspace hear, and one for each node. */
final class RedissonChannel implements MessageChannel {
    /* Redisson subscribes anew by itself when a connection is replaced, and tells so; only the first subscription is ours to
     * repeat. It hands messages over in order, one queue for each topic and connection. */
    private static final Logger log = LoggerFactory.getLogger(RedissonChannel.class);
    static final Duration RETRY = Duration.ofSeconds(2);

    private final String node;
    private final String name;
    private final RedisConnection connection;
    private final AtomicBoolean subscribing = new AtomicBoolean();
    private volatile boolean subscribed;
    private volatile boolean refused;
    private volatile @Nullable Listener listener;

    RedissonChannel(String node, String keyspace, RedisConnection connection) {
        this.node = node;
        this.name = keyspace + ":near";
        this.connection = connection;
    }

    @Override
    public void listen(Listener hears) {
        listener = hears;
    }

    @Override
    public CompletableFuture<?> send(String to, String message) {
        return topic(connection.client(), own(to)).publishAsync(message).toCompletableFuture();
    }

    /** Subscribes, if somebody listens and that was not done yet. To be called again until it is. */
    void subscribe() {
        Listener hears = listener;
        if (hears == null || subscribed) {
            return;
        }
        RedisConnection listening = connection.listening();
        if (!listening.ready() || !subscribing.compareAndSet(false, true)) {
            return;
        }
        RTopic all = topic(listening.client(), name);
        RTopic ours = topic(listening.client(), own(node));
        CompletableFuture.allOf(
                        all.addListenerAsync(String.class, (channel, message) -> hears.told(message))
                                .toCompletableFuture(),
                        ours.addListenerAsync(String.class, (channel, message) -> hears.answered(message))
                                .toCompletableFuture())
                .thenCompose(heard ->
                        all.addListenerAsync(new Resubscriptions(hears)).toCompletableFuture())
                .whenComplete((done, failure) -> {
                    subscribed = failure == null;
                    subscribing.set(false);
                    if (failure == null) {
                        hears.subscribed();
                    } else {
                        all.removeAllListenersAsync();
                        ours.removeAllListenersAsync();
                        report(Commands.unwrap(failure));
                    }
                });
    }

    private void report(Throwable failure) {
        if (String.valueOf(failure.getMessage()).startsWith("NOPERM") && !refused) {
            refused = true;
            log.warn(
                    "[{}] Redis refuses the channels '{}*' to this user, so nothing is kept near; allow +subscribe and the"
                            + " channels ({})",
                    node,
                    name,
                    Failures.reason(failure));
        } else {
            log.debug("[{}] no subscription yet, next attempt in {}", node, RETRY, failure);
        }
    }

    private String own(String of) {
        return name + "." + of;
    }

    private static RTopic topic(RedissonClient client, String channel) {
        return client.getTopic(channel, StringCodec.INSTANCE);
    }

    private record Resubscriptions(Listener listener) implements StatusListener {
        @Override
        public void onSubscribe(String channel) {
            listener.subscribed();
        }

        @Override
        public void onUnsubscribe(String channel) {
            listener.subscribed();
        }
    }
}
