package dev.hearth.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** The kinds of values that Hearth's settings take, for modules with settings of their own. */
public final class SettingTypes {
    private SettingTypes() {}

    /** Durations as text such as {@code 500ms} or {@code 15m}, both bounds legal. */
    public static SettingType<Duration> duration(String minimum, String maximum, String example) {
        return Durations.from(minimum, maximum, example);
    }

    /** Whole numbers, both bounds legal. */
    public static SettingType<Integer> count(int minimum, int maximum, String example) {
        return Numbers.count(minimum, maximum, example);
    }

    /** Numbers, both bounds legal. */
    public static SettingType<Double> fraction(double minimum, double maximum, String example) {
        return Numbers.fraction(minimum, maximum, example);
    }

    /** The constants of an enum, in lower or upper case, with hyphens or underscores. */
    public static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        return new ChoiceType<>(type);
    }

    public static SettingType<Boolean> flag() {
        return new FlagType();
    }

    /** The name that a misspelt one is nearest to; empty if there are none. */
    public static Optional<String> nearest(String given, Collection<String> names) {
        return NearestName.to(given, names);
    }
}
