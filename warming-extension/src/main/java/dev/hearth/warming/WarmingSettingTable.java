package dev.hearth.warming;

import dev.hearth.config.SettingType;
import dev.hearth.config.SettingTypes;
import java.time.Duration;
import java.util.List;

/** Every setting of warming there is, but for those of single tasks. */
public final class WarmingSettingTable {
    static final WarmingSetting<Boolean> ENABLED =
            setting("enabled", SettingTypes.flag(), true, "Whether anything is warmed.");
    static final WarmingSetting<Integer> WORKERS = setting(
            "workers", SettingTypes.count(1, 64, "4"), 2, "How many tasks a node runs at a time, paused ones apart.");
    static final WarmingSetting<Integer> ROWS_PER_SECOND = setting(
            "rows-per-second",
            SettingTypes.count(0, 10_000_000, "5000"),
            0,
            "How many rows a node reads in a second; 0 for no limit.");
    static final WarmingSetting<Double> SLOW_FACTOR = setting(
            "slow-factor",
            SettingTypes.fraction(0, 1000, "5"),
            3.0,
            "How many times as long as the usual page of its run a page may take before warming pauses; 0 for any.");
    static final WarmingSetting<Duration> LEASE = setting(
            "lease",
            SettingTypes.duration("1s", "10m", "1m"),
            Duration.ofSeconds(30),
            "Until when a silent runner is taken for dead.");
    static final WarmingSetting<Duration> FRESHNESS = setting(
            "freshness",
            SettingTypes.duration("1s", "365d", "1h"),
            Duration.ofMinutes(10),
            "How old a success may be for a node that starts to skip the task, and a checkpoint to go on from.");
    static final WarmingSetting<Integer> ATTEMPTS = setting(
            "attempts", SettingTypes.count(1, 100, "3"), 5, "How often a run is tried before its task has failed.");
    static final WarmingSetting<Duration> FIRST_DELAY = setting(
            "first-delay",
            SettingTypes.duration("10ms", "1h", "5s"),
            Duration.ofSeconds(1),
            "The wait before the second attempt, give or take a half; each further wait is twice as long.");
    static final WarmingSetting<Duration> LONGEST_DELAY = setting(
            "longest-delay",
            SettingTypes.duration("10ms", "1d", "5m"),
            Duration.ofMinutes(1),
            "The wait beyond which waits between attempts grow no more.");
    static final WarmingSetting<Duration> WATCH_INTERVAL = setting(
            "watch-interval",
            SettingTypes.duration("100ms", "1h", "10s"),
            Duration.ofSeconds(5),
            "How often regions are looked at, for tasks that run where one was cleared or is cold.");
    static final WarmingSetting<Boolean> LEARN = setting(
            "learn",
            SettingTypes.flag(),
            false,
            "Whether nodes remember in Redis what was hot, and warm it at the next start.");
    static final WarmingSetting<Duration> LEARN_INTERVAL = setting(
            "learn-interval",
            SettingTypes.duration("1s", "1d", "10m"),
            Duration.ofMinutes(5),
            "How often a node adds to that what was hot since; it does when it closes as well.");
    static final WarmingSetting<Integer> LEARN_KEYS = setting(
            "learn-keys",
            SettingTypes.count(1, 10_000, "2000"),
            1_000,
            "How many keys of a region are remembered at the most.");
    static final WarmingSetting<Integer> LEARN_QUERIES = setting(
            "learn-queries", SettingTypes.count(1, 1_000, "200"), 100, "How many queries are remembered at the most.");
    static final WarmingSetting<Duration> LEARN_VALIDITY = setting(
            "learn-validity",
            SettingTypes.duration("1m", "365d", "30d"),
            Duration.ofDays(7),
            "After which all of it is forgotten, unless a node adds to it.");

    private static final List<WarmingSetting<?>> ALL = List.of(
            ENABLED,
            WORKERS,
            ROWS_PER_SECOND,
            SLOW_FACTOR,
            LEASE,
            FRESHNESS,
            ATTEMPTS,
            FIRST_DELAY,
            LONGEST_DELAY,
            WATCH_INTERVAL,
            LEARN,
            LEARN_INTERVAL,
            LEARN_KEYS,
            LEARN_QUERIES,
            LEARN_VALIDITY);

    private WarmingSettingTable() {}

    /** The settings, in the order in which a reader meets them. */
    public static List<WarmingSetting<?>> all() {
        return ALL;
    }

    /** What can be said of a task, behind {@code task.} and its name: {@code order-by}, for example. */
    public static List<String> taskProperties() {
        return TaskProperty.keys();
    }

    private static <T> WarmingSetting<T> setting(String name, SettingType<T> type, T usual, String description) {
        return new WarmingSetting<>(name, type, usual, description);
    }
}
