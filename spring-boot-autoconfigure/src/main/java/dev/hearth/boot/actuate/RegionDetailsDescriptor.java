package dev.hearth.boot.actuate;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * All that is counted of one region, since the node started.
 *
 * @param missesByReason by {@code absent}, {@code locked} and so on
 * @param refusalsByReason values that were not published
 * @param events whatever else is counted, by its name
 * @param audit what comparisons with the database have shown; null where there were none
 */
public record RegionDetailsDescriptor(
        String unit,
        RegionDescriptor region,
        Map<String, Long> missesByReason,
        Map<String, Long> refusalsByReason,
        Map<String, Long> events,
        @Nullable Audit audit)
        implements OperationResponseBody {
    /** Hits that were compared with the database, those of them that were stale, and those of which nothing can be said. */
    public record Audit(long audited, long stale, long undecided) {}
}
