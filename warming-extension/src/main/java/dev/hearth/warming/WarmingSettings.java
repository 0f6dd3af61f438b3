package dev.hearth.warming;

import dev.hearth.config.HearthConfigurationException;
import dev.hearth.config.SettingProblem;
import dev.hearth.config.SettingType;
import dev.hearth.config.SettingTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How warming goes about its tasks, and what settings say of the tasks.
 *
 * @param enabled whether anything is warmed at all
 * @param workers how many tasks a node runs at a time, paused ones apart, and so how many connections it takes of the pool:
 *     one for each, and two for a task that has an order
 * @param rowsPerSecond how many rows a node reads in a second; 0 for as many as it can
 * @param slowFactor how many times as long as the usual page of its run a page may take before warming pauses; 0 for any
 * @param lease how long the runner of a task may be silent before another node takes over
 * @param freshness how old a successful run may be for a node that starts to skip the task, and a checkpoint to go on from
 * @param attempts how often a run is tried before its task has failed
 * @param firstDelay how long after the first failure the second attempt is made, about; each further wait is twice as long
 * @param longestDelay the wait beyond which they grow no more
 * @param watchInterval how often regions are looked at, for tasks that run where one was cleared or is cold
 * @param learning whether what was hot is remembered, and warmed at the next start
 * @param tasks tasks that neither annotations nor settings declare
 * @param written what settings say of tasks, as written, by their full name
 */
public record WarmingSettings(
        boolean enabled,
        int workers,
        int rowsPerSecond,
        double slowFactor,
        Duration lease,
        Duration freshness,
        int attempts,
        Duration firstDelay,
        Duration longestDelay,
        Duration watchInterval,
        LearningSettings learning,
        List<WarmTask> tasks,
        Map<String, Object> written) {
    /** What every setting of warming begins with. */
    public static final String PREFIX = "hibernate.hearth.warming.";

    static final String TASK = PREFIX + "task.";

    public WarmingSettings {
        tasks = List.copyOf(tasks);
        written = Map.copyOf(written);
    }

    /**
     * Reads them from among Hibernate's settings.
     *
     * @throws HearthConfigurationException if one is unknown or malformed; it lists everything that is
     */
    public static WarmingSettings read(Map<String, ?> given) {
        return new Reader(given).read();
    }

    /** The same, and these tasks. */
    public WarmingSettings with(List<WarmTask> more) {
        List<WarmTask> all = new ArrayList<>(tasks);
        all.addAll(more);
        return new WarmingSettings(
                enabled,
                workers,
                rowsPerSecond,
                slowFactor,
                lease,
                freshness,
                attempts,
                firstDelay,
                longestDelay,
                watchInterval,
                learning,
                all,
                written);
    }

    /* Every value is taken from a copy, so that what is left over is what nobody knows. */
    private static final class Reader {
        private final Map<String, Object> left = new TreeMap<>();
        private final Map<String, Object> tasks = new LinkedHashMap<>();
        private final List<SettingProblem> problems = new ArrayList<>();

        Reader(Map<String, ?> given) {
            given.forEach((key, value) -> {
                if (key.startsWith(TASK) && value != null) {
                    tasks.put(key, value);
                } else if (key.startsWith(PREFIX) && value != null) {
                    left.put(key, value);
                }
            });
        }

        WarmingSettings read() {
            WarmingSettings settings = new WarmingSettings(
                    take(WarmingSettingTable.ENABLED),
                    take(WarmingSettingTable.WORKERS),
                    take(WarmingSettingTable.ROWS_PER_SECOND),
                    take(WarmingSettingTable.SLOW_FACTOR),
                    take(WarmingSettingTable.LEASE),
                    take(WarmingSettingTable.FRESHNESS),
                    take(WarmingSettingTable.ATTEMPTS),
                    take(WarmingSettingTable.FIRST_DELAY),
                    take(WarmingSettingTable.LONGEST_DELAY),
                    take(WarmingSettingTable.WATCH_INTERVAL),
                    new LearningSettings(
                            take(WarmingSettingTable.LEARN),
                            take(WarmingSettingTable.LEARN_INTERVAL),
                            take(WarmingSettingTable.LEARN_KEYS),
                            take(WarmingSettingTable.LEARN_QUERIES),
                            take(WarmingSettingTable.LEARN_VALIDITY)),
                    List.of(),
                    tasks);
            left.keySet().forEach(this::unknown);
            if (!problems.isEmpty()) throw new HearthConfigurationException(problems);
            return settings;
        }

        private <T> T take(WarmingSetting<T> setting) {
            Object value = left.remove(setting.key());
            if (value == null) return setting.usual();
            try {
                return setting.type().read(value);
            } catch (IllegalArgumentException e) {
                problems.add(malformed(setting.key(), setting.type(), value, e));
                return setting.usual();
            }
        }

        private void unknown(String key) {
            List<String> names =
                    WarmingSettingTable.all().stream().map(WarmingSetting::name).toList();
            String nearest =
                    SettingTypes.nearest(key.substring(PREFIX.length()), names).orElseThrow();
            problems.add(new SettingProblem(
                    key,
                    "is not a setting of Hearth's warming",
                    "the nearest is " + PREFIX + nearest + "; those of tasks begin with " + TASK));
        }
    }

    static SettingProblem malformed(String place, SettingType<?> type, Object given, IllegalArgumentException reason) {
        return new SettingProblem(
                place,
                "is " + type.show(given) + ", " + reason.getMessage(),
                "it must be " + type.legal() + ", for example " + type.example());
    }
}
