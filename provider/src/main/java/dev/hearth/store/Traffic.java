package dev.hearth.store;

import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import org.jspecify.annotations.Nullable;

/** Counts what goes between one region and Redis. Safe for concurrent use. */
final class Traffic {
    private final RegionStatistics statistics;
    private final ServerClock clock;

    Traffic(RegionStatistics statistics, ServerClock clock) {
        this.statistics = statistics;
        this.clock = clock;
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    /** Redis has answered a read that has waited since then. */
    void answered(long askedNanos) {
        statistics.getTimes().record(nanoTime() - askedNanos);
    }

    /** A read has brought these bytes of an entry. */
    void received(byte @Nullable [] entry) {
        if (entry != null) {
            statistics.count(RegionEvent.BYTES_IN, entry.length);
            // The clock is behind Redis's: what has lapsed by it has lapsed.
            if (StoredForms.isLock(entry)
                    && !StoredForms.isHeld(entry, clock.now().micros())) {
                statistics.count(RegionEvent.EXPIRED_LOCK);
            }
        }
    }

    /** Redis has answered what was sent then, and carried this body. */
    void put(byte[] body, long sentNanos) {
        statistics.putTimes().record(nanoTime() - sentNanos);
        sent(body);
    }

    /** Redis has answered what carried this body, if there was one. */
    void sent(byte @Nullable [] body) {
        if (body != null) {
            statistics.count(RegionEvent.BYTES_OUT, body.length);
        }
    }

    /** Redis has evicted what it was told to then. */
    void evicted(long sentNanos) {
        statistics.evictionTimes().record(nanoTime() - sentNanos);
        statistics.count(RegionEvent.EVICTION);
        told();
    }

    /** A script has told the other nodes, in the step that made a change. */
    void told() {
        statistics.count(RegionEvent.INVALIDATION_SENT);
    }
}
