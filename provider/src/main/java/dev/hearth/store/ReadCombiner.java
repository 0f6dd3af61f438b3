package dev.hearth.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent reads of one node travel together (DESIGN section 6). A read leaves at once while few are under way;
 * those of a crowd gather, and leave as one command, each key being asked for once. Safe for concurrent use; nothing here
 * waits.
 */
final class ReadCombiner {
    /* A read NEVER joins a command that has left, not even for the same key: Redis may have answered that one before the
     * read began, and the read would then miss what was committed in between. Only what is still gathered is shared.
     *
     * State: the commands under way, those of them that carry a group, and the round. Three moves:
     *   arrive   nobody has gathered, and a place is free for one alone: take it and leave. Otherwise gather, then depart.
     *   depart   while somebody has gathered and a place is free for a group: take it, take those who have gathered, send.
     *            A place for which nobody is left is given back, and the loop looks again.
     *   land     give the place back, depart, then tell the readers, so that the wire is busy while they wake up.
     * No wake-up is missed: a reader gathers before it looks for a place, and a place is given back before the queue is
     * looked at, so of two that cross each other at least one sees the other. Whoever finds no place free, while commands
     * are under way, may go: each of them will land, and a landing departs. With nothing under way there is a place.
     *
     * Places: four in all, so that up to four readers never wait. A crowd costs the least with few large commands, but has
     * to wait for them: with one at a time for two round trips, with four at a time for one and a quarter. So near a server,
     * where the cost of a command is more than that of its way, a group leaves when all others have landed, and nobody
     * leaves alone while a group is under way; elsewhere groups take any of the four.
     *
     * An answer that is long overdue must not hold up those behind it: a lost packet, or a client with a patience of its
     * own, would stop all reads of the node. If no place is free and none was taken for PATIENCE, the next to look begins a
     * new round with all places free; what lands from an earlier round gives nothing back.
     *
     * Answers come on Redisson's network threads, which only complete futures here: the readers judge and decode. */
    static final int PLACES = 4;
    static final Duration PATIENCE = Duration.ofMillis(10);

    /** Gathering ends at so many keys, so that no answer keeps the server, or a connection, for long. */
    static final int MOST_KEYS = 256;

    private static final long NONE = -1;
    private static final long ALONE = 1;
    private static final long GROUP = 1L << 16 | ALONE;
    private static final long COUNT = 0xffff;
    private static final int ROUND_SHIFT = 32;

    private final Sender sender;
    private final LongSupplier nanoTime;
    private final Distance distance = new Distance();
    private final AtomicLong state = new AtomicLong();
    private final Queue<Read> gathered = new ConcurrentLinkedQueue<>();
    private volatile long lastDeparture;

    /** Sends one command that reads all these keys; what it answers is shared, and nobody changes it. */
    interface Sender {
        CompletableFuture<Map<String, byte[]>> send(Collection<String> keys);
    }

    ReadCombiner(Sender sender, LongSupplier nanoTime) {
        this.sender = sender;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads these keys in one command. The answer may hold other keys as well. Fails as the command does in which the keys
     * have travelled.
     */
    CompletableFuture<Map<String, byte[]>> read(Collection<String> keys) {
        long round = gathered.isEmpty() ? takePlace(ALONE) : NONE;
        if (round != NONE) {
            return send(keys, ALONE, round, List.of());
        }
        Read read = new Read(keys, new CompletableFuture<>());
        gathered.add(read);
        depart();
        return read.answer;
    }

    private void depart() {
        while (!gathered.isEmpty()) {
            long round = takePlace(GROUP);
            if (round == NONE) {
                return;
            }
            List<Read> reads = takeGathered();
            if (reads.isEmpty()) {
                leavePlace(GROUP, round);
            } else {
                var unused = send(keys(reads), GROUP, round, reads);
            }
        }
    }

    private CompletableFuture<Map<String, byte[]>> send(
            Collection<String> keys, long kind, long round, List<Read> reads) {
        long sentAt = nanoTime.getAsLong();
        CompletableFuture<Map<String, byte[]>> answer = sendSafely(keys);
        if (answer.isDone() && kind == GROUP) {
            // The loop that called goes on. To depart from here would nest as deep as commands fail at once.
            leavePlace(kind, round);
            var unused = answer.whenComplete((values, failure) -> tell(reads, values, failure));
            return answer;
        }
        var unused = answer.whenComplete((values, failure) -> {
            if (failure == null) {
                distance.answered(sentAt, nanoTime.getAsLong());
            }
            leavePlace(kind, round);
            depart();
            tell(reads, values, failure);
        });
        return answer;
    }

    private CompletableFuture<Map<String, byte[]>> sendSafely(Collection<String> keys) {
        try {
            return sender.send(keys);
        } catch (Throwable e) {
            // Whatever it is, the place must be given back, and those who wait must hear of it.
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<Read> takeGathered() {
        List<Read> reads = new ArrayList<>();
        int keys = 0;
        while (keys < MOST_KEYS) {
            Read next = gathered.poll();
            if (next == null) {
                return reads;
            }
            // Its reader may have given it up.
            if (!next.answer.isDone()) {
                reads.add(next);
                keys += next.keys.size();
            }
        }
        return reads;
    }

    private static Collection<String> keys(List<Read> reads) {
        Set<String> keys = new LinkedHashSet<>();
        reads.forEach(read -> keys.addAll(read.keys));
        return keys;
    }

    private static void tell(List<Read> reads, @Nullable Map<String, byte[]> values, @Nullable Throwable failure) {
        for (Read read : reads) {
            if (failure == null) {
                read.answer.complete(values);
            } else {
                read.answer.completeExceptionally(failure);
            }
        }
    }

    // Places

    /** Takes a place and answers its round, or {@link #NONE}. */
    private long takePlace(long kind) {
        while (true) {
            long seen = state.get();
            long now = nanoTime.getAsLong();
            boolean free = isFree(seen, kind);
            if (!free && now - lastDeparture < PATIENCE.toNanos()) {
                return NONE;
            }
            long next = free ? seen + kind : ((seen >>> ROUND_SHIFT) + 1 << ROUND_SHIFT) + kind;
            // Before the state, so that nobody sees the new round with the old time and begins one more.
            lastDeparture = now;
            if (state.compareAndSet(seen, next)) {
                return next >>> ROUND_SHIFT;
            }
        }
    }

    private boolean isFree(long seen, long kind) {
        long commands = seen & COUNT;
        boolean near = distance.isNear();
        if (kind == GROUP) {
            return commands < (near ? 1 : PLACES);
        }
        boolean groups = (seen >>> 16 & COUNT) > 0;
        return commands < PLACES && !(near && groups);
    }

    private void leavePlace(long kind, long round) {
        long seen = state.get();
        while (seen >>> ROUND_SHIFT == round && !state.compareAndSet(seen, seen - kind)) {
            seen = state.get();
        }
    }

    private record Read(Collection<String> keys, CompletableFuture<Map<String, byte[]>> answer) {}
}
