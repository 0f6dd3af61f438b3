package dev.hearth.warming;

import dev.hearth.statistics.RegionStatistics;
import dev.hearth.warming.ManagedTask.Wish;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds out which tasks have to run. Used by one thread. */
final class Triggers {
    /* Fewer reads than this say nothing about a region. */
    private static final long READS = 100;

    private final WarmingNode node;
    private final List<ManagedTask> tasks;
    private final Map<String, String> generations = new HashMap<>();
    private final Map<String, Reads> reads = new HashMap<>();
    private final Map<String, Long> lastCold = new HashMap<>();
    private long watched;
    private boolean started;

    Triggers(WarmingNode node, List<ManagedTask> tasks) {
        this.node = node;
        this.tasks = tasks;
    }

    private record Reads(long hits, long misses) {}

    /**
     * How long before its time on this node a scheduled run may have begun on another to count for this one, whose clocks
     * and beginnings differ.
     */
    static Duration tolerance(Schedule schedule, ZonedDateTime now) {
        if (schedule instanceof Schedule.Every every) {
            return every.period().multipliedBy(9).dividedBy(10);
        }
        Optional<ZonedDateTime> next = schedule.next(now);
        Optional<ZonedDateTime> afterwards = next.flatMap(schedule::next);
        return next.isPresent() && afterwards.isPresent()
                ? Duration.between(next.get(), afterwards.get()).dividedBy(2)
                : Duration.ofMinutes(1);
    }

    void look() {
        ZonedDateTime now = node.time().now();
        if (!started) {
            started = true;
            tasks.forEach(task -> start(task, now));
        }
        tasks.stream().filter(task -> task.due(now)).forEach(task -> {
            task.schedule(task.checked().task().schedule().next(now).orElse(null));
            wish(task, Trigger.SCHEDULE);
        });
        long nanos = node.time().nanoTime();
        if (nanos - watched >= node.settings().watchInterval().toNanos() && node.available()) {
            watched = nanos;
            watch(Trigger.CLEARED, this::cleared);
            watch(Trigger.COLD, this::cold);
        }
    }

    private void start(ManagedTask task, ZonedDateTime now) {
        Set<Trigger> triggers = task.checked().task().triggers();
        if (triggers.contains(Trigger.SCHEDULE)) {
            task.schedule(task.checked().task().schedule().next(now).orElse(null));
        }
        if (triggers.contains(Trigger.START)) {
            wish(task, Trigger.START);
        }
        watched = node.time().nanoTime() - node.settings().watchInterval().toNanos();
    }

    private void wish(ManagedTask task, Trigger trigger) {
        task.wish(new Wish(trigger, node.time().nanoTime()));
    }

    private void watch(Trigger trigger, Predicate<ManagedTask> happened) {
        tasks.stream()
                .filter(task -> task.checked().task().triggers().contains(trigger))
                .filter(happened)
                .forEach(task -> wish(task, trigger));
    }

    /* What this node sees first is no change. */
    private boolean cleared(ManagedTask task) {
        String generation = node.cache().generation(task.checked().region()).orElse("");
        String before = generations.put(task.name(), generation);
        return before != null && !before.equals(generation);
    }

    /* Judged by what was read since the last judgement; not again before a run could have made a difference. */
    private boolean cold(ManagedTask task) {
        Optional<RegionStatistics> statistics =
                node.cache().statistics(task.checked().region());
        if (statistics.isEmpty()) {
            return false;
        }
        Reads now = new Reads(statistics.get().hits(), statistics.get().misses());
        Reads before = reads.computeIfAbsent(task.name(), name -> now);
        long hits = now.hits() - before.hits();
        long all = hits + now.misses() - before.misses();
        if (all < READS) {
            return false;
        }
        reads.put(task.name(), now);
        long nanos = node.time().nanoTime();
        Long last = lastCold.get(task.name());
        if ((double) hits / all >= task.checked().task().hitRatioBelow()
                || (last != null && nanos - last < node.settings().freshness().toNanos())) {
            return false;
        }
        lastCold.put(task.name(), nanos);
        return true;
    }
}
