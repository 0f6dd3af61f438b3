package dev.hearth.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives lower bounds of Redis time without asking Redis (DESIGN section 4). Safe for concurrent use.
 */
final class ServerClock {
    /* A stamp is the last polled time plus the monotonic time that has passed since the answer was received, less the
     * drift margin. The answer was made before it was received, so the sum lies behind Redis's clock, whatever this
     * machine's wall clock says. An epoch ends, and voids the stamps taken in it, when that argument would fail:
     * Redis's time stepped back, the servers are others, or polls were missing for longer than stamps stay valid. */
    private static final Logger log = LoggerFactory.getLogger(ServerClock.class);

    /** One poll's outcome: {@code micros} was Redis's time at {@code nanos} or before, as told by these servers. */
    record Sample(long micros, long sentNanos, long nanos, String identity) {}

    private record Reading(Sample sample, byte[] identity, long epoch) {}

    private final String node;
    private final double rate;
    private final long validityNanos;
    private final LongSupplier nanoTime;
    private volatile @Nullable Reading reading;

    ServerClock(String node, double driftMargin, Duration validity, LongSupplier nanoTime) {
        this.node = node;
        this.rate = 1 - driftMargin;
        this.validityNanos = validity.toNanos();
        this.nanoTime = nanoTime;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Takes a poll in; returns whether the servers are others than before. */
    synchronized boolean learn(Sample sample) {
        Reading last = reading;
        boolean changed = last != null && !last.sample.identity().equals(sample.identity());
        long epoch = last == null ? 0 : last.epoch + (endsEpoch(last.sample, sample) ? 1 : 0);
        reading = new Reading(sample, sample.identity().getBytes(StandardCharsets.US_ASCII), epoch);
        return changed;
    }

    private boolean endsEpoch(Sample last, Sample next) {
        if (!last.identity().equals(next.identity())) {
            log.warn("[{}] Redis is another server than before, or has restarted; every region begins anew", node);
            return true;
        }
        if (next.micros() < at(last, next.sentNanos())) {
            log.warn(
                    "[{}] Redis's clock stepped back by {} ms or more; what was loaded before is not published",
                    node,
                    (at(last, next.sentNanos()) - next.micros()) / 1000);
            return true;
        }
        return next.sentNanos() - last.nanos() > validityNanos;
    }

    private long at(Sample sample, long nanos) {
        return sample.micros() + (long) (Math.max(0, nanos - sample.nanos()) * rate / 1000);
    }

    /** A lower bound of Redis's time now; {@link Stamp#VOID} without a recent poll. */
    Stamp now() {
        Reading current = reading;
        long nanos = nanoTime.getAsLong();
        if (current == null || nanos - current.sample.nanos() > validityNanos) {
            return Stamp.VOID;
        }
        return new Stamp(at(current.sample, nanos), current.sample.identity(), current.epoch);
    }

    /** Whether the stamp is still of use: of this epoch, with polls that have gone on. */
    boolean accepts(Stamp stamp) {
        Reading current = reading;
        return current != null
                && stamp.epoch() == current.epoch
                && nanoTime.getAsLong() - current.sample.nanos() <= validityNanos;
    }

    /** The identity of the servers last polled, as it stands in region records; null before the first poll. */
    byte @Nullable [] identity() {
        Reading current = reading;
        return current == null ? null : current.identity;
    }
}
