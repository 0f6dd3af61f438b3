package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.encoding.KeyKinds.Sku;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.MappingException;
import org.hibernate.cache.CacheException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of ids that are one attribute: readable where plain, one for equal ids, different for different ones. */
final class KeyScalarTest {
    private static KeyFactoryFixture kinds;

    @BeforeAll
    static void build() {
        kinds = new KeyFactoryFixture(KeyKinds.ENTITIES);
    }

    @AfterAll
    static void close() {
        kinds.close();
    }

    private static String key(Class<?> entity, Object id) {
        return kinds.entity(entity).encode(id, null);
    }

    private static String naturalKey(Class<?> entity, Object id) {
        return kinds.naturalId(entity).encode(id, null);
    }

    @Test
    void plainIdsAreReadable() {
        assertThat(key(KeyKinds.LongId.class, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(key(KeyKinds.IntegerId.class, 42)).isEqualTo("42");
        assertThat(key(KeyKinds.BigIntegerId.class, BigInteger.TWO.pow(80))).isEqualTo("1208925819614629174706176");
        assertThat(key(KeyKinds.BigDecimalId.class, new BigDecimal("-1.50"))).isEqualTo("-15E-1");
        assertThat(key(KeyKinds.BooleanId.class, true)).isEqualTo("true");
        assertThat(key(KeyKinds.CharacterId.class, 'x')).isEqualTo("x");
        assertThat(key(KeyKinds.StringId.class, "Order-7_b.c")).isEqualTo("Order-7_b.c");
        assertThat(key(KeyKinds.UuidId.class, new UUID(1, 2))).isEqualTo("00000000-0000-0001-0000-000000000002");
        assertThat(key(KeyKinds.LocalDateId.class, LocalDate.of(2024, 1, 15))).isEqualTo("2024-01-15");
        assertThat(key(KeyKinds.CurrencyId.class, Currency.getInstance("EUR"))).isEqualTo("EUR");
        assertThat(key(KeyKinds.EnumId.class, KeyModel.Colour.GREEN)).isEqualTo("GREEN");
        assertThat(naturalKey(KeyKinds.ConvertedId.class, new Sku("ab", 7))).isEqualTo("ab-7");
        assertThat(naturalKey(KeyKinds.UserTypeId.class, new Sku("ab", 7))).isEqualTo("ab-7");
        assertThat(key(KeyKinds.JavaTypeId.class, new Sku("ab", 7))).isEqualTo("ab-7");
    }

    @Test
    void decimalsOfOneValueAreOneKeyWhateverTheirScale() {
        assertThat(Stream.of("1", "1.0", "1.00", "10E-1", "0.1E+1")
                        .map(text -> key(KeyKinds.BigDecimalId.class, new BigDecimal(text))))
                .containsOnly("1");
        assertThat(key(KeyKinds.BigDecimalId.class, new BigDecimal("0.000"))).isEqualTo("0");
        assertThat(key(KeyKinds.BigDecimalId.class, new BigDecimal("1000"))).isEqualTo("1E3");
        assertThat(key(KeyKinds.BigDecimalId.class, new BigDecimal("1E+1000000000")))
                .isEqualTo("1E1000000000");
        assertThat(key(KeyKinds.BigDecimalId.class, BigDecimal.TEN.pow(200).subtract(BigDecimal.ONE)))
                .startsWith("!");
    }

    @Test
    void momentsOfOneInstantAreOneKeyWhateverTheirClassAndOffset() {
        Timestamp timestamp = Timestamp.from(Instant.ofEpochSecond(-2, 500_000_000));
        Date date = new Date(-1500);

        assertThat(key(KeyKinds.DateId.class, timestamp)).isEqualTo(key(KeyKinds.DateId.class, date));
        assertThat(key(KeyKinds.TimestampId.class, timestamp)).isEqualTo(key(KeyKinds.TimestampId.class, date));
        OffsetDateTime moment = OffsetDateTime.parse("2024-01-15T10:00:00+02:00");
        assertThat(key(KeyKinds.OffsetDateTimeId.class, moment))
                .isEqualTo(key(KeyKinds.OffsetDateTimeId.class, moment.withOffsetSameInstant(ZoneOffset.UTC)))
                .isNotEqualTo(key(KeyKinds.OffsetDateTimeId.class, moment.withOffsetSameLocal(ZoneOffset.UTC)));
        ZonedDateTime zoned = moment.atZoneSameInstant(ZoneId.of("Europe/Paris"));
        assertThat(key(KeyKinds.ZonedDateTimeId.class, zoned))
                .isEqualTo(key(KeyKinds.ZonedDateTimeId.class, zoned.withZoneSameInstant(ZoneId.of("Asia/Tokyo"))));
    }

    @Test
    void aTimestampsNanosecondsCount() {
        Timestamp finer = Timestamp.from(Instant.ofEpochSecond(5, 1));

        assertThat(key(KeyKinds.DateId.class, finer)).isNotEqualTo(key(KeyKinds.DateId.class, new Date(5000)));
        assertThat(key(KeyKinds.TimestampId.class, finer))
                .isNotEqualTo(key(KeyKinds.TimestampId.class, new Timestamp(5000)));
    }

    @Test
    void aMomentWrittenAsTextKeepsItsOffset() {
        OffsetDateTime moment = OffsetDateTime.parse("2024-01-15T10:00:00+02:00");

        assertThat(naturalKey(KeyKinds.WrittenMomentId.class, moment))
                .isNotEqualTo(naturalKey(KeyKinds.WrittenMomentId.class, moment.withOffsetSameInstant(ZoneOffset.UTC)));
    }

    @Test
    void daysAreWhatTheZonesCalendarShows() {
        Date morning = Timestamp.valueOf("2024-01-15 00:00:01");
        Date evening = Timestamp.valueOf("2024-01-15 23:59:59");

        assertThat(key(KeyKinds.DayId.class, morning)).isEqualTo("2024-01-15");
        assertThat(key(KeyKinds.DayId.class, evening)).isEqualTo("2024-01-15");
        assertThat(key(KeyKinds.SqlDateId.class, java.sql.Date.valueOf("2024-01-15")))
                .isEqualTo("2024-01-15");
        assertThat(key(KeyKinds.SqlDateId.class, LocalDate.of(2024, 1, 15))).isEqualTo("2024-01-15");
        assertThat(key(KeyKinds.CalendarDayId.class, calendar("Asia/Tokyo", 23)))
                .isEqualTo("2024-01-15");
    }

    @Test
    void timesOfDayAreWhatTheZonesClockShows() {
        assertThat(key(KeyKinds.SqlTimeId.class, Time.valueOf("10:00:00")))
                .isEqualTo(key(KeyKinds.SqlTimeId.class, LocalTime.of(10, 0)))
                .isNotEqualTo(key(KeyKinds.SqlTimeId.class, Time.valueOf("10:00:01")));
    }

    @Test
    void timesOfDayFollowTheZoneInWhichHibernateBindsThem() {
        Map<String, Object> tokyo = Map.of("hibernate.jdbc.time_zone", "Asia/Tokyo");
        try (KeyFactoryFixture zoned = new KeyFactoryFixture(List.of(KeyKinds.SqlTimeId.class), tokyo)) {
            assertThat(zoned.entity(KeyKinds.SqlTimeId.class).encode(new Time(0), null))
                    .isEqualTo(key(KeyKinds.LocalTimeId.class, LocalTime.of(9, 0)));
        }
    }

    @Test
    void calendarsAreTheirFieldsUnlessTheColumnKeepsMoments() {
        Calendar paris = calendar("Europe/Paris", 10);
        Calendar tokyo = calendar("Asia/Tokyo", 10);
        Calendar sameMoment = calendar("Asia/Tokyo", 18);

        assertThat(key(KeyKinds.CalendarId.class, paris)).isEqualTo(key(KeyKinds.CalendarId.class, tokyo));
        assertThat(key(KeyKinds.CalendarId.class, paris)).isNotEqualTo(key(KeyKinds.CalendarId.class, sameMoment));
        assertThat(key(KeyKinds.CalendarMomentId.class, paris))
                .isEqualTo(key(KeyKinds.CalendarMomentId.class, sameMoment))
                .isNotEqualTo(key(KeyKinds.CalendarMomentId.class, tokyo));
    }

    private static Calendar calendar(String zone, int hour) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.ROOT);
        calendar.clear();
        calendar.set(2024, Calendar.JANUARY, 15, hour, 0, 0);
        return calendar;
    }

