package dev.hearth.near;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is kept near may be served (DESIGN section 8): only while this node hears its own heartbeats, and strictly
 * only once no writer can be unaware of it. Safe for concurrent use; {@link #holds} takes no lock.
 */
final class Trust {
    /* Messages come in the order of their publication, and where one is missing that is noticed (Succession). So a heartbeat
     * that was sent at a moment and is heard proves that every change published before that moment has been heard as well, or
     * that nothing from before is kept; and copies may be served until a lease after it:
     * a change that is not heard within a lease of its publication keeps all later heartbeats away too. That is what lets
     * a writer go on, without any answer, a lease after its lock.
     *
     * A writer waits for the nodes that it knows of. Its list was asked for at most two leases before its lock was
     * answered; it outwaits the lease otherwise. So a node that has been known for longer than that, when a
     * heartbeat left that it hears, is on the list of every writer whose message came behind that heartbeat. */
    private static final int REMEMBERED = 64;
    private static final double DRIFT = 1.01;

    private final LongSupplier nanoTime;
    private final LongSupplier wallMillis;
    private final double patience;
    private long leaseNanos;
    private long joiningNanos;
    private final long[] sentNanos = new long[REMEMBERED];
    private final long[] sentMillis = new long[REMEMBERED];
    private long number;
    private long firstOfSubscription = Long.MAX_VALUE;
    private long lastHeard;
    private @Nullable String since;
    private long firstOfSet;
    private long knownNanos;
    private boolean ended;
    private volatile @Nullable Lease lease;
    private final AtomicLong epoch = new AtomicLong();

    /** Until when copies are served, by either clock, and whether the strict ones are. */
    private record Lease(long untilNanos, long untilMillis, boolean strict) {}

    Trust(Duration lease, LongSupplier nanoTime, LongSupplier wallMillis) {
        this(lease, 1, nanoTime, wallMillis);
    }

    /** @param patience the part of the joining time that is kept: all of it, but in a test of the tests */
    Trust(Duration lease, double patience, LongSupplier nanoTime, LongSupplier wallMillis) {
        this.patience = patience;
        adopt(lease);
        this.nanoTime = nanoTime;
        this.wallMillis = wallMillis;
    }

    /** The lease that all nodes have, beginning with the heartbeat that is heard next. */
    synchronized void adopt(Duration ofAll) {
        leaseNanos = (long) (ofAll.toNanos() / DRIFT);
        joiningNanos = (long) (Acknowledgements.listAge(ofAll).toNanos() * DRIFT * patience);
    }

    /** Whether copies may be served now. */
    boolean holds(boolean strict) {
        Lease held = lease;
        // The monotonic clock may stand still while the machine sleeps, and the wall clock may be set back.
        return held != null
                && (held.strict || !strict)
                && nanoTime.getAsLong() - held.untilNanos < 0
                && wallMillis.getAsLong() < held.untilMillis;
    }

    /** Grows whenever messages may have been missed: what was kept, or read, before is not served any more. */
    long epoch() {
        return epoch.get();
    }

    /** A heartbeat is about to leave; answers its number. */
    synchronized long sending() {
        number++;
        sentNanos[slot(number)] = nanoTime.getAsLong();
        sentMillis[slot(number)] = wallMillis.getAsLong();
        return number;
    }

    /** The subscription is new: only heartbeats that leave from now on prove that it lives. */
    synchronized void subscribed() {
        firstOfSubscription = number + 1;
        lose();
    }

    /** This node keeps more strictly than the others know: they must hear of it before that is served. */
    synchronized void widened() {
        since = null;
        firstOfSet = number + 1;
        lose();
    }

    /**
     * A heartbeat of this node has come back.
     *
     * @param knownSince since when the other nodes have known this one without a gap
     */
    synchronized void heard(long beat, String knownSince) {
        if (ended || beat < firstOfSubscription || beat <= lastHeard || beat > number || beat <= number - REMEMBERED) {
            return;
        }
        lastHeard = beat;
        if (beat >= firstOfSet && !knownSince.equals(since)) {
            since = knownSince;
            knownNanos = nanoTime.getAsLong();
        }
        if (lease != null && !holds(false)) {
            lose();
        }
        long sent = sentNanos[slot(beat)];
        lease = new Lease(
                sent + leaseNanos,
                sentMillis[slot(beat)] + leaseNanos / 1_000_000,
                since != null && sent - knownNanos >= joiningNanos);
    }

    /** Nothing that is kept is served until a heartbeat is heard that leaves later. */
    synchronized void lose() {
        lease = null;
        epoch.incrementAndGet();
    }

    /** Nothing is served from here on, whatever is heard. */
    synchronized void end() {
        ended = true;
        lose();
    }

    private static int slot(long number) {
        return (int) (number % REMEMBERED);
    }
}
