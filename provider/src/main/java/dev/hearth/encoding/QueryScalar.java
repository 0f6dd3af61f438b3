package dev.hearth.encoding;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The JDK's value classes as parameters of queries. Other than in the keys of entities, an {@code Integer} differs from a
 * {@code Long} and 1.0 from 1.00, since Hibernate tells such parameters apart.
 */
final class QueryScalar {
    /* Tags are part of what other nodes read: one is never reused. Below 64 are those of KeyScalar, from 96 on those of
     * QueryValues. */
    private static final Map<Class<?>, QueryScalar> ALL = new HashMap<>();

    static {
        add(64, Byte.class, (value, out) -> out.octet(value));
        add(65, Short.class, (value, out) -> out.signed(value));
        add(66, Integer.class, (value, out) -> out.signed(value));
        add(67, Long.class, (value, out) -> out.signed(value));
        add(68, BigInteger.class, (value, out) -> out.block(value.toByteArray()));
        add(69, BigDecimal.class, QueryScalar::writeDecimal);
        add(70, Period.class, QueryScalar::writePeriod);
        add(71, YearMonth.class, (value, out) -> out.signed(value.getYear()).octet(value.getMonthValue()));
        add(72, MonthDay.class, (value, out) -> out.octet(value.getMonthValue()).octet(value.getDayOfMonth()));
        add(73, URI.class, (value, out) -> out.text(value.toString()));
        add(74, BitSet.class, (value, out) -> out.block(value.toByteArray()));
        add(75, boolean[].class, QueryScalar::writeBooleans);
        add(76, char[].class, (value, out) -> out.text(new String(value)));
        add(77, short[].class, QueryScalar::writeShorts);
        add(78, int[].class, QueryScalar::writeInts);
        add(79, long[].class, QueryScalar::writeLongs);
        add(80, float[].class, QueryScalar::writeFloats);
        add(81, double[].class, QueryScalar::writeDoubles);
    }

    /* Those that an entity's key tells apart as exactly as Hibernate does, tag included. */
    private static final Map<Class<?>, KeyScalar> AS_IN_KEYS = Map.ofEntries(
            entry(Boolean.class, KeyScalar.BOOLEAN),
            entry(Float.class, KeyScalar.FLOAT),
            entry(Double.class, KeyScalar.DOUBLE),
            entry(Character.class, KeyScalar.CHARACTER),
            entry(String.class, KeyScalar.TEXT),
            entry(byte[].class, KeyScalar.BYTES),
            entry(UUID.class, KeyScalar.UNIQUE_ID),
            entry(LocalDate.class, KeyScalar.LOCAL_DATE),
            entry(LocalTime.class, KeyScalar.LOCAL_TIME),
            entry(LocalDateTime.class, KeyScalar.LOCAL_DATE_TIME),
            entry(Instant.class, KeyScalar.INSTANT),
            entry(OffsetDateTime.class, KeyScalar.OFFSET_DATE_TIME),
            entry(OffsetTime.class, KeyScalar.OFFSET_TIME),
            entry(ZonedDateTime.class, KeyScalar.ZONED_DATE_TIME),
            entry(Duration.class, KeyScalar.DURATION),
            entry(Year.class, KeyScalar.YEAR),
            entry(ZoneOffset.class, KeyScalar.ZONE_OFFSET),
            entry(ZoneId.of("Europe/Berlin").getClass(), KeyScalar.ZONE_ID),
            entry(Currency.class, KeyScalar.CURRENCY),
            entry(Locale.class, KeyScalar.LOCALE),
            entry(Class.class, KeyScalar.CLASS),
            entry(URL.class, KeyScalar.LOCATION),
            entry(Inet4Address.class, KeyScalar.ADDRESS),
            entry(Inet6Address.class, KeyScalar.ADDRESS));

    private final int tag;
    private final BiConsumer<Object, KeyBytes> fields;

    private QueryScalar(int tag, BiConsumer<Object, KeyBytes> fields) {
        this.tag = tag;
        this.fields = fields;
    }

    /** Appends a value of one of these very classes, or returns false and appends nothing. */
    static boolean write(Object value, KeyBytes out) {
        KeyScalar asInKeys = AS_IN_KEYS.get(value.getClass());
        if (asInKeys != null) {
            asInKeys.write(value, out);
            return true;
        }
        QueryScalar scalar = ALL.get(value.getClass());
        if (scalar == null) {
            return false;
        }
        scalar.fields.accept(value, out.octet(scalar.tag));
        return true;
    }

    private static <T> void add(int tag, Class<T> type, BiConsumer<T, KeyBytes> fields) {
        ALL.put(type, new QueryScalar(tag, (value, out) -> fields.accept(type.cast(value), out)));
    }

    private static void writeDecimal(BigDecimal value, KeyBytes out) {
        out.signed(value.scale()).block(value.unscaledValue().toByteArray());
    }

    private static void writePeriod(Period value, KeyBytes out) {
        out.signed(value.getYears()).signed(value.getMonths()).signed(value.getDays());
    }

    private static void writeBooleans(boolean[] values, KeyBytes out) {
        out.unsigned(values.length);
        for (boolean value : values) {
            out.octet(value ? 1 : 0);
        }
    }

    private static void writeShorts(short[] values, KeyBytes out) {
        out.unsigned(values.length);
        for (short value : values) {
            out.signed(value);
        }
    }

    private static void writeInts(int[] values, KeyBytes out) {
        out.unsigned(values.length);
        for (int value : values) {
            out.signed(value);
        }
    }

    private static void writeLongs(long[] values, KeyBytes out) {
        out.unsigned(values.length);
        for (long value : values) {
            out.signed(value);
        }
    }

    private static void writeFloats(float[] values, KeyBytes out) {
        out.unsigned(values.length);
        for (float value : values) {
            out.signed(Float.floatToIntBits(value));
        }
    }

    private static void writeDoubles(double[] values, KeyBytes out) {
        out.unsigned(values.length);
        for (double value : values) {
            out.fixed(Double.doubleToLongBits(value));
        }
    }
}
