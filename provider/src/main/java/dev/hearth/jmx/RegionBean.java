package dev.hearth.jmx;

import dev.hearth.hibernate.HibernateNode;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A region as an operator sees it. */
final class RegionBean implements RegionMXBean {
    private final HibernateNode node;
    private final String name;
    private final RegionStatistics statistics;

    RegionBean(HibernateNode node, String name, RegionStatistics statistics) {
        this.node = node;
        this.name = name;
        this.statistics = statistics;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public long getHits() {
        return statistics.hits();
    }

    @Override
    public long getNearHits() {
        return statistics.get(RegionEvent.NEAR_HIT);
    }

    @Override
    public long getRemoteHits() {
        return statistics.get(RegionEvent.REMOTE_HIT);
    }

    @Override
    public long getMisses() {
        return statistics.misses();
    }

    @Override
    public Map<String, Long> getMissesByReason() {
        return Readings.byReason(MissReason.values(), statistics::misses);
    }

    @Override
    public long getPuts() {
        return statistics.get(RegionEvent.PUT);
    }

    @Override
    public Map<String, Long> getRefusalsByReason() {
        return Readings.byReason(PutRefusal.values(), statistics::refusals);
    }

    @Override
    public long getLocks() {
        return statistics.get(RegionEvent.LOCK);
    }

    @Override
    public long getConcurrentLocks() {
        return statistics.get(RegionEvent.CONCURRENT_LOCK);
    }

    @Override
    public long getFailedLocks() {
        return statistics.get(RegionEvent.FAILED_LOCK);
    }

    @Override
    public long getExpiredLocks() {
        return statistics.get(RegionEvent.EXPIRED_LOCK);
    }

    @Override
    public long getEvictions() {
        return statistics.get(RegionEvent.EVICTION);
    }

    @Override
    public long getInvalidationsSent() {
        return statistics.get(RegionEvent.INVALIDATION_SENT);
    }

    @Override
    public long getInvalidationsReceived() {
        return statistics.get(RegionEvent.INVALIDATION_RECEIVED);
    }

    @Override
    public long getPrefetchesUsed() {
        return statistics.get(RegionEvent.PREFETCH_USED);
    }

    @Override
    public long getPrefetchesWasted() {
        return statistics.get(RegionEvent.PREFETCH_WASTED);
    }

    @Override
    public long getBytesIn() {
        return statistics.get(RegionEvent.BYTES_IN);
    }

    @Override
    public long getBytesOut() {
        return statistics.get(RegionEvent.BYTES_OUT);
    }

    @Override
    public long getNearSize() {
        return statistics.nearSize();
    }

    @Override
    public long getNearPuts() {
        return statistics.get(RegionEvent.NEAR_PUT);
    }

    @Override
    public long getNearEvictions() {
        return statistics.get(RegionEvent.NEAR_EVICTION);
    }

    @Override
    public @Nullable Long getRemoteSize() {
        return Readings.value(statistics.remoteEntries());
    }

    @Override
    public @Nullable Long getRemoteSizeAge() {
        return Readings.ageMillis(statistics.remoteEntries());
    }

    @Override
    public @Nullable Long getRemoteMemory() {
        return Readings.value(statistics.remoteMemory());
    }

    @Override
    public Map<String, Long> getGetTimes() {
        return Readings.times(statistics.getTimes());
    }

    @Override
    public Map<String, Long> getPutTimes() {
        return Readings.times(statistics.putTimes());
    }

    @Override
    public @Nullable Long getNetBenefit() {
        Benefit benefit = node.benefits().get(name);
        return benefit == null || benefit.loads() == 0 ? null : benefit.netNanos();
    }

    @Override
    public void reset() {
        statistics.reset();
    }

    @Override
    public void evictRegion() {
        node.evictRegion(name);
    }

    @Override
    public void evictKey(String id) {
        node.evictKey(name, id);
    }
}