    static Stream<List<Object>> differentIds() throws Exception {
        Instant instant = Instant.parse("2024-01-15T10:00:00Z");
        LocalDateTime local = LocalDateTime.of(2024, 1, 15, 10, 0);
        return Stream.of(
                List.of(KeyKinds.LongId.class, 0L, 1L, -1L, 10L, Long.MAX_VALUE, Long.MIN_VALUE),
                List.of(KeyKinds.ShortId.class, (short) 0, (short) -1, Short.MAX_VALUE),
                List.of(KeyKinds.ByteId.class, (byte) 0, (byte) -1, Byte.MAX_VALUE),
                List.of(KeyKinds.BigIntegerId.class, BigInteger.ZERO, BigInteger.TWO.pow(63), BigInteger.TWO.pow(1000)),
                List.of(KeyKinds.FloatId.class, 0f, 1f, -1f, Float.MIN_VALUE, Float.NaN),
                List.of(KeyKinds.DoubleId.class, 0d, 1d, -1d, 2e23, Double.MIN_VALUE, Double.NaN),
                List.of(KeyKinds.BooleanId.class, true, false),
                List.of(KeyKinds.CharacterId.class, 'a', ':', '%', ' ', '\0', '\uD800', '\uDC00', '\u00E9'),
                List.of(KeyKinds.BytesId.class, new byte[0], new byte[1], new byte[2], new byte[200], new byte[201]),
                List.of(KeyKinds.CharsId.class, "".toCharArray(), "a".toCharArray(), "%".toCharArray()),
                List.of(
                        KeyKinds.LocaleId.class,
                        Locale.ROOT,
                        Locale.FRENCH,
                        Locale.CANADA_FRENCH,
                        Locale.forLanguageTag("zh-Hant"),
                        new Locale("", "", "Hant"),
                        Locale.forLanguageTag("th-TH-u-nu-thai"),
                        Locale.forLanguageTag("th-TH-x-lvariant-TH")),
                List.of(KeyKinds.TimeZoneId.class, TimeZone.getTimeZone("UTC"), TimeZone.getTimeZone("GMT+02:00")),
                List.of(KeyKinds.ZoneIdId.class, ZoneId.of("UTC"), ZoneOffset.UTC, ZoneId.of("UTC+1")),
                List.of(KeyKinds.ZoneOffsetId.class, ZoneOffset.UTC, ZoneOffset.ofHours(1), ZoneOffset.ofHours(-1)),
                List.of(
                        KeyKinds.UrlId.class,
                        URI.create("http://a.invalid/x").toURL(),
                        URI.create("http://a.invalid/y").toURL()),
                List.of(
                        KeyKinds.AddressId.class,
                        InetAddress.getByName("10.0.0.1"),
                        InetAddress.getByName("10.0.0.2"),
                        InetAddress.getByName("::1")),
                List.of(KeyKinds.DurationId.class, Duration.ZERO, Duration.ofNanos(1), Duration.ofNanos(-1)),
                List.of(KeyKinds.YearId.class, Year.of(0), Year.of(2024), Year.of(-2024)),
                List.of(KeyKinds.InstantId.class, instant, instant.plusNanos(1), Instant.MIN, Instant.MAX),
                List.of(KeyKinds.LocalDateId.class, LocalDate.EPOCH, LocalDate.MIN, LocalDate.MAX),
                List.of(KeyKinds.LocalTimeId.class, LocalTime.MIDNIGHT, LocalTime.NOON, LocalTime.MAX),
                List.of(KeyKinds.LocalDateTimeId.class, local, local.plusNanos(1), LocalDateTime.MIN),
                List.of(
                        KeyKinds.OffsetTimeId.class,
                        OffsetTime.parse("10:00+01:00"),
                        OffsetTime.parse("09:00Z"),
                        OffsetTime.parse("10:00Z")),
                List.of(KeyKinds.EnumId.class, KeyModel.Colour.RED, KeyModel.Colour.GREEN),
                List.of(KeyKinds.JavaTypeId.class, new Sku("a", 1), new Sku("a", 2), new Sku("", 1)));
    }

