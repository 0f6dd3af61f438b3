package dev.hearth.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent reads of one node travel together (DESIGN section 6). A read leaves at once while nothing, or not much, is
 * under way; otherwise it gathers with others, and they leave as one command, each key being asked for once. Safe for
 * concurrent use; nothing here waits.
 *
 * @param <K> a key
 * @param <A> what a command answers; shared, and changed by nobody
 */
final class ReadCombiner<K, A> {
    /* A read NEVER joins a command that has left, not even for the same key: Redis may have answered that one before the
     * read began, and the read would then miss what was committed in between. Only what is still gathered is shared.
     *
     * State: the commands under way, each of which has a place, and the round. Three moves:
     *   arrive   nobody has gathered and a place is free: take it and leave alone. Otherwise gather, then depart.
     *   depart   while somebody has gathered and a place is free: take it, take those who have gathered, send.
     *            A place for which nobody is left is given back, and the loop looks again.
     *   land     tell the readers, give the place back, then depart. Most of what a crowd costs is waking it and sending
     *            commands, so those who have just been told, and are back already, had better leave with the next command
     *            than with the one after: 32 readers get more done for less than if the wire was kept busy meanwhile.
     * No wake-up is missed: a reader gathers before it looks for a place, and a place is given back before the queue is
     * looked at, so of two that cross each other at least one sees the other. Whoever finds no place free may go: every
     * command under way will land, and a landing departs.
     *
     * Places: a command costs both ends some 50 us, however many keys it has, so near a server one at a time serves a crowd
     * best, and two or four readers no worse than a command for each. Where the way costs more than that it would cost
     * every reader up to two round trips instead of one. There four are under way at a time, one and a quarter.
     *
     * An answer that is long overdue must not hold up those behind it: a lost packet, or a client with a patience of its
     * own, would stop all reads of the node. If no place is free and none was taken for PATIENCE, the next to look begins a
     * new round with all places free; what lands from an earlier round gives nothing back.
     *
     * Answers come on Redisson's network threads, which only complete futures here: the readers judge and decode. */
    static final int PLACES_NEAR = 1;
    static final int PLACES_FAR = 4;
    static final Duration PATIENCE = Duration.ofMillis(50);

    /** Gathering ends at so many keys, so that no answer keeps the server, or a connection, for long. */
    static final int MOST_KEYS = 256;

    private static final long NONE = -1;
    private static final int ROUND_SHIFT = 32;
    private static final long COUNT = (1L << ROUND_SHIFT) - 1;

    private final Sender<K, A> sender;
    private final LongSupplier nanoTime;
    private final IntConsumer combined;
    private final Distance distance = new Distance();
    private final AtomicLong state = new AtomicLong();
    private final Queue<Read<K, A>> gathered = new ConcurrentLinkedQueue<>();
    private volatile long lastDeparture;

    /** Sends one command that reads all these keys. */
    interface Sender<K, A> {
        CompletableFuture<A> send(Collection<K> keys);
    }

    ReadCombiner(Sender<K, A> sender, LongSupplier nanoTime) {
        this(sender, nanoTime, reads -> {});
    }

    /** @param combined hears how many reads travel in a command, of those that have gathered */
    ReadCombiner(Sender<K, A> sender, LongSupplier nanoTime, IntConsumer combined) {
        this.sender = sender;
        this.nanoTime = nanoTime;
        this.combined = combined;
    }

    /**
     * Reads these keys in one command. The answer may hold others as well. Fails as the command does in which the keys have
     * travelled.
     */
    CompletableFuture<A> read(Collection<K> keys) {
        long round = gathered.isEmpty() ? takePlace() : NONE;
        if (round != NONE) {
            long sentAt = nanoTime.getAsLong();
            CompletableFuture<A> answer = send(keys);
            awaitLanding(answer, sentAt, round, List.of());
            return answer;
        }
        Read<K, A> read = new Read<>(keys, new CompletableFuture<>());
        gathered.add(read);
        depart();
        return read.answer;
    }

    private void depart() {
        while (!gathered.isEmpty()) {
            long round = takePlace();
            if (round == NONE) {
                return;
            }
            List<Read<K, A>> reads = takeGathered();
            if (reads.isEmpty()) {
                leavePlace(round);
            } else {
                together(reads, round);
            }
        }
    }

    private void together(List<Read<K, A>> reads, long round) {
        combined.accept(reads.size());
        long sentAt = nanoTime.getAsLong();
        CompletableFuture<A> answer = send(keys(reads));
        if (answer.isDone()) {
            // The loop that called goes on. To depart from here would nest as deep as commands fail at once.
            leavePlace(round);
            var unused = answer.whenComplete((values, failure) -> tell(reads, values, failure));
        } else {
            awaitLanding(answer, sentAt, round, reads);
        }
    }

    private void awaitLanding(CompletableFuture<A> answer, long sentAt, long round, List<Read<K, A>> reads) {
        var unused = answer.whenComplete((values, failure) -> {
            if (failure == null) {
                distance.answered(sentAt, nanoTime.getAsLong());
            }
            tell(reads, values, failure);
            leavePlace(round);
            depart();
        });
    }

    private CompletableFuture<A> send(Collection<K> keys) {
        try {
            return sender.send(keys);
        } catch (Throwable e) {
            // Whatever it is, the place must be given back, and those who wait must hear of it.
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<Read<K, A>> takeGathered() {
        List<Read<K, A>> reads = new ArrayList<>();
        int keys = 0;
        while (keys < MOST_KEYS) {
            Read<K, A> next = gathered.poll();
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

    private static <K, A> Collection<K> keys(List<Read<K, A>> reads) {
        Set<K> keys = new LinkedHashSet<>();
        reads.forEach(read -> keys.addAll(read.keys));
        return keys;
    }

    private static <K, A> void tell(List<Read<K, A>> reads, @Nullable A values, @Nullable Throwable failure) {
        for (Read<K, A> read : reads) {
            if (failure == null) {
                read.answer.complete(values);
            } else {
                read.answer.completeExceptionally(failure);
            }
        }
    }

    // Places

    /** Takes a place and answers its round, or {@link #NONE}. */
    private long takePlace() {
        int places = distance.isNear() ? PLACES_NEAR : PLACES_FAR;
        while (true) {
            long seen = state.get();
            long now = nanoTime.getAsLong();
            boolean free = (seen & COUNT) < places;
            if (!free && now - lastDeparture < PATIENCE.toNanos()) {
                return NONE;
            }
            long next = free ? seen + 1 : (((seen >>> ROUND_SHIFT) + 1) << ROUND_SHIFT) + 1;
            // Before the state, so that nobody sees the new round with the old time and begins one more.
            lastDeparture = now;
            if (state.compareAndSet(seen, next)) {
                return next >>> ROUND_SHIFT;
            }
        }
    }

    private void leavePlace(long round) {
        long seen = state.get();
        while (seen >>> ROUND_SHIFT == round && !state.compareAndSet(seen, seen - 1)) {
            seen = state.get();
        }
    }

    private record Read<K, A>(Collection<K> keys, CompletableFuture<A> answer) {}
}
