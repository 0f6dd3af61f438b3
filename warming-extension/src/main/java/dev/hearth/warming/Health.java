package dev.hearth.warming;

import dev.hearth.warming.WarmingHealth.Status;
import java.util.ArrayList;
import java.util.List;

/** Sums up how warming does. */
final class Health {
    private Status status = Status.HEALTHY;
    private final List<String> reasons = new ArrayList<>();

    private Health() {}

    static WarmingHealth of(List<TaskStatus> tasks, boolean available, boolean closed) {
        Health health = new Health();
        if (closed) {
            health.worsen(Status.FAILED, "warming has ended on this node");
        }
        if (!available) {
            health.worsen(Status.DEGRADED, "Redis does not answer, so tasks wait");
        }
        tasks.forEach(health::judge);
        return new WarmingHealth(health.status, List.copyOf(health.reasons));
    }

    private void judge(TaskStatus task) {
        boolean critical = task.priority() == Priority.CRITICAL;
        String name = (critical ? "critical task '" : "task '") + task.name() + "' ";
        switch (task.state()) {
            case FAILED ->
                worsen(
                        critical ? Status.FAILED : Status.DEGRADED,
                        name + "failed after " + task.attempt() + " attempts: " + task.reason());
            case WAITING -> {
                if (task.attempt() > 0) {
                    worsen(
                            Status.DEGRADED,
                            name + "failed, and is tried again after attempt " + task.attempt() + ": " + task.reason());
                } else if (critical) {
                    worsen(Status.DEGRADED, name + "is not warm yet: it waits");
                }
            }
            case RUNNING -> {
                if (task.attempt() > 1) {
                    worsen(Status.DEGRADED, name + "runs in attempt " + task.attempt() + ", after: " + task.reason());
                } else if (critical) {
                    worsen(Status.DEGRADED, name + "is not warm yet: " + task.progress());
                }
            }
            case PAUSED -> worsen(Status.DEGRADED, name + "is paused");
            case CANCELLED -> {
                if (critical) {
                    worsen(Status.DEGRADED, name + "was cancelled");
                }
            }
            case PLANNED, SUCCEEDED, SKIPPED -> {}
        }
    }

    private void worsen(Status at, String reason) {
        if (at.compareTo(status) > 0) {
            status = at;
        }
        reasons.add(reason);
    }
}