    @ParameterizedTest
    @MethodSource("differentIds")
    void differentIdsHaveDifferentKeys(List<Object> entityThenIds) {
        KeyEncoder encoder = kinds.entity((Class<?>) entityThenIds.get(0));

        List<String> keys = entityThenIds.stream()
                .skip(1)
                .map(id -> encoder.encode(id, null))
                .toList();

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[A-Za-z0-9_.%-]+|[~!][A-Za-z0-9_-]+"));
    }

    static Stream<List<Object>> equalIds() {
        Timestamp timestamp = Timestamp.from(Instant.ofEpochSecond(-2, 500_000_000));
        return Stream.of(
                List.of(KeyKinds.BigDecimalId.class, new BigDecimal("1"), new BigDecimal("1.0"), new BigDecimal("2")),
                List.of(KeyKinds.DateId.class, timestamp, new Date(-1500), new Date(-1499)),
                List.of(
                        KeyKinds.CalendarId.class,
                        calendar("Europe/Paris", 10),
                        calendar("Asia/Tokyo", 10),
                        calendar("Asia/Tokyo", 18)),
                List.of(KeyKinds.CalendarDayId.class, calendar("Europe/Paris", 1), calendar("Asia/Tokyo", 23)),
                List.of(
                        KeyKinds.DayId.class,
                        Timestamp.valueOf("2024-01-15 00:00:01"),
                        Timestamp.valueOf("2024-01-15 23:59:59"),
                        Timestamp.valueOf("2024-01-16 00:00:00")),
                List.of(KeyKinds.DoubleId.class, Double.NaN, 0d / 0d, 0d, -0d),
                List.of(KeyKinds.BytesId.class, new byte[] {1}, new byte[] {1}, new byte[] {2}));
    }

