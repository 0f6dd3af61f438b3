package dev.hearth.boot.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * How long the same entities took to be found in the database, in Redis, and inside the process.
 *
 * @param entities how many different ones were read
 * @param discarded reads of which it is not sure where they were answered, which are in none of the figures
 * @param complete false if the time was over before all reads were done
 */
public record PerformanceDescriptor(
        String unit,
        String entity,
        String region,
        int entities,
        LatencyDescriptor database,
        LatencyDescriptor remote,
        LatencyDescriptor near,
        int discarded,
        boolean complete)
        implements OperationResponseBody {}
