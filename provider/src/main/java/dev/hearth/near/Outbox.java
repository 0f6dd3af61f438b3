package dev.hearth.near;

import dev.hearth.store.MessageChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sends acknowledgements to those who asked, what gathers while one message is under way in the next. Safe for any thread. */
final class Outbox {
    private final String node;
    private final MessageChannel channel;
    private final Map<String, StringBuilder> gathering = new ConcurrentHashMap<>();

    Outbox(String node, MessageChannel channel) {
        this.node = node;
        this.channel = channel;
    }

    /** This node serves no more what the message was about. */
    void acknowledge(Notice.Asker asker, int part) {
        StringBuilder mine = new StringBuilder();
        StringBuilder next = gathering.compute(
                asker.node(), (to, gathered) -> gathered == null ? mine : append(gathered, asker.number(), part));
        if (next == mine) {
            send(asker.node(), append(new StringBuilder(), asker.number(), part).toString());
        }
    }

    private static StringBuilder append(StringBuilder gathered, long number, int part) {
        gathered.append(gathered.isEmpty() ? "" : ",").append(number);
        return part == 0 ? gathered : gathered.append('.').append(part);
    }

    private void send(String to, String numbers) {
        // One that does not arrive costs the writer the lease, as a node that has died does.
        handOver(to, node + " " + numbers).whenComplete((sent, failure) -> {
            String more = gathered(to);
            if (more != null) {
                send(to, more);
            }
        });
    }

    private CompletableFuture<?> handOver(String to, String message) {
        try {
            return channel.send(to, message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What has gathered, or null, with nothing under way any more, if nothing has. */
    private @Nullable String gathered(String to) {
        StringBuilder[] taken = new StringBuilder[1];
        gathering.computeIfPresent(to, (node, gathered) -> {
            if (gathered.isEmpty()) {
                return null;
            }
            taken[0] = gathered;
            return new StringBuilder();
        });
        return taken[0] == null ? null : taken[0].toString();
    }
}
