package dev.hearth.boot.actuate;

import dev.hearth.warming.TaskOrder;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** What all nodes were told to do, task by task, critical ones first. */
public record WarmingActionDescriptor(String action, List<OrderedTask> tasks) implements OperationResponseBody {
    /** @param told false if Redis did not answer: then it is not known whether the nodes will do it */
    public record OrderedTask(String unit, String task, boolean told) {}

    static WarmingActionDescriptor of(TaskOrder action, List<OrderedTask> tasks) {
        return new WarmingActionDescriptor(action.name().toLowerCase(Locale.ROOT), List.copyOf(tasks));
    }

    boolean isTold() {
        return tasks.stream().allMatch(OrderedTask::told);
    }
}
