package dev.hearth.boot.actuate;

import dev.hearth.HearthRegionFactory;
import dev.hearth.boot.HearthUnit;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.NodeStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One session factory and the node behind it. Counts are since the node started.
 *
 * @param otherNodes those that commits wait for, by the last heartbeat
 * @param debt regions and tables that are read from the database until they have been cleared in Redis
 * @param hitRatio of all regions together, from 0 to 1; null before the first read
 * @param netBenefitNanos of all regions of entities and collections, and all queries, of which something is known
 */
public record UnitDescriptor(
        String unit,
        String node,
        String keyspace,
        SortedSet<String> otherNodes,
        Redis redis,
        List<String> debt,
        long nearHits,
        long remoteHits,
        long misses,
        @Nullable Double hitRatio,
        long netBenefitNanos,
        LatencyDescriptor lockWaits,
        LatencyDescriptor deliveryLags,
        long nearClearings,
        List<RegionDescriptor> regions) {
    /**
     * @param available whether Redis answers, so that the circuit is closed
     * @param circuitOpenings how often it has stopped answering
     * @param commandsInFlight under way now
     * @param memory bytes that all masters use; null until that was looked up
     * @param maximumMemory bytes that they may use, 0 for no limit
     */
    public record Redis(
            boolean available,
            long circuitOpenings,
            int commandsInFlight,
            @Nullable SampleDescriptor memory,
            @Nullable SampleDescriptor maximumMemory) {}

    static UnitDescriptor of(HearthUnit unit) {
        HearthRegionFactory cache = unit.cache();
        NodeStatistics node = cache.nodeStatistics();
        List<RegionDescriptor> regions = regions(unit);
        long near = regions.stream().mapToLong(region -> region.near().hits()).sum();
        long remote =
                regions.stream().mapToLong(region -> region.remote().hits()).sum();
        long misses = regions.stream().mapToLong(RegionDescriptor::misses).sum();
        return new UnitDescriptor(
                unit.name(),
                cache.node(),
                cache.keyspace(),
                cache.otherNodes(),
                new Redis(
                        node.isAvailable(),
                        node.totalCircuitOpenings(),
                        node.inFlight(),
                        SampleDescriptor.of(node.redisMemory()),
                        SampleDescriptor.of(node.redisMaximumMemory())),
                node.debt(),
                near,
                remote,
                misses,
                RegionDescriptor.ratio(near + remote, misses),
                netBenefit(cache),
                LatencyDescriptor.of(node.lockWaits().snapshot()),
                LatencyDescriptor.of(node.deliveryLags().snapshot()),
                node.near().totalClearings(),
                regions);
    }

    private static List<RegionDescriptor> regions(HearthUnit unit) {
        Map<String, Benefit> benefits = unit.cache().benefits();
        List<RegionDescriptor> regions = new ArrayList<>();
        for (String name : unit.cache().regionNames()) {
            unit.cache()
                    .statistics(name)
                    .ifPresent(counted -> regions.add(RegionDescriptor.of(unit, name, counted, benefits.get(name))));
        }
        return List.copyOf(regions);
    }

    private static long netBenefit(HearthRegionFactory cache) {
        return Benefits.net(cache.benefits().values()) + Benefits.net(Benefits.ofQueries(cache));
    }
}
