package dev.hearth.boot.actuate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What was made a miss, on all nodes.
 *
 * @param units the session factories whose cache it was
 * @param regions of them; empty if it was tables
 * @param entry the id of the only entry; null if there is none, or it may not be shown
 * @param tables empty if it was regions
 */
public record EvictionDescriptor(
        List<String> units, List<String> regions, @Nullable String entry, List<String> tables)
        implements OperationResponseBody {}
