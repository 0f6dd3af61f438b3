package dev.hearth.histories;

import dev.hearth.HearthRegionFactory;
import dev.hearth.near.NearTier;
import dev.hearth.statistics.NearStatistics;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.test.Eventually;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.CacheImplementor;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** What a node has done with its near tier. */
final class NearTierOf {
    private final CacheImplementor cache;
    private final HearthRegionFactory hearth;

    NearTierOf(SessionFactory factory) {
        this.cache = factory.unwrap(SessionFactoryImplementor.class).getCache();
        this.hearth = (HearthRegionFactory) cache.getRegionFactory();
    }

    private NearTier tier() {
        return hearth.hibernate().node().near();
    }

    NearStatistics statistics() {
        return tier().statistics();
    }

    /** How often an entry or a query's result was served from inside the process. */
    long hits() {
        return sum(RegionStatistics::nearHits);
    }

    /** The same for each region. */
    Map<String, Long> hitsByRegion() {
        Map<String, Long> hits = new TreeMap<>();
        cache.getCacheRegionNames()
                .forEach(region -> hearth.statistics(region).ifPresent(counts -> hits.put(region, counts.nearHits())));
        return hits;
    }

    /** How often one was served from Redis. */
    long remoteHits() {
        return sum(RegionStatistics::hits);
    }

    long misses() {
        return sum(RegionStatistics::misses);
    }

    private long sum(ToLongFunction<RegionStatistics> count) {
        return cache.getCacheRegionNames().stream()
                .map(hearth::statistics)
                .flatMap(Optional::stream)
                .mapToLong(count)
                .sum();
    }

    boolean servesStrictly() {
        return tier().servesStrictly();
    }

    void awaitTrust() {
        Eventually.holds("the node serves what it keeps near", this::servesStrictly);
    }
}
