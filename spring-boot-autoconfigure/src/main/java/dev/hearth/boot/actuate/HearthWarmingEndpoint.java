package dev.hearth.boot.actuate;

import dev.hearth.boot.WarmingLifecycle;
import dev.hearth.boot.actuate.WarmingActionDescriptor.OrderedTask;
import dev.hearth.warming.Priority;
import dev.hearth.warming.TaskOrder;
import dev.hearth.warming.TaskStatus;
import dev.hearth.warming.Warming;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** What warming does, and orders by hand, which all nodes obey whichever is asked. */
@Endpoint(id = "hearthwarming", defaultAccess = Access.READ_ONLY)
public final class HearthWarmingEndpoint {
    private final WarmingLifecycle warming;

    public HearthWarmingEndpoint(WarmingLifecycle warming) {
        this.warming = warming;
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
     * Has all nodes start, pause, resume or cancel the task of this name, or those that fill a region, or those of a priority,
     * or (all null) all. Waits for Redis, where it leaves one order after the other, critical tasks first.
     *
     * @param unit the session factory whose tasks are meant; all if null
     */
    @WriteOperation
    public WarmingActionDescriptor act(
            TaskOrder action,
            @Nullable String task,
            @Nullable String region,
            @Nullable Priority priority,
            @Nullable String unit) {
        Predicate<TaskStatus> chosen = status -> (task == null || status.name().equals(task))
                && (region == null || status.region().equals(region))
                && (priority == null || status.priority() == priority);
        List<OrderedTask> ordered = new ArrayList<>();
        warming.byUnit().forEach((name, of) -> {
            if (unit != null && !unit.equals(name)) return;
            // In the order in which they run, which is that of their priorities.
            of.status().stream()
                    .filter(chosen)
                    .map(TaskStatus::name)
                    .forEach(found -> ordered.add(new OrderedTask(name, found, tell(of, action, found))));
        });
        if (ordered.isEmpty()) {
            throw new InvalidEndpointRequestException(
                    "There is no such task",
                    "No task has this name, region, priority and unit; see the tasks of a read");
        }
        return WarmingActionDescriptor.of(action, ordered);
    }

    private static boolean tell(Warming of, TaskOrder action, String task) {
        try {
            of.everywhere(action, task);
            return true;
        } catch (CacheException e) {
            return false;
        }
    }
}
