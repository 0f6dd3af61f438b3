package dev.hearth.micrometer;

import dev.hearth.HearthRegionFactory;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.QueryLedger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.hibernate.SessionFactory;

/**
 * The meters of a session factory's cache, all of which {@code docs/metrics.md} lists. Reading them calls nobody, and a reset
 * of the statistics leaves them as they are, but for percentiles and maxima, which then begin anew.
 *
 * <pre>{@code
 * new HearthMetrics(sessionFactory).bindTo(registry);
 * }</pre>
 */
public final class HearthMetrics implements MeterBinder {
    private final HearthRegionFactory factory;
    private final Tags tags;

    /** @throws IllegalArgumentException if Hearth is not the session factory's cache */
    public HearthMetrics(SessionFactory sessionFactory) {
        this(sessionFactory, Tags.empty());
    }

    /**
     * @param tags of every meter; where one registry has meters of several session factories, tags must tell them apart
     * @throws IllegalArgumentException if Hearth is not the session factory's cache
     */
    public HearthMetrics(SessionFactory sessionFactory, Iterable<Tag> tags) {
        this.factory = HearthRegionFactory.of(sessionFactory);
        this.tags = Tags.of(tags);
    }

    /** Registers the meters of the node and of its regions, also of those that queries name later. */
    @Override
    public void bindTo(MeterRegistry registry) {
        new NodeMeters(new Meters(registry, tags), factory.nodeStatistics()).bind();
        factory.onRegion(region -> {
            factory.statistics(region)
                    .ifPresent(statistics -> new RegionMeters(region, statistics, tags).bindTo(registry));
            new Meters(registry, tags.and("cache", region))
                    .timeGauge(
                            "hearth.net.benefit",
                            "Time of the database that was saved, minus time spent on the cache; negative for a loss",
                            factory,
                            TimeUnit.NANOSECONDS,
                            of -> netBenefit(of, region));
        });
    }

    /* Of query results it is that of the queries of which there are figures. Without a load nothing can be compared. */
    private static double netBenefit(HearthRegionFactory factory, String region) {
        Benefit benefit = factory.benefits().get(region);
        if (benefit != null) {
            return benefit.loads() == 0 ? 0 : benefit.netNanos();
        }
        return factory.queries().top(Integer.MAX_VALUE, QueryLedger.Order.CALLS).stream()
                .filter(query ->
                        query.region().equals(region) && query.benefit().loads() > 0)
                .mapToLong(query -> query.benefit().netNanos())
                .sum();
    }
}
