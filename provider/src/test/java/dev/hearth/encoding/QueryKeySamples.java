package dev.hearth.encoding;

import static dev.hearth.encoding.QueryKeyFixture.of;
import static dev.hearth.encoding.QueryKeyFixture.with;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DayOfWeek;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.hibernate.cache.spi.QueryKey;

/** Query keys that are easily mistaken for each other, with parameters of every kind. */
@SuppressWarnings("JavaUtilDate")
final class QueryKeySamples {
    private QueryKeySamples() {}

    enum Grade {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "LOW";
            }
        }
    }

    enum Height {
        LOW
    }

    record Box(Object content) {}

    record Crate(Object content) {}

    record Empty() {}

    static final class Plain {}

    static List<QueryKey> keys() {
        List<QueryKey> keys = new ArrayList<>(structures());
        values().forEach(value -> keys.add(with("tenant", value)));
        dates().forEach(value -> keys.add(with("tenant", value)));
        return keys;
    }

    /** Those whose digests are the same in every JVM. */
    static List<QueryKey> portableKeys() {
        List<QueryKey> keys = new ArrayList<>(structures());
        values().forEach(value -> keys.add(with("tenant", value)));
        return keys;
    }

    private static List<QueryKey> structures() {
        return List.of(
                with(),
                with((Object) null),
                with(null, null),
                with("ab", "c"),
                with("a", "bc"),
                with("abc"),
                with("abc", null),
                with(null, "abc"),
                with("", "abc"),
                with("a", "b"),
                with("b", "a"),
                with((Object) new Object[] {"a", "b"}),
                with(new Object[] {"a"}, "b"),
                with("a", new Object[] {"b"}),
                with(List.of("a", "b")),
                with(Set.of("a", "b")),
                with(Map.of("a", "b")),
                with(Map.of("b", "a")),
                of("select 2", null, null, List.of()),
                of("select 2", 0, null, List.of()),
                of("select 2", null, 0, List.of()),
                of("select 2", 1, 2, List.of()),
                of("select 2", 2, 1, List.of()),
                of("select 2", 12, null, List.of()),
                of("select 2", null, null, List.of("a")),
                of("select 2", null, null, List.of("a", "b")),
                of("select 2", null, null, List.of("ab")),
                of("select 2", null, null, List.of("a"), "b"),
                of("select 2", null, null, List.of(), "a", "b"),
                of("select 2 ", null, null, List.of()));
    }

    private static List<Object> values() {
        List<Object> values = new ArrayList<>(numbersAndTexts());
        values.addAll(containers());
        values.addAll(times());
        return values;
    }

    private static List<Object> numbersAndTexts() {
        return Arrays.asList(
                null,
                1,
                1L,
                (short) 1,
                (byte) 1,
                1f,
                1d,
                '1',
                "1",
                true,
                false,
                0,
                -1,
                -1L,
                0.0,
                -0.0,
                Double.NaN,
                0f,
                -0f,
                "",
                "0",
                "null",
                "\uD800",
                "?",
                "\u0130I\u0131i",
                BigInteger.ONE,
                new BigInteger("18446744073709551617"),
                BigDecimal.ONE,
                new BigDecimal("1.0"),
                new BigDecimal("1.00"),
                new BigDecimal("10E-1"),
                new BigDecimal("1E+1"),
                BigDecimal.TEN,
                new UUID(1, 2),
                new UUID(2, 1),
                Grade.LOW,
                Grade.HIGH,
                Height.LOW,
                DayOfWeek.MONDAY,
                "LOW",
                String.class,
                "java.lang.String",
                Currency.getInstance("EUR"),
                "EUR",
                Locale.GERMANY,
                Locale.GERMAN,
                Locale.forLanguageTag("de-DE-u-co-phonebk"),
                URI.create("urn:a"),
                address(10, 0, 0, 1));
    }

    private static List<Object> containers() {
        return List.of(
                new byte[0],
                new byte[] {1},
                new byte[] {1, 0},
                new char[] {'1'},
                new short[] {1},
                new int[] {1},
                new long[] {1},
                new float[] {1},
                new double[] {1},
                new boolean[] {true},
                new boolean[] {false},
                new Object[0],
                new Object[] {null},
                new Object[] {1, new Object[] {2, 3}},
                new Object[] {1, 2, new Object[] {3}},
                new int[][] {{1}, {2}},
                new int[][] {{1, 2}},
                List.of(),
                List.of(1),
                List.of(List.of(1)),
                Set.of(),
                Set.of(1),
                Set.of(1L),
                Set.of(1, 2),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2L),
                new Box(1),
                new Box(1L),
                new Crate(1),
                new Box(new Box(1)),
                new Empty(),
                BitSet.valueOf(new long[] {1}),
                BitSet.valueOf(new long[] {2}));
    }

    private static List<Object> times() {
        OffsetDateTime moment = OffsetDateTime.parse("2024-01-15T10:00:00+02:00");
        return List.of(
                moment,
                moment.withOffsetSameInstant(ZoneOffset.UTC),
                moment.toInstant(),
                moment.toLocalDateTime(),
                moment.toLocalDate(),
                moment.toLocalTime(),
                moment.toOffsetTime(),
                OffsetTime.parse("10:00:00+03:00"),
                moment.toZonedDateTime(),
                ZonedDateTime.parse("2024-01-15T10:00:00+02:00[Europe/Athens]"),
                ZonedDateTime.parse("2024-01-15T10:00:00+02:00[Europe/Kiev]"),
                Instant.EPOCH,
                Instant.ofEpochSecond(0, 1),
                LocalDate.EPOCH,
                LocalTime.MIDNIGHT,
                LocalDateTime.of(1970, 1, 1, 0, 0),
                Duration.ZERO,
                Period.ZERO,
                Period.ofDays(1),
                Period.ofMonths(1),
                Duration.ofDays(1),
                Year.of(2024),
                YearMonth.of(2024, 1),
                MonthDay.of(1, 24),
                ZoneOffset.UTC,
                ZoneId.of("UTC"),
                TimeZone.getTimeZone("UTC"),
                TimeZone.getTimeZone("GMT+02:00"),
                ZoneId.of("Europe/Athens"));
    }

    /** Those of the old kind, whose digests depend on the default time zone. */
    static List<Object> dates() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(86_400_000);
        GregorianCalendar elsewhere = (GregorianCalendar) calendar.clone();
        elsewhere.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
        Timestamp withNanos = new Timestamp(0);
        withNanos.setNanos(1);
        return List.of(
                new Date(86_400_001),
                new Date(86_400_002),
                new java.sql.Date(86_400_003),
                new java.sql.Date(86_400_004),
                new Time(86_400_005),
                new Timestamp(86_400_006),
                withNanos,
                calendar,
                elsewhere);
    }

    private static InetAddress address(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
