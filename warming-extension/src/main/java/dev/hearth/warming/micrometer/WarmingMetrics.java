package dev.hearth.warming.micrometer;

import dev.hearth.warming.TaskState;
import dev.hearth.warming.TaskTotals;
import dev.hearth.warming.Warming;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The meters of a node's warming, all of which {@code docs/metrics.md} lists. Reading them calls nobody.
 *
 * <pre>{@code
 * new WarmingMetrics(warming).bindTo(registry);
 * }</pre>
 */
public final class WarmingMetrics implements MeterBinder {
    private final Warming warming;
    private final Tags tags;

    public WarmingMetrics(Warming warming) {
        this(warming, Tags.empty());
    }

    /** @param tags of every meter; where one registry has meters of several nodes, tags must tell them apart */
    public WarmingMetrics(Warming warming, Iterable<Tag> tags) {
        this.warming = warming;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("hearth.warming.health", warming, WarmingMetrics::health)
                .tags(tags)
                .description("0 if all is well, 1 if something is late or amiss, 2 if a critical task has failed")
                .register(registry);
        learned(registry, "saved", of -> of.learning().saves());
        learned(registry, "unreadable", of -> of.learning().unreadable());
        warming.status().forEach(task -> bind(registry, task.name()));
    }

    private void learned(MeterRegistry registry, String result, ToDoubleFunction<Warming> count) {
        FunctionCounter.builder("hearth.warming.learned", warming, count)
                .tags(tags.and("result", result))
                .description("Records of what is hot: those that this node has saved, and those that it could not read")
                .register(registry);
    }

    private static int health(Warming warming) {
        return switch (warming.health().status()) {
            case HEALTHY -> 0;
            case DEGRADED -> 1;
            case FAILED -> 2;
        };
    }

    private void bind(MeterRegistry registry, String task) {
        Tags ofTask = tags.and("task", task);
        counter(registry, "hearth.warming.rows", "Rows that came from the database", ofTask, task, TaskTotals::read);
        String entries = "Entries, by whether they were stored, or there already or newer";
        counter(registry, "hearth.warming.entries", entries, ofTask.and("result", "stored"), task, TaskTotals::stored);
        counter(
                registry,
                "hearth.warming.entries",
                entries,
                ofTask.and("result", "skipped"),
                task,
                TaskTotals::skipped);
        Arrays.stream(TaskState.values())
                .filter(TaskState::isOver)
                .forEach(outcome -> counter(
                        registry,
                        "hearth.warming.runs",
                        "Runs that are over, by outcome; one that is tried again has failed",
                        ofTask.and("outcome", value(outcome)),
                        task,
                        totals -> runs(totals, outcome)));
        for (TaskState state : TaskState.values()) {
            Gauge.builder("hearth.warming.state", warming, of -> of.status(task).state() == state ? 1 : 0)
                    .tags(ofTask.and("state", value(state)))
                    .description("1 for the state that the task is in, else 0")
                    .register(registry);
        }
        ToLongFunction<Warming> begun = of -> runsOver(of.totals(task));
        ToDoubleFunction<Warming> nanos = of -> of.totals(task).running().toNanos();
        FunctionTimer.builder("hearth.warming.duration", warming, begun, nanos, TimeUnit.NANOSECONDS)
                .tags(ofTask)
                .description("Runs on this node, pauses included; of the present one the time until now")
                .register(registry);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String description,
            Tags ofMeter,
            String task,
            ToDoubleFunction<TaskTotals> total) {
        FunctionCounter.builder(name, warming, of -> total.applyAsDouble(of.totals(task)))
                .tags(ofMeter)
                .description(description)
                .register(registry);
    }

    private static long runs(TaskTotals totals, TaskState outcome) {
        return totals.runs().getOrDefault(outcome, 0L);
    }

    /* What is skipped has not run. */
    private static long runsOver(TaskTotals totals) {
        return totals.runs().values().stream().mapToLong(Long::longValue).sum() - runs(totals, TaskState.SKIPPED);
    }

    private static String value(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
