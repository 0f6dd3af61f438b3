package dev.hearth.near;

import dev.hearth.store.MessageChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sends acknowledgements to those who asked, what gathers while some messages are under way in the next. Safe for any thread. */
final class Outbox {
    /* A transaction asks for its locks and for its tables at about the same time. If the second acknowledgement had to wait
     * until Redis has answered to the first, each commit would wait for one round trip more. */
    static final int UNDER_WAY = 4;

    private final String node;
    private final MessageChannel channel;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** Guarded by the map: what is under way to one node, and what waits until less is. */
    private static final class Line {
        private int underWay;
        private StringBuilder gathered = new StringBuilder();
    }

    Outbox(String node, MessageChannel channel) {
        this.node = node;
        this.channel = channel;
    }

    /** This node serves no more what the message was about. */
    void acknowledge(Notice.Asker asker, int part) {
        boolean[] atOnce = new boolean[1];
        lines.compute(asker.node(), (to, known) -> {
            Line line = known == null ? new Line() : known;
            atOnce[0] = line.underWay < UNDER_WAY;
            if (atOnce[0]) {
                line.underWay++;
            } else {
                append(line.gathered, asker.number(), part);
            }
            return line;
        });
        if (atOnce[0]) {
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

    /** What has gathered, to be sent in place of what has arrived; or null, with one less under way, if nothing has. */
    private @Nullable String gathered(String to) {
        StringBuilder[] taken = new StringBuilder[1];
        lines.computeIfPresent(to, (node, line) -> {
            if (line.gathered.isEmpty()) {
                line.underWay--;
                return line.underWay == 0 ? null : line;
            }
            taken[0] = line.gathered;
            line.gathered = new StringBuilder();
            return line;
        });
        return taken[0] == null ? null : taken[0].toString();
    }
}
