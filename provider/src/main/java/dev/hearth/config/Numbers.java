package dev.hearth.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counts, fractions and sizes as text. A size is in bytes unless it names a unit. */
final class Numbers {
    private static final Pattern AMOUNT_AND_UNIT =
            Pattern.compile("(\\d{1,18})\\s*(B|KB|KiB|MB|MiB|GB|GiB)", Pattern.CASE_INSENSITIVE);
    private static final int KIB = 1024;
    private static final int MIB = KIB * KIB;
    private static final Map<String, Long> UNITS = Map.of(
            "b", 1L,
            "kb", 1_000L,
            "kib", (long) KIB,
            "mb", 1_000_000L,
            "mib", (long) MIB,
            "gb", 1_000_000_000L,
            "gib", (long) MIB * KIB);

    private Numbers() {}

    static RangeType<Integer> count(int minimum, int maximum, String example) {
        return new RangeType<>(
                Integer.class, "a whole number", Numbers::readCount, String::valueOf, minimum, maximum, example);
    }

    static SettingType<Double> fraction(double minimum, double maximum, String example) {
        return new RangeType<>(
                Double.class, "a number", Numbers::readFraction, Numbers::writeFraction, minimum, maximum, example);
    }

    static RangeType<Integer> size(String minimum, String maximum, String example) {
        return new RangeType<>(
                Integer.class,
                "a size",
                Numbers::readSize,
                Numbers::writeSize,
                sizeOf(minimum),
                sizeOf(maximum),
                example);
    }

    static int sizeOf(String text) {
        Integer size = readSize(text);
        if (size == null) throw new IllegalArgumentException(text);
        return size;
    }

    private static @Nullable Integer readCount(Object given) {
        if (given instanceof Number number) return new BigDecimal(number.toString()).intValueExact();
        return given instanceof String text ? Integer.valueOf(text) : null;
    }

    private static @Nullable Double readFraction(Object given) {
        if (given instanceof Number number) return number.doubleValue();
        return given instanceof String text ? Double.valueOf(new BigDecimal(text).doubleValue()) : null;
    }

    private static String writeFraction(double fraction) {
        return Double.isFinite(fraction)
                ? new BigDecimal(String.valueOf(fraction)).stripTrailingZeros().toPlainString()
                : String.valueOf(fraction);
    }

    private static @Nullable Integer readSize(Object given) {
        if (!(given instanceof String text)) return readCount(given);
        Matcher matcher = AMOUNT_AND_UNIT.matcher(text);
        if (!matcher.matches()) return Integer.valueOf(text);
        Long unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        return unit == null ? null : Math.toIntExact(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    }

    private static String writeSize(int bytes) {
        if (bytes != 0 && bytes % MIB == 0) return bytes / MIB + "MiB";
        if (bytes != 0 && bytes % KIB == 0) return bytes / KIB + "KiB";
        return bytes + "B";
    }
}
