package dev.hearth.jmx;

import dev.hearth.hibernate.HibernateNode;
import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.RegionStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node as an operator sees it. */
final class FactoryBean implements FactoryMXBean {
    private final HibernateNode node;
    private final NodeStatistics statistics;

    FactoryBean(HibernateNode node) {
        this.node = node;
        this.statistics = node.statistics();
    }

    @Override
    public String getNode() {
        return node.name();
    }

    @Override
    public String getKeyspace() {
        return node.keyspace();
    }

    @Override
    public List<String> getRegionNames() {
        return List.copyOf(node.regionNames());
    }

    @Override
    public int getInFlight() {
        return statistics.inFlight();
    }

    @Override
    public List<String> getDebt() {
        return statistics.debt();
    }

    @Override
    public long getCombinedReads() {
        return statistics.combinedReads();
    }

    @Override
    public Map<String, Long> getLockWaits() {
        return Readings.times(statistics.lockWaits());
    }

    @Override
    public Map<String, Long> getDeliveryLags() {
        return Readings.times(statistics.deliveryLags());
    }

    @Override
    public long getMessages() {
        return statistics.near().messages();
    }

    @Override
    public long getClearings() {
        return statistics.near().clearings();
    }

    @Override
    public long getGaps() {
        return statistics.near().gaps();
    }

    @Override
    public long getAcknowledgementWaits() {
        return statistics.near().waits();
    }

    @Override
    public long getOutwaitedLeases() {
        return statistics.near().outwaitedLeases();
    }

    @Override
    public long getAnnouncements() {
        return statistics.tables().announcements();
    }

    @Override
    public long getFailedAnnouncements() {
        return statistics.tables().failedAnnouncements();
    }

    @Override
    public long getSettlements() {
        return statistics.tables().settlements();
    }

    @Override
    public long getSweptResults() {
        return statistics.tables().sweptResults();
    }

    @Override
    public @Nullable Long getRedisMemory() {
        return Readings.value(statistics.redisMemory());
    }

    @Override
    public @Nullable Long getRedisMaximumMemory() {
        return Readings.value(statistics.redisMaximumMemory());
    }

    @Override
    public @Nullable Long getRedisMemoryAge() {
        return Readings.ageMillis(statistics.redisMemory());
    }

    @Override
    public void reset() {
        statistics.reset();
        node.queries().reset();
        node.regionNames().stream()
                .map(name -> node.statistics(name))
                .flatMap(Optional::stream)
                .forEach(RegionStatistics::reset);
    }

    @Override
    public void invalidateTable(String table) {
        node.invalidateTables(List.of(table));
    }
}
