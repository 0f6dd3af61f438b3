package dev.hearth.near;

import dev.hearth.store.OtherNodes;
import dev.hearth.store.RemoteTier;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends this node's heartbeats through every master, and hears each when all of its parts are back. Safe for any thread. */
final class Heartbeats {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final int REMEMBERED = 16;
    private static final int BEATS_PER_LEASE = 3;
    /** As Redis says it from version 7 on, and before. */
    private static final List<String> REFUSALS =
            List.of("ACL failure in script", "The user executing the script can't run");

    private final RemoteTier tier;
    private final OtherNodes others;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final StrictSet strict;
    private final Trust trust;
    private final Acknowledgements acknowledgements;
    private volatile Duration adopted;
    private @Nullable Duration pace;
    private final TreeMap<Long, Awaited> awaited = new TreeMap<>();
    private final AtomicBoolean refused = new AtomicBoolean();

    /** What of a heartbeat has not come back; {@code since} is what its own part said. */
    private static final class Awaited {
        final long sentNanos;
        final BitSet parts = new BitSet();

        @Nullable
        String since;

        Awaited(long sentNanos) {
            this.sentNanos = sentNanos;
        }
    }

    Heartbeats(
            RemoteTier tier,
            LongSupplier nanoTime,
            Duration lease,
            StrictSet strict,
            Trust trust,
            Acknowledgements acknowledgements) {
        this.tier = tier;
        this.others = tier.others();
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.adopted = lease;
        this.strict = strict;
        this.trust = trust;
        this.acknowledgements = acknowledgements;
    }

    /** Sends some every lease, from now on. */
    void begin() {
        keepUpWith(lease);
    }

    private synchronized void keepUpWith(Duration ofAll) {
        if (pace == null || ofAll.compareTo(pace) < 0) {
            pace = ofAll;
            tier.every(ofAll.dividedBy(BEATS_PER_LEASE), this::send);
        }
    }

    private synchronized boolean isBegun() {
        return pace != null;
    }

    /** Sends one; completes when the nodes that it asks for are known. */
    CompletableFuture<Void> send() {
        long asked = nanoTime.getAsLong();
        List<String> masters = others.everyMaster();
        long number = trust.sending();
        if (masters != null) {
            // On a Cluster that has not told its masters yet there is nothing that could prove anything.
            expect(number, masters.size(), asked);
            for (int i = 0; i < masters.size(); i++) {
                var unused = others.pulse(masters.get(i), number, i);
            }
        }
        return others.beat(number, adopted, strict.text())
                .thenAccept(answer -> learn(Members.parse(answer, asked)))
                .whenComplete((learned, failure) -> {
                    if (failure != null) {
                        report(failure);
                    }
                });
    }

    /* Every change publishes as a heartbeat does, so none succeeds. That does not mend itself, as other failures do. */
    private void report(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (REFUSALS.stream().anyMatch(message::contains) && refused.compareAndSet(false, true)) {
            log.error(
                    "[{}] Redis refuses PUBLISH or its channels to this user, so no change can be written and every changed"
                            + " region is read from the database; allow +publish and the channels",
                    tier.node());
        }
    }

    private void learn(Members members) {
        acknowledgements.learn(members);
        Duration ofAll = members.lease();
        if (ofAll != null && !ofAll.equals(adopted)) {
            log.warn(
                    "[{}] the other nodes have a near.lease of {} ms, and this node takes it over; its own, {} ms, takes effect"
                            + " when no node is left, or in another keyspace",
                    tier.node(),
                    ofAll.toMillis(),
                    lease.toMillis());
            adopted = ofAll;
            trust.adopt(ofAll);
            if (isBegun()) {
                keepUpWith(ofAll);
            }
        }
    }

    private synchronized void expect(long number, int pulses, long sentNanos) {
        Awaited parts = new Awaited(sentNanos);
        parts.parts.set(0, pulses + 1);
        awaited.put(number, parts);
        if (awaited.size() > REMEMBERED) {
            awaited.pollFirstEntry();
        }
    }

    /** The heartbeat itself is back. */
    void heard(Notice.Beat beat) {
        heard(beat.number(), 0, beat.since());
    }

    /** Its part through another master is. */
    void heard(Notice.Pulse pulse) {
        heard(pulse.number(), pulse.part() + 1, null);
    }

    private synchronized void heard(long number, int part, @Nullable String since) {
        Awaited left = awaited.get(number);
        if (left == null) {
            return;
        }
        left.parts.clear(part);
        if (since != null) {
            left.since = since;
            tier.statistics().deliveryLags().record(nanoTime.getAsLong() - left.sentNanos);
        }
        String known = left.since;
        if (left.parts.isEmpty() && known != null) {
            awaited.headMap(number, true).clear();
            trust.heard(number, known);
        }
    }
}