    @ParameterizedTest
    @MethodSource({"equalIds", "differentIds"})
    void idsHaveOneKeyIfHibernateHoldsThemForEqual(List<Object> entityThenIds) {
        Class<?> entity = (Class<?>) entityThenIds.get(0);
        List<Object> ids = entityThenIds.subList(1, entityThenIds.size());
        for (Object one : ids) {
            for (Object other : ids) {
                assertThat(key(entity, one).equals(key(entity, other)))
                        .as("%s and %s", one, other)
                        .isEqualTo(kinds.idType(entity).isEqual(one, other));
            }
        }
    }

    @Test
    void idsOfARelatedClassAreMadeTheAttributesOwn() {
        assertThat(key(KeyKinds.LongId.class, 5)).isEqualTo("5");
        assertThat(key(KeyKinds.LongId.class, (short) 5)).isEqualTo("5");
        assertThat(key(KeyKinds.LongId.class, BigInteger.valueOf(5))).isEqualTo("5");
        assertThat(key(KeyKinds.LongId.class, "5")).isEqualTo("5");
        assertThat(key(KeyKinds.IntegerId.class, 5L)).isEqualTo("5");
        assertThat(key(KeyKinds.IntegerId.class, 1L << 32)).isEqualTo("4294967296");
        assertThat(key(KeyKinds.UuidId.class, new UUID(0, 1).toString())).isEqualTo(new UUID(0, 1).toString());
        assertThat(key(KeyKinds.InstantId.class, new Date(5)))
                .isEqualTo(key(KeyKinds.InstantId.class, Instant.ofEpochMilli(5)));
    }

    @Test
    void anIdThatDoesNotFitIsRefusedByTheAttributesName() {
        for (Object misfit : List.of(new Object(), "five")) {
            assertThatThrownBy(() -> key(KeyKinds.LongId.class, misfit))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining(KeyKinds.LongId.class.getName() + ".id")
                    .hasMessageContaining("java.lang.Long")
                    .hasMessageContaining(misfit.getClass().getName());
        }
    }

    @Test
    void hebrewIsOneLanguageUnderItsOldCodeAndItsNew() {
        assertThat(key(KeyKinds.LocaleId.class, new Locale("iw")))
                .isEqualTo(key(KeyKinds.LocaleId.class, new Locale("he")));
    }

    @Test
    void aUserTypeThatDoesNotDisassembleIsRefusedByTheAttributesName() {
        KeyEncoder encoder = kinds.naturalId(KeyKinds.UndividedUserTypeId.class);

        assertThatThrownBy(encoder::resolve)
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(KeyKinds.UndividedUserTypeId.class.getName() + ".sku has type")
                .hasMessageContaining("UserType.disassemble");
    }

    @Test
    void typesWithoutACanonicalFormAreRefusedByTheAttributesNameAndAWayOut() {
        try (KeyFactoryFixture refused = new KeyFactoryFixture(KeyKinds.REFUSED)) {
            for (Class<?> entity : KeyKinds.REFUSED) {
                KeyEncoder encoder = refused.entity(entity);
                assertThatThrownBy(encoder::resolve)
                        .isInstanceOf(MappingException.class)
                        .hasMessageContaining(entity.getName() + ".id has type")
                        .hasMessageContaining("AttributeConverter");
            }
        }
    }
}
