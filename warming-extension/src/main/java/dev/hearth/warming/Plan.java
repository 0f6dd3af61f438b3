package dev.hearth.warming;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whose turn it is: strictly by class, and within a class whoever has waited longest since the last turn. */
final class Plan {
    private static final Comparator<ManagedTask> ORDER = Comparator.comparing(ManagedTask::priority)
            .thenComparing(ManagedTask::lastStart)
            .thenComparing(task -> !task.checked().isLearned())
            .thenComparing(ManagedTask::name);

    private final List<ManagedTask> tasks;
    private long turns;

    Plan(List<ManagedTask> tasks) {
        this.tasks = List.copyOf(tasks);
    }

    List<ManagedTask> tasks() {
        return tasks;
    }

    /** In the order in which they would run. */
    List<ManagedTask> ordered() {
        return tasks.stream().sorted(ORDER).toList();
    }

    /** Gives the next task its turn; empty if none can run now. Not to be called concurrently. */
    Optional<ManagedTask> next(long nanoTime) {
        for (Priority priority : Priority.values()) {
            List<ManagedTask> ofClass =
                    tasks.stream().filter(task -> task.priority() == priority).toList();
            Optional<ManagedTask> first =
                    ofClass.stream().filter(task -> task.ready(nanoTime)).min(ORDER);
            if (first.isPresent()) {
                first.get().turn(++turns);
                return first;
            }
            if (ofClass.stream().anyMatch(ManagedTask::goesFirst)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
