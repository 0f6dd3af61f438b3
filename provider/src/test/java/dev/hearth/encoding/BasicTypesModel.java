package dev.hearth.encoding;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URL;
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
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** One attribute of every basic type that Hibernate maps without help. */
@SuppressWarnings("JavaUtilDate")
final class BasicTypesModel {
    private BasicTypesModel() {}

    enum Status {
        NEW,
        PAID {
            @Override
            boolean isFinal() {
                return true;
            }
        };

        boolean isFinal() {
            return false;
        }
    }

    @Entity(name = "Basics")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    @Access(AccessType.FIELD)
    static class Basics {
        @Id
        long id;

        @Version
        int version;

        boolean flag;
        byte small;
        short shorter;
        int number;
        long large;
        float single;
        double precise;
        char letter;
        Boolean boxedFlag;
        Byte boxedSmall;
        Short boxedShorter;
        Integer boxedNumber;
        Long boxedLarge;
        Float boxedSingle;
        Double boxedPrecise;
        Character boxedLetter;
        String text;
        String absent;
        BigDecimal decimal;
        BigInteger integer;
        UUID uuid;
        Instant instant;
        LocalDate date;
        LocalTime time;
        LocalDateTime dateTime;
        OffsetDateTime offsetDateTime;
        OffsetTime offsetTime;
        ZonedDateTime zonedDateTime;
        Duration duration;
        Year year;
        ZoneId zone;
        ZoneOffset offset;

        @Temporal(TemporalType.TIMESTAMP)
        Date utilDate;

        @Temporal(TemporalType.DATE)
        Date utilDay;

        java.sql.Date sqlDate;
        Time sqlTime;
        Timestamp timestamp;

        @Temporal(TemporalType.TIMESTAMP)
        Calendar calendar;

        TimeZone timeZone;
        Locale locale;
        Currency currency;
        URL url;
        InetAddress address;
        Class<?> type;

        @Enumerated(EnumType.ORDINAL)
        Status status;

        @Enumerated(EnumType.STRING)
        Status named;

        byte[] bytes;

        Byte[] boxedBytes;

        char[] chars;

        Character[] boxedChars;

        int[] ints;
        long[] longs;
        short[] shorts;
        float[] floats;
        double[] doubles;
        boolean[] booleans;
        String[] texts;
        UUID[] uuids;
        LocalDate[] dates;
        Status[] statuses;
        List<String> list;
        Set<Integer> set;
        TreeSet<String> sorted;
        List<Status> statusList;
    }

    static Basics full(long id) {
        Basics it = new Basics();
        it.id = id;
        it.flag = true;
        it.small = -7;
        it.shorter = -30_000;
        it.number = Integer.MIN_VALUE;
        it.large = Long.MIN_VALUE;
        it.single = 1.5f;
        it.precise = -0.1;
        it.letter = 'ß';
        it.boxedFlag = Boolean.FALSE;
        it.boxedSmall = Byte.MAX_VALUE;
        it.boxedShorter = Short.MAX_VALUE;
        it.boxedNumber = 128;
        it.boxedLarge = 1L << 40;
        it.boxedSingle = Float.MIN_VALUE;
        it.boxedPrecise = Double.MAX_VALUE;
        it.boxedLetter = 'x';
        it.text = "Größe 📦 \u0000 end";
        it.decimal = new BigDecimal("1234.50");
        it.integer = BigInteger.TWO.pow(60);
        it.uuid = new UUID(1, -2);
        it.instant = Instant.parse("1999-12-31T23:59:59.123456Z");
        it.date = LocalDate.of(1815, 12, 10);
        it.time = LocalTime.of(23, 59, 58);
        it.dateTime = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 999_000);
        it.offsetDateTime = OffsetDateTime.parse("2026-03-29T02:30:00+05:30");
        it.offsetTime = OffsetTime.parse("10:15:30+01:00");
        it.zonedDateTime = ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Berlin]");
        it.duration = Duration.ofSeconds(-5, 7);
        it.year = Year.of(-44);
        it.zone = ZoneId.of("America/Sao_Paulo");
        it.offset = ZoneOffset.ofHoursMinutes(-3, -30);
        it.utilDate = new Date(1_700_000_000_123L);
        it.utilDay = java.sql.Date.valueOf("2020-02-29");
        it.sqlDate = java.sql.Date.valueOf("1970-01-02");
        it.sqlTime = Time.valueOf("12:34:56");
        it.timestamp = Timestamp.valueOf("2026-01-01 00:00:00.123456");
        it.calendar = new GregorianCalendar(2024, Calendar.FEBRUARY, 29, 12, 0, 1);
        it.timeZone = TimeZone.getTimeZone("Asia/Kathmandu");
        it.locale = Locale.forLanguageTag("zh-Hant-TW");
        it.currency = Currency.getInstance("JPY");
        it.url = url("https://example.org/a?b=c#d");
        it.address = address(127, 0, 0, 1);
        it.type = Status.class;
        it.status = Status.PAID;
        it.named = Status.NEW;
        it.bytes = new byte[] {0, -1, 127};
        it.boxedBytes = new Byte[] {1, 2};
        it.chars = new char[] {'a', 'Ω'};
        it.boxedChars = new Character[] {'b', 'c'};
        it.ints = new int[] {1, -1, Integer.MAX_VALUE};
        it.longs = new long[] {1, -1, Long.MAX_VALUE};
        it.shorts = new short[] {1, -1};
        it.floats = new float[] {1.5f, -2.5f};
        it.doubles = new double[] {1.5, -2.5};
        it.booleans = new boolean[] {true, false};
        it.texts = new String[] {"a", null, "c"};
        it.uuids = new UUID[] {new UUID(3, 4)};
        it.dates = new LocalDate[] {LocalDate.EPOCH};
        it.statuses = new Status[] {Status.PAID, Status.NEW};
        it.list = List.of("x", "y");
        it.set = Set.of(1, 2, 3);
        it.sorted = new TreeSet<>(Set.of("b", "a"));
        it.statusList = List.of(Status.PAID);
        return it;
    }

    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
