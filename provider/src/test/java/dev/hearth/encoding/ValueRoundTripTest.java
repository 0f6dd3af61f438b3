package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.hearth.encoding.EncodingException.Reason;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete"})
class ValueRoundTripTest {
    enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "L";
            }
        }
    }

    record Pair(String left, long right, Size size) {}

    static class Base {
        private int hidden = 1;
    }

    static final class Derived extends Base {
        private final List<Pair> parts = new ArrayList<>();
        private Derived next;
        private transient String skipped = "set by the constructor";

        private Derived() {}
    }

    private final ValueCodecFixture values =
            ValueCodecFixture.of(Size.class, Pair.class, Derived.class, DayOfWeek.class);

    @ParameterizedTest
    @MethodSource({"scalars", "times", "places", "arrays", "collections"})
    void aValueIsReadAsItWasWritten(Object value) {
        Object read = values.roundTrip(value);

        assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(value);
        assertThat(read.getClass()).isEqualTo(value.getClass());
    }

    static Stream<Object> scalars() {
        return Stream.of(
                true,
                false,
                Byte.MIN_VALUE,
                Short.MIN_VALUE,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Float.MAX_VALUE,
                -0.0f,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                '\uFFFF',
                "",
                "plain",
                "äöü€𝄞",
                "lone \uD800 surrogate",
                "\uDC00",
                "x".repeat(100_000),
                new BigInteger("-123456789012345678901234567890"),
                BigInteger.ZERO,
                new BigDecimal("0.00"),
                new BigDecimal("1E+10"),
                new BigDecimal("-12345678901234567890.123456789"),
                BigDecimal.valueOf(Long.MIN_VALUE, 3),
                new UUID(Long.MIN_VALUE, Long.MAX_VALUE),
                BitSet.valueOf(new long[] {5, 9}),
                Size.SMALL,
                Size.LARGE,
                DayOfWeek.FRIDAY,
                new Pair("a", 1, Size.LARGE),
                new Pair(null, -1, null),
                String.class,
                Size.class);
    }

    static Stream<Object> times() {
        Timestamp beforeTheEpoch = Timestamp.valueOf("1969-12-31 23:59:59.999999999");
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("GMT+05:30"), Locale.GERMANY);
        calendar.setTimeInMillis(-1);
        calendar.setLenient(false);
        calendar.setGregorianChange(new Date(Long.MIN_VALUE));
        return Stream.of(
                Instant.MIN,
                Instant.MAX,
                LocalDate.MIN,
                LocalDate.MAX,
                LocalTime.MAX,
                LocalDateTime.MIN,
                LocalDateTime.MAX,
                OffsetDateTime.MIN,
                OffsetDateTime.MAX.toOffsetTime(),
                ZonedDateTime.of(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.MAX),
                ZoneId.of("UTC+01:00"),
                ZoneId.of("America/New_York"),
                ZoneOffset.ofTotalSeconds(-1),
                Duration.ofSeconds(Long.MIN_VALUE, 1),
                Period.of(-1, 20, Integer.MAX_VALUE),
                Year.of(-999_999_999),
                YearMonth.of(2026, 2),
                MonthDay.of(2, 29),
                new Date(Long.MIN_VALUE),
                new java.sql.Date(1),
                new java.sql.Time(2),
                beforeTheEpoch,
                calendar,
                TimeZone.getTimeZone("Asia/Tokyo"),
                TimeZone.getTimeZone("GMT-03:30"));
    }

    static Stream<Object> places() throws Exception {
        byte[] linkLocal = new byte[16];
        linkLocal[0] = (byte) 0xfe;
        linkLocal[1] = (byte) 0x80;
        linkLocal[15] = 1;
        return Stream.of(
                Locale.ROOT,
                Locale.forLanguageTag("sr-Latn-RS-u-ca-buddhist"),
                new Locale("no", "NO", "NY"),
                new Locale("xx", "YY", "ill formed"),
                Currency.getInstance("XAU"),
                new URL("ftp://user@example.org:21/path"),
                URI.create("urn:isbn:0451450523"),
                InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
                InetAddress.getByAddress("example.org", new byte[] {10, 0, 0, 1}),
                Inet6Address.getByAddress(null, linkLocal, 3));
    }

    static Stream<Arguments> arrays() {
        return Stream.<Object>of(
                        new Object[] {1L, null, "x", new Object[] {2, new Object[0]}},
                        new Serializable[] {1, "a", null},
                        new String[] {"a", null},
                        new String[][] {{"a"}, null, {}},
                        new Integer[] {1, null},
                        new Byte[] {1},
                        new Character[] {'c'},
                        new Size[] {Size.LARGE, null},
                        new Pair[][][] {{{new Pair("", 0, null)}}},
                        new LocalDate[] {LocalDate.EPOCH},
                        new byte[] {1, -1},
                        new boolean[] {true, false},
                        new char[] {'a', '\uD800'},
                        new short[] {-1},
                        new int[] {Integer.MIN_VALUE},
                        new long[] {Long.MIN_VALUE},
                        new float[] {Float.MIN_VALUE},
                        new double[] {Double.MIN_VALUE},
                        new int[][] {{1}, {2, 3}},
                        new byte[0])
                .map(Arguments::of);
    }

    static Stream<Arguments> collections() {
        return Stream.of(
                argumentSet("array list", new ArrayList<>(Arrays.asList(1, null, "x"))),
                argumentSet("linked list", new LinkedList<>(List.of(1, 2))),
                argumentSet("hash set", new HashSet<>(Arrays.asList("a", null, Size.SMALL))),
                argumentSet("linked hash set", new LinkedHashSet<>(List.of(3, 1, 2))),
                argumentSet("tree set", new TreeSet<>(List.of("b", "a"))),
                argumentSet(
                        "hash map", new HashMap<>(Map.of("k", List.of(1, 2, 3).size()))),
                argumentSet("linked hash map", new LinkedHashMap<>(Map.of("k", Size.LARGE))),
                argumentSet("tree map", new TreeMap<>(Map.of(1, "one", 2, "two"))),
                argumentSet("enum set", EnumSet.of(Size.LARGE)),
                argumentSet("empty enum set", EnumSet.noneOf(Size.class)));
    }

    @Test
    void collectionsThatCannotBeChangedStayEqualAndUnchangeable() {
        List<Object> unmodifiable = List.of(
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Collections.emptyList(),
                Collections.singletonList(null),
                Collections.unmodifiableList(new LinkedList<>(List.of(1))),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Collections.unmodifiableSet(new HashSet<>(Set.of(4))),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, 4),
                Collections.unmodifiableMap(new HashMap<>(Map.of(5, 6))));

        assertThat(values.roundTrip(unmodifiable)).isEqualTo(unmodifiable);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<?>) values.roundTrip(unmodifiable)).clear());
        assertThat(values.roundTrip(Arrays.asList(1, null))).isEqualTo(Arrays.asList(1, null));
    }

    @Test
    void placeholdersComeBackAsThemselves() {
        Object[] read = (Object[]) values.roundTrip(new Object[] {
            LazyPropertyInitializer.UNFETCHED_PROPERTY, PropertyAccessStrategyBackRefImpl.UNKNOWN, null
        });

        assertThat(read[0]).isSameAs(LazyPropertyInitializer.UNFETCHED_PROPERTY);
        assertThat(read[1]).isSameAs(PropertyAccessStrategyBackRefImpl.UNKNOWN);
        assertThat(read[2]).isNull();
    }

    @Test
    void anObjectComesBackWithItsFieldsAndThoseOfItsSuperclass() {
        Derived value = new Derived();
        ((Base) value).hidden = 5;
        value.parts.add(new Pair("p", 1, null));
        value.next = new Derived();
        value.skipped = "changed";

        Derived read = (Derived) values.roundTrip(value);

        assertThat(((Base) read).hidden).isEqualTo(5);
        assertThat(read.parts).isEqualTo(value.parts);
        assertThat(read.next.next).isNull();
        assertThat(read.skipped).isEqualTo("set by the constructor");
    }

    @ParameterizedTest
    @MethodSource
    void whatCouldNotBeRestoredIsRefusedWhenItIsWritten(Object value) {
        assertThatExceptionOfType(EncodingException.class)
                .isThrownBy(() -> values.codec.seal(ValueCodecFixture.KEY, value))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_ENCODABLE));
    }

    static Stream<Object> whatCouldNotBeRestoredIsRefusedWhenItIsWritten() throws Exception {
        TreeSet<String> backwards = new TreeSet<>(Comparator.reverseOrder());
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return Stream.of(
                new Object(),
                new java.util.concurrent.atomic.AtomicLong(),
                Thread.State.NEW,
                new Thread.State[] {Thread.State.NEW},
                Thread.class,
                backwards,
                new SimpleTimeZone(1, "Mars"),
                new URL("jar:file:/a.jar!/b"),
                new HashSet<>(List.of(List.of(new URL("http://127.0.0.1/")))),
                BigDecimal.valueOf(1, Integer.MAX_VALUE),
                itself);
    }

    @Test
    void anEntryBeyondTheLimitIsRefusedAsTooLarge() {
        ValueCodecFixture small = ValueCodecFixture.with(new EntryLimits(1024, -1));

        assertThat(small.roundTrip("x".repeat(1000))).isEqualTo("x".repeat(1000));
        for (int length : new int[] {1023, 5000, 10_000_000}) {
            assertThatExceptionOfType(EncodingException.class)
                    .isThrownBy(() -> small.codec.seal(ValueCodecFixture.KEY, "x".repeat(length)))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE))
                    .withMessageContaining("1024");
        }
    }

    @Test
    void manyThreadsShareOneCodec() {
        List<Object> state = List.of(1L, "text", new Pair("a", 2, Size.SMALL), Instant.EPOCH);

        assertThat(Stream.generate(() -> state).limit(20_000).parallel().allMatch(s -> s.equals(values.roundTrip(s))))
                .isTrue();
    }
}
