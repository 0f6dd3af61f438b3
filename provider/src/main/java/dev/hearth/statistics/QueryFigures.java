package dev.hearth.statistics;

import java.time.Instant;
import java.util.Map;

/**
 * What one query has done since this node first saw it, or the ledger was {@linkplain QueryLedger#reset() reset}. Of
 * queries that differ in their parameters only, it is the sum.
 *
 * @param region the region of its results
 * @param sql its text, with places for its parameters; without their values
 * @param nearHits results served from inside the process
 * @param remoteHits results served from Redis
 * @param misses look-ups that found nothing to serve
 * @param stale those of the misses that found a result of which a table has changed, or is changing
 * @param rows of results that were served or loaded
 * @param bytes of results as they were read from Redis, or sent there
 * @param database from a look-up that missed until the session had loaded the result
 * @param hit a look-up that hit, with the fetching of what the rows lead to
 * @param invalidations how often this node has heard that a table changes which the query reads, each time of which makes all
 *     its results stale; by table, or under {@code *} for any where the query does not tell which it reads
 * @param benefit what caching it gains
 * @param lastSeen when it was last looked up, to the second; of hits inside the process, one in 64 is noticed
 */
public record QueryFigures(
        String region,
        String sql,
        long nearHits,
        long remoteHits,
        long misses,
        long stale,
        long rows,
        long bytes,
        TimeFigures database,
        TimeFigures hit,
        Map<String, Long> invalidations,
        Benefit benefit,
        Instant lastSeen) {
    public QueryFigures {
        invalidations = Map.copyOf(invalidations);
    }

    /** How often a result was looked up. */
    public long calls() {
        return hits() + misses;
    }

    /** Of both tiers. */
    public long hits() {
        return nearHits + remoteHits;
    }
}
