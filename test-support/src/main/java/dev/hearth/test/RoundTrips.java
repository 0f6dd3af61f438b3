package dev.hearth.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Counts the commands and round trips that go through a {@link FaultProxy} to Redis, without what a client sends to set
 * up a connection, to subscribe, to poll in the background, and to tell other nodes that it lives and listens and what it
 * uses most. Safe for concurrent use.
 *
 * <p>A round trip is counted when a command leaves while no other counted command is unanswered on any connection, so
 * commands that travel together count once. Whether two commands travel together is a matter of time: give the proxy a
 * delay that is long against the time between them, and commands sent without waiting count as one round trip surely.
 */
public final class RoundTrips {
    private static final Set<String> SUBSCRIPTIONS =
            Set.of("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE");
    private static final Set<String> BACKGROUND = Set.of(
            "HELLO",
            "AUTH",
            "CLIENT",
            "SELECT",
            "PING",
            "TIME",
            "INFO",
            "COMMAND",
            "ECHO",
            "READONLY",
            "ROLE",
            "CLUSTER",
            "SENTINEL",
            "QUIT");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Set<String> ignored;
    private final boolean nodesIgnored;
    private final Map<Integer, Conversation> conversations = new HashMap<>();
    private final List<SentCommand> commands = new ArrayList<>();
    private long roundTrips;
    private int unanswered;
    private long lastChangeNanos = System.nanoTime();

    private RoundTrips(Set<String> ignored, boolean nodesIgnored) {
        this.ignored = ignored;
        this.nodesIgnored = nodesIgnored;
    }

    /** Counts from now on what goes through the proxy, except the given commands (upper case) and the usual ones. */
    public static RoundTrips on(FaultProxy proxy, String... alsoIgnored) {
        Set<String> ignored = new HashSet<>(BACKGROUND);
        ignored.addAll(List.of(alsoIgnored));
        return new RoundTrips(ignored, true).tapping(proxy);
    }

    /** As {@link #on}, and counts what nodes tell each other as well. */
    public static RoundTrips ofNodesToo(FaultProxy proxy) {
        return new RoundTrips(BACKGROUND, false).tapping(proxy);
    }

    private RoundTrips tapping(FaultProxy proxy) {
        proxy.tap(new Tap());
        return this;
    }

    /** What was counted since the start or the last {@link #reset()}. */
    public synchronized Counts counts() {
        return new Counts(roundTrips, commands);
    }

    /** How many counted commands have left and are not answered yet. */
    public synchronized int unanswered() {
        return unanswered;
    }

    public synchronized void reset() {
        roundTrips = 0;
        commands.clear();
    }

    /** What is counted until the action returns; what it sends without waiting may or may not be there yet. */
    public Counts during(Action action) throws Exception {
        reset();
        action.run();
        return counts();
    }

    /** As {@link #during}, with what the action left in the background, until nothing was heard for a while. */
    public Counts duringAndAfter(Action action, Duration quiet) throws Exception {
        reset();
        action.run();
        // The action may have been quiet itself at its end, before it left something in the background.
        changed();
        awaitQuiet(quiet);
        return counts();
    }

    /**
     * Waits until every counted command is answered and nothing was counted for the given time.
     *
     * @throws IllegalStateException if that is not so within 30 seconds
     */
    public synchronized void awaitQuiet(Duration quiet) throws InterruptedException {
        long started = System.nanoTime();
        for (long left = quietLeft(quiet); unanswered > 0 || left > 0; left = quietLeft(quiet)) {
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "No quiet within " + PATIENCE + ": " + unanswered + " commands are unanswered of " + commands);
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    private long quietLeft(Duration quiet) {
        return lastChangeNanos + quiet.toNanos() - System.nanoTime();
    }

    private synchronized void request(int connection, byte[] bytes, int length) {
        Conversation conversation = conversations.computeIfAbsent(connection, key -> new Conversation());
        for (Object message : conversation.requests(bytes, length)) {
            sent(conversation, SentCommand.of(connection, message instanceof List<?> words ? words : List.of()));
        }
    }

    private void sent(Conversation conversation, SentCommand command) {
        if (SUBSCRIPTIONS.contains(command.name())) {
            // From here on the server talks without being asked, so nothing on this connection is a round trip.
            conversation.subscribed = true;
            unanswered -= conversation.forgetPending();
        }
        if (conversation.subscribed) {
            return;
        }
        boolean counted = !ignored.contains(command.name()) && !(nodesIgnored && isAmongNodes(command));
        conversation.pending.add(counted);
        if (counted) {
            commands.add(command);
            roundTrips += unanswered == 0 ? 1 : 0;
            unanswered++;
            changed();
        }
    }

    /** Heartbeats, acknowledgements of what others do, and what is handed over to those that start. */
    private static boolean isAmongNodes(SentCommand command) {
        return command.arguments().stream()
                        .limit(3)
                        .anyMatch(word -> word.endsWith(":{nodes}") || word.endsWith(":{hot}"))
                || command.name().equals("PUBLISH")
                        && command.arguments().stream().limit(1).anyMatch(channel -> channel.contains(":near."));
    }

    private synchronized void answer(int connection, byte[] bytes, int length) {
        Conversation conversation = conversations.get(connection);
        if (conversation == null || conversation.subscribed) {
            return;
        }
        for (Object message : conversation.answers(bytes, length)) {
            boolean answersACommand = !(message instanceof RespBuffer.Push);
            if (answersACommand && Boolean.TRUE.equals(conversation.pending.poll())) {
                unanswered--;
                changed();
            }
        }
    }

    private synchronized void closed(int connection) {
        Conversation conversation = conversations.remove(connection);
        if (conversation != null) {
            unanswered -= conversation.forgetPending();
            changed();
        }
    }

    private synchronized void changed() {
        lastChangeNanos = System.nanoTime();
        notifyAll();
    }

    /**
     * What was counted.
     *
     * @param roundTrips how often the wire went from idle to waiting for an answer
     * @param commands in the order in which the proxy saw them
     */
    public record Counts(long roundTrips, List<SentCommand> commands) {
        public Counts {
            commands = List.copyOf(commands);
        }

        /** The commands' names in order. */
        public List<String> names() {
            return commands.stream().map(SentCommand::name).toList();
        }
    }

    private final class Tap implements WireTap {
        @Override
        public void toServer(int connection, byte[] bytes, int length) {
            request(connection, bytes, length);
        }

        @Override
        public void toClient(int connection, byte[] bytes, int length) {
            answer(connection, bytes, length);
        }

        @Override
        public void closed(int connection) {
            RoundTrips.this.closed(connection);
        }
    }

    /** One connection: which of its commands are unanswered, and whether each counts. */
    private static final class Conversation {
        final Queue<Boolean> pending = new ArrayDeque<>();
        boolean subscribed;
        private final RespBuffer requests = new RespBuffer();
        private final RespBuffer answers = new RespBuffer();

        List<Object> requests(byte[] bytes, int length) {
            return messages(requests, bytes, length);
        }

        List<Object> answers(byte[] bytes, int length) {
            return messages(answers, bytes, length);
        }

        int forgetPending() {
            int counted = (int) pending.stream().filter(Boolean::booleanValue).count();
            pending.clear();
            return counted;
        }

        private static List<Object> messages(RespBuffer buffer, byte[] bytes, int length) {
            buffer.append(bytes, length);
            List<Object> messages = new ArrayList<>();
            for (Object next = buffer.poll(); next != RespBuffer.INCOMPLETE; next = buffer.poll()) {
                messages.add(next);
            }
            return messages;
        }
    }
}
