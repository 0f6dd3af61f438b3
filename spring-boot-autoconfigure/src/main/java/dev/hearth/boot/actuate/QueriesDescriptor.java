package dev.hearth.boot.actuate;

import dev.hearth.statistics.QueryFigures;
import dev.hearth.statistics.TimeFigures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A page of queries.
 *
 * @param total how many queries there are figures of
 * @param page from 0
 * @param size how many stand on a page
 */
public record QueriesDescriptor(long total, int page, int size, String sort, boolean ascending, List<Query> queries)
        implements OperationResponseBody {
    /**
     * One query of a session factory, whatever its parameters, since this node first saw it or the ledger was reset.
     *
     * @param sql its text, with places for its parameters
     * @param stale those of the misses that found a result of which a table has changed
     * @param database times of the queries that ran
     * @param hit times of results that were served
     * @param invalidations how often a table that it reads has changed, by table
     */
    public record Query(
            String unit,
            String region,
            String sql,
            long calls,
            long nearHits,
            long remoteHits,
            long misses,
            long stale,
            @Nullable Double hitRatio,
            long rows,
            long bytes,
            Times database,
            Times hit,
            BenefitDescriptor benefit,
            Map<String, Long> invalidations,
            Instant lastSeen) {
        static Query of(String unit, QueryFigures figures) {
            return new Query(
                    unit,
                    figures.region(),
                    figures.sql(),
                    figures.calls(),
                    figures.nearHits(),
                    figures.remoteHits(),
                    figures.misses(),
                    figures.stale(),
                    RegionDescriptor.ratio(figures.hits(), figures.misses()),
                    figures.rows(),
                    figures.bytes(),
                    Times.of(figures.database()),
                    Times.of(figures.hit()),
                    BenefitDescriptor.of(figures.benefit()),
                    figures.invalidations(),
                    figures.lastSeen());
        }
    }

    /** In nanoseconds; 0 where nothing was measured. */
    public record Times(long count, long meanNanos, long p99Nanos) {
        static Times of(TimeFigures figures) {
            return new Times(figures.count(), figures.meanNanos(), figures.p99Nanos());
        }
    }
}
