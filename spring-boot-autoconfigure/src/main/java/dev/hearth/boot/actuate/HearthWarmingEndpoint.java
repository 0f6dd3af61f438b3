package dev.hearth.boot.actuate;

import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.warming.Priority;
import dev.hearth.warming.TaskStatus;
import dev.hearth.warming.Warming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** What warming does, and starts, pauses and cancellations by hand. */
@Endpoint(id = "hearthwarming", defaultAccess = Access.READ_ONLY)
public final class HearthWarmingEndpoint {
    private final WarmingLifecycle warming;

    public HearthWarmingEndpoint(WarmingLifecycle warming) {
        this.warming = warming;
    }

    /** What an operator may do with tasks. */
    public enum Action {
        START,
        PAUSE,
        RESUME,
        CANCEL
    }

    /** Every task as this node sees it; calls nobody. */
    @ReadOperation
    public WarmingDescriptor status() {
        return new WarmingDescriptor(each(WarmingReadings::status));
    }

    /**
     * More that is known of the tasks: {@code plan}, which asks the database, or {@code history}, which asks Redis. Null for
     * anything else.
     */
    @ReadOperation
    public @Nullable Object view(@Selector String view) {
        return switch (view) {
            case "plan" -> new WarmingPlanDescriptor(each(WarmingReadings::plan));
            case "history" -> new WarmingHistoryDescriptor(each(WarmingReadings::history));
            default -> null;
        };
    }

    private <T> List<T> each(BiFunction<String, Warming, T> reading) {
        List<T> all = new ArrayList<>();
        warming.byUnit().forEach((unit, of) -> all.add(reading.apply(unit, of)));
        return all;
    }

    /**
     * Acts on the task of this name, or those that fill a region, or those of a priority, or (all null) on all, critical ones
     * first.
     *
     * @param unit the session factory whose tasks are meant; all if null
     */
    @WriteOperation
    public WarmingActionDescriptor act(
            Action action,
            @Nullable String task,
            @Nullable String region,
            @Nullable Priority priority,
            @Nullable String unit) {
        Map<String, Warming> all = warming.byUnit();
        Collection<Warming> meant = unit == null
                ? all.values()
                : all.entrySet().stream()
                        .filter(of -> of.getKey().equals(unit))
                        .map(Map.Entry::getValue)
                        .toList();
        Predicate<TaskStatus> chosen = status -> (task == null || status.name().equals(task))
                && (region == null || status.region().equals(region))
                && (priority == null || status.priority() == priority);
        int found = 0;
        int affected = 0;
        for (Warming of : meant) {
            // In the order in which they run, which is that of their priorities.
            for (TaskStatus status : of.status().stream().filter(chosen).toList()) {
                found++;
                if (act(action, of, status.name())) affected++;
            }
        }
        if (found == 0) {
            throw new InvalidEndpointRequestException(
                    "There is no such task",
                    "No task has this name, region, priority and unit; see the tasks of a read");
        }
        return WarmingActionDescriptor.of(action, affected);
    }

    private static boolean act(Action action, Warming of, String task) {
        return switch (action) {
            case START -> of.start(task);
            case PAUSE -> of.pause(task);
            case RESUME -> of.resume(task);
            case CANCEL -> of.cancel(task);
        };
    }
}
