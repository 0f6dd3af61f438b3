package dev.hearth.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as text: a whole number with a unit, or ISO-8601. */
final class Durations {
    private static final Pattern AMOUNT_AND_UNIT =
            Pattern.compile("(\\d{1,18})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {}

    static SettingType<Duration> from(String minimum, String maximum, String example) {
        return new RangeType<>(
                Duration.class, "a duration", Durations::read, Durations::write, of(minimum), of(maximum), example);
    }

    static Duration of(String text) {
        Duration duration = read(text);
        if (duration == null) throw new IllegalArgumentException(text);
        return duration;
    }

    static String write(Duration duration) {
        if (duration.toNanosPart() % 1_000_000 != 0) return duration.toString();
        if (duration.toMillisPart() != 0 || duration.isZero()) return duration.toMillis() + "ms";
        if (duration.toSecondsPart() != 0) return duration.toSeconds() + "s";
        if (duration.toMinutesPart() != 0) return duration.toMinutes() + "m";
        if (duration.toHoursPart() != 0) return duration.toHours() + "h";
        return duration.toDays() + "d";
    }

    private static @Nullable Duration read(Object given) {
        if (given instanceof Duration duration) return duration;
        if (!(given instanceof String text)) return null;
        Matcher matcher = AMOUNT_AND_UNIT.matcher(text);
        if (!matcher.matches()) return Duration.parse(text);
        ChronoUnit unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        return unit == null ? null : Duration.of(Long.parseLong(matcher.group(1)), unit);
    }
}
