package dev.hearth.jmx;

import java.beans.ConstructorProperties;
import java.util.Map;

/** One query as an operator sees it; times in nanoseconds. What each figure means is said at {@code QueryFigures}. */
public final class QueryReading {
    private final String region;
    private final String sql;
    private final Map<String, Long> counts;
    private final Map<String, Long> times;
    private final Map<String, Long> invalidations;
    private final long netBenefit;

    /** Made from the composite data that a console receives. */
    @ConstructorProperties({"region", "sql", "counts", "times", "invalidations", "netBenefit"})
    public QueryReading(
            String region,
            String sql,
            Map<String, Long> counts,
            Map<String, Long> times,
            Map<String, Long> invalidations,
            long netBenefit) {
        this.region = region;
        this.sql = sql;
        this.counts = Map.copyOf(counts);
        this.times = Map.copyOf(times);
        this.invalidations = Map.copyOf(invalidations);
        this.netBenefit = netBenefit;
    }

    /** The region of its results. */
    public String getRegion() {
        return region;
    }

    /** Its text, without the values of its parameters. */
    public String getSql() {
        return sql;
    }

    /** {@code nearHits}, {@code remoteHits}, {@code misses}, {@code stale}, {@code rows} and {@code bytes}. */
    public Map<String, Long> getCounts() {
        return counts;
    }

    /** {@code databaseMean}, {@code databaseP99}, {@code hitMean}, {@code hitP99}, {@code saved} and {@code spent}. */
    public Map<String, Long> getTimes() {
        return times;
    }

    /** How often a table that it reads has changed, by table. */
    public Map<String, Long> getInvalidations() {
        return invalidations;
    }

    /** The database's time saved, minus the time spent on the cache; negative for a loss. */
    public long getNetBenefit() {
        return netBenefit;
    }
}
