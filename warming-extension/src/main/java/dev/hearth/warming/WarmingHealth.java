package dev.hearth.warming;

import java.util.List;

/**
 * How warming does on this node.
 *
 * @param reasons why it is no better
 */
public record WarmingHealth(Status status, List<String> reasons) {
    /** From good to bad. */
    public enum Status {
        HEALTHY,
        /** Something is not warm, or not yet, and will perhaps be. */
        DEGRADED,
        /** A critical task has failed, or warming has ended. */
        FAILED
    }
}
