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
    /* A stamp is a polled time plus the monotonic time that has passed since the answer was received, less the drift
     * margin. The answer was made before it was received, so the sum lies behind Redis's clock, whatever this machine's
     * wall clock says: by the time the answer took, and by the margin of what has passed since. Every poll of an epoch
     * gives such a bound, and the greatest counts, so that an answer that was long on its way sets nothing back. An
     * epoch ends, and voids the stamps taken in it, when the argument would fail: Redis's time stepped back, the servers
     * are others, or polls were missing for longer than stamps stay valid. */
    private static final Logger log = LoggerFactory.getLogger(ServerClock.class);

    /** A poll leaves at {@code nanos}, when Redis's time was {@code leastMicros} or later by what this epoch has heard. */
    record Question(long nanos, long leastMicros, long epoch) {}

    /** One poll's outcome: {@code micros} was Redis's time at {@code nanos} or before, as told by these servers. */
    record Sample(long micros, Question question, long nanos, String identity) {}

    /** The poll of the epoch that gives the greatest bound, and when the last one was answered. */
    private record Reading(Sample best, byte[] identity, long epoch, long polledNanos) {}

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

    /** What a poll says of the servers, compared with the polls before it. All but the first two end an epoch. */
    enum News {
        FIRST,
        NONE,
        OTHER_SERVERS,
        /** What has been published bears stamps that changes from now on may not be later than. */
        STEPPED_BACK,
        AFTER_A_GAP
    }

    /** A poll is about to leave. */
    Question asking() {
        Reading current = reading;
        long nanos = nanoTime.getAsLong();
        return current == null
                ? new Question(nanos, 0, -1)
                : new Question(nanos, at(current.best, nanos), current.epoch);
    }

    /** Takes a poll in. */
    synchronized News learn(Sample sample) {
        Reading last = reading;
        News news = last == null ? News.FIRST : news(last, sample);
        if (last == null || news != News.NONE) {
            byte[] identity = sample.identity().getBytes(StandardCharsets.US_ASCII);
            reading = new Reading(sample, identity, last == null ? 0 : last.epoch + 1, sample.nanos());
        } else {
            Sample best = at(last.best, sample.nanos()) > sample.micros() ? last.best : sample;
            reading = new Reading(best, last.identity, last.epoch, sample.nanos());
        }
        return news;
    }

    /**
     * A command has told Redis's time, as the polls do: a session that begins behind it in time shall not be behind it by its
     * stamp. Only for servers of which one alone is a master, since a stamp is the least of all masters' times.
     */
    synchronized void hear(long micros) {
        Reading last = reading;
        long nanos = nanoTime.getAsLong();
        if (last != null && micros > at(last.best, nanos)) {
            Sample heard = new Sample(micros, last.best.question(), nanos, last.best.identity());
            reading = new Reading(heard, last.identity, last.epoch, last.polledNanos);
        }
    }

    private News news(Reading reading, Sample next) {
        Sample last = reading.best;
        if (!last.identity().equals(next.identity())) {
            log.warn("[{}] Redis is another server than before, or has restarted; every region begins anew", node);
            return News.OTHER_SERVERS;
        }
        // Compared with what was known when the poll left: what was heard since may be later than its answer.
        Question question = next.question();
        if (question.epoch() == reading.epoch && next.micros() < question.leastMicros()) {
            log.warn(
                    "[{}] Redis's clock stepped back by {} ms or more; what was loaded before is not published, and"
                            + " query results are cleared",
                    node,
                    (question.leastMicros() - next.micros()) / 1000);
            return News.STEPPED_BACK;
        }
        return question.nanos() - reading.polledNanos > validityNanos ? News.AFTER_A_GAP : News.NONE;
    }

    private long at(Sample sample, long nanos) {
        return sample.micros() + (long) (Math.max(0, nanos - sample.nanos()) * rate / 1000);
    }

    /** A lower bound of Redis's time now; {@link Stamp#VOID} without a recent poll. */
    Stamp now() {
        Reading current = reading;
        long nanos = nanoTime.getAsLong();
        if (current == null || nanos - current.polledNanos > validityNanos) {
            return Stamp.VOID;
        }
        return new Stamp(at(current.best, nanos), current.best.identity(), current.epoch);
    }

    /** Whether the stamp is still of use: of this epoch, with polls that have gone on. */
    boolean accepts(Stamp stamp) {
        Reading current = reading;
        return current != null
                && stamp.epoch() == current.epoch
                && nanoTime.getAsLong() - current.polledNanos <= validityNanos;
    }

    /** The identity of the servers last polled, as it stands in region records; null before the first poll. */
    byte @Nullable [] identity() {
        Reading current = reading;
        return current == null ? null : current.identity;
    }
}
