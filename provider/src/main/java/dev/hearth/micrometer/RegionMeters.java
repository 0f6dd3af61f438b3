package dev.hearth.micrometer;

import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.statistics.Sample;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;

/** The meters of one region: those that every cache has by Micrometer's convention, and ours. */
final class RegionMeters extends CacheMeterBinder<RegionStatistics> {
    private final RegionStatistics statistics;

    RegionMeters(String region, RegionStatistics statistics, Tags tags) {
        super(statistics, region, tags);
        this.statistics = statistics;
    }

    /** In Redis, by the last estimate; 0 until there is one. */
    @Override
    protected Long size() {
        return statistics.remoteEntries().map(Sample::value).orElse(0L);
    }

    @Override
    protected long hitCount() {
        return statistics.total(RegionEvent.REMOTE_HIT) + statistics.total(RegionEvent.NEAR_HIT);
    }

    @Override
    protected Long missCount() {
        return statistics.totalMisses();
    }

    /** Inside the process: Redis does not tell regions apart. */
    @Override
    protected Long evictionCount() {
        return statistics.total(RegionEvent.NEAR_EVICTION);
    }

    @Override
    protected long putCount() {
        return statistics.total(RegionEvent.PUT);
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        Meters meters = new Meters(registry, Tags.of(getTagsWithCacheName()));
        event(meters, RegionEvent.EVICTION, "cache.removals", "Entries, or the whole region, that were evicted");
        bindReads(meters);
        bindLocks(meters);
        bindTransfer(meters);
        meters.gauge("hearth.near.size", "Entries kept inside the process", statistics, RegionStatistics::nearSize);
        event(meters, RegionEvent.NEAR_PUT, "hearth.near.puts", "Entries that were taken inside the process");
        meters.byteGauge(
                "hearth.remote.memory",
                "Memory that the region's entries take in Redis, by the last estimate; NaN as long as it is not known",
                statistics,
                of -> of.remoteMemory().map(sample -> (double) sample.value()).orElse(Double.NaN));
        meters.timer("hearth.remote.get", "Waiting for Redis to answer a read", statistics.getTimes());
        meters.timer("hearth.remote.put", "Redis taking, or refusing, a value", statistics.putTimes());
    }

    private void bindReads(Meters meters) {
        String hits = "Entries that were served, by where they were";
        event(meters.with("tier", "near"), RegionEvent.NEAR_HIT, "hearth.hits", hits);
        event(meters.with("tier", "remote"), RegionEvent.REMOTE_HIT, "hearth.hits", hits);
        for (MissReason reason : MissReason.values()) {
            meters.with("reason", Meters.value(reason))
                    .counter(
                            "hearth.misses",
                            "Reads that found nothing to serve, by reason",
                            statistics,
                            of -> of.total(reason));
        }
        for (PutRefusal reason : PutRefusal.values()) {
            meters.with("reason", Meters.value(reason))
                    .counter(
                            "hearth.refusals",
                            "Values that were not published, by reason",
                            statistics,
                            of -> of.total(reason));
        }
        String ahead = "Entries that were read ahead, by whether they were asked for";
        event(meters.with("result", "used"), RegionEvent.PREFETCH_USED, "hearth.prefetches", ahead);
        event(meters.with("result", "wasted"), RegionEvent.PREFETCH_WASTED, "hearth.prefetches", ahead);
    }

    private void bindLocks(Meters meters) {
        event(meters, RegionEvent.LOCK, "hearth.locks", "Soft locks that were taken");
        event(
                meters,
                RegionEvent.CONCURRENT_LOCK,
                "hearth.locks.concurrent",
                "Locks that were taken while another transaction held the entry");
        event(meters, RegionEvent.FAILED_LOCK, "hearth.locks.failed", "Locks that could not be written to Redis");
        event(
                meters,
                RegionEvent.EXPIRED_LOCK,
                "hearth.locks.expired",
                "Soft locks that a read has found lapsed: their node has died, or stood still");
    }

    private void bindTransfer(Meters meters) {
        String told = "Changes that this node has told, or has heard of and dropped what it kept";
        event(meters.with("direction", "sent"), RegionEvent.INVALIDATION_SENT, "hearth.invalidations", told);
        event(meters.with("direction", "received"), RegionEvent.INVALIDATION_RECEIVED, "hearth.invalidations", told);
        String bytes = "Bytes of entries that Redis has answered with, or was sent";
        meters.with("direction", "in")
                .bytes("hearth.transferred", bytes, statistics, of -> of.total(RegionEvent.BYTES_IN));
        meters.with("direction", "out")
                .bytes("hearth.transferred", bytes, statistics, of -> of.total(RegionEvent.BYTES_OUT));
    }

    private void event(Meters meters, RegionEvent event, String name, String description) {
        meters.counter(name, description, statistics, of -> of.total(event));
    }
}
