package dev.hearth.boot.actuate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** The tasks in the order in which they run, with about as many rows as they have. */
public record WarmingPlanDescriptor(List<UnitPlan> units) implements OperationResponseBody {
    public record UnitPlan(String unit, List<Planned> tasks) {}

    /** @param estimatedRows null if that cannot be told cheaply */
    public record Planned(
            String name,
            String priority,
            String region,
            @Nullable Long estimatedRows) {}
}
