package dev.hearth.jmx;

import dev.hearth.statistics.LatencySnapshot;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import javax.cache.management.CacheStatisticsMXBean;

/** A region's counters with the meaning that JCache (JSR-107) gives to each attribute; mean times are in microseconds. */
final class JCacheStatistics implements CacheStatisticsMXBean {
    private static final float NANOS_PER_MICRO = 1000;

    private final RegionStatistics statistics;

    JCacheStatistics(RegionStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public void clear() {
        statistics.reset();
    }

    @Override
    public long getCacheHits() {
        return statistics.hits();
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(statistics.hits());
    }

    @Override
    public long getCacheMisses() {
        return statistics.misses();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(statistics.misses());
    }

    @Override
    public long getCacheGets() {
        return statistics.hits() + statistics.misses();
    }

    @Override
    public long getCachePuts() {
        return statistics.puts();
    }

    /** What somebody has removed. */
    @Override
    public long getCacheRemovals() {
        return statistics.evictions();
    }

    /** What the cache itself has removed to make space, which is inside the process; Redis does not tell regions apart. */
    @Override
    public long getCacheEvictions() {
        return statistics.get(RegionEvent.NEAR_EVICTION);
    }

    /** Over all gets: those that nobody waits for Redis for take less than a microsecond, and count as nothing. */
    @Override
    public float getAverageGetTime() {
        LatencySnapshot waits = statistics.getTimes().snapshot();
        long gets = getCacheGets();
        return gets == 0 ? 0 : waits.mean() * waits.count() / NANOS_PER_MICRO / gets;
    }

    @Override
    public float getAveragePutTime() {
        return statistics.putTimes().snapshot().mean() / NANOS_PER_MICRO;
    }

    @Override
    public float getAverageRemoveTime() {
        return statistics.evictionTimes().snapshot().mean() / NANOS_PER_MICRO;
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : (float) (100.0 * part / gets);
    }
}
