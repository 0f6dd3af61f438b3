package dev.hearth.boot.actuate;

import dev.hearth.boot.actuate.WarmingDescriptor.Progress;
import dev.hearth.boot.actuate.WarmingDescriptor.RunDescriptor;
import dev.hearth.boot.actuate.WarmingDescriptor.Task;
import dev.hearth.boot.actuate.WarmingDescriptor.UnitWarming;
import dev.hearth.boot.actuate.WarmingHistoryDescriptor.ClusterTask;
import dev.hearth.boot.actuate.WarmingHistoryDescriptor.UnitHistory;
import dev.hearth.boot.actuate.WarmingPlanDescriptor.Planned;
import dev.hearth.boot.actuate.WarmingPlanDescriptor.UnitPlan;
import dev.hearth.warming.ClusterStatus;
import dev.hearth.warming.RunRecord;
import dev.hearth.warming.TaskProgress;
import dev.hearth.warming.TaskStatus;
import dev.hearth.warming.Warming;
import java.util.List;
import java.util.Locale;
import org.hibernate.cache.CacheException;

/** What warming says of itself, as the endpoint answers it. */
final class WarmingReadings {
    private WarmingReadings() {}

    static UnitWarming status(String unit, Warming warming) {
        return new UnitWarming(
                unit,
                word(warming.health().status()),
                warming.rowsPerSecond(),
                warming.status().stream().map(WarmingReadings::task).toList());
    }

    static UnitPlan plan(String unit, Warming warming) {
        return new UnitPlan(
                unit,
                warming.plan().stream()
                        .map(task -> new Planned(
                                task.name(),
                                word(task.priority()),
                                task.region(),
                                task.estimatedRows() < 0 ? null : Long.valueOf(task.estimatedRows())))
                        .toList());
    }

    static UnitHistory history(String unit, Warming warming) {
        try {
            return new UnitHistory(
                    unit,
                    true,
                    warming.clusterStatus().stream().map(WarmingReadings::task).toList());
        } catch (CacheException e) {
            return new UnitHistory(unit, false, List.of());
        }
    }

    private static Task task(TaskStatus task) {
        return new Task(
                task.name(),
                word(task.priority()),
                task.region(),
                word(task.state()),
                task.attempt(),
                progress(task.progress()),
                task.next(),
                runs(task.history()));
    }

    private static ClusterTask task(ClusterStatus task) {
        return new ClusterTask(
                task.name(),
                task.runner(),
                task.began(),
                task.succeeded(),
                progress(task.progress()),
                task.paused(),
                runs(task.history()));
    }

    private static Progress progress(TaskProgress progress) {
        return new Progress(
                progress.read(),
                progress.stored(),
                progress.skipped(),
                progress.estimated() < 0 ? null : Long.valueOf(progress.estimated()),
                progress.rowsPerSecond(),
                progress.remaining() == null
                        ? null
                        : Long.valueOf(progress.remaining().toMillis()));
    }

    private static List<RunDescriptor> runs(List<RunRecord> runs) {
        return runs.stream()
                .map(run -> new RunDescriptor(
                        run.node(),
                        run.began(),
                        run.ended(),
                        word(run.outcome()),
                        run.read(),
                        run.stored(),
                        run.skipped(),
                        run.attempt()))
                .toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
