package dev.hearth.encoding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URL;
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
import java.util.Currency;
import java.util.Locale;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's value classes that keys may consist of. Each has its tag, which is part of what other nodes read: a tag is never
 * reused. Nothing here depends on the default locale, time zone or charset, nor on a hash code.
 */
enum KeyScalar implements KeyForm {
    BOOLEAN(2, Boolean.class, (value, out) -> out.octet(value ? 1 : 0), value -> value ? "true" : "false"),
    INTEGER(3, Number.class, KeyScalar::writeInteger, KeyScalar::integerText),
    DECIMAL(5, BigDecimal.class, KeyScalar::writeDecimal, KeyScalar::decimalText),
    // No text: how Double.toString rounds changed in JDK 19.
    FLOAT(6, Float.class, (value, out) -> out.fixed(Float.floatToIntBits(value)), null),
    DOUBLE(7, Double.class, (value, out) -> out.fixed(Double.doubleToLongBits(value)), null),
    CHARACTER(8, Character.class, (value, out) -> out.unsigned(value), value -> KeyText.escape(value.toString())),
    TEXT(9, String.class, (value, out) -> out.text(value), KeyText::escape),
    BYTES(10, byte[].class, (value, out) -> out.block(value), null),
    UNIQUE_ID(11, UUID.class, KeyScalar::writeUuid, UUID::toString),
    ENUM(12, Enum.class, (value, out) -> out.text(value.name()), value -> KeyText.escape(value.name())),
    LOCAL_DATE(13, LocalDate.class, (value, out) -> out.signed(value.toEpochDay()), KeyScalar::dateText),
    LOCAL_TIME(14, LocalTime.class, (value, out) -> out.unsigned(value.toNanoOfDay()), null),
    LOCAL_DATE_TIME(15, LocalDateTime.class, KeyScalar::writeLocalDateTime, null),
    INSTANT(16, Instant.class, KeyScalar::writeInstant, null),
    OFFSET_DATE_TIME(17, OffsetDateTime.class, KeyScalar::writeOffsetDateTime, null),
    OFFSET_TIME(18, OffsetTime.class, KeyScalar::writeOffsetTime, null),
    ZONED_DATE_TIME(19, ZonedDateTime.class, KeyScalar::writeZonedDateTime, null),
    DURATION(20, Duration.class, (value, out) -> out.signed(value.getSeconds()).unsigned(value.getNano()), null),
    YEAR(21, Year.class, (value, out) -> out.signed(value.getValue()), value -> Integer.toString(value.getValue())),
    ZONE_OFFSET(22, ZoneOffset.class, (value, out) -> out.signed(value.getTotalSeconds()), null),
    ZONE_ID(23, ZoneId.class, (value, out) -> out.text(value.getId()), value -> KeyText.escape(value.getId())),
    TIME_ZONE(24, TimeZone.class, (value, out) -> out.text(value.getID()), value -> KeyText.escape(value.getID())),
    CURRENCY(25, Currency.class, (value, out) -> out.text(value.getCurrencyCode()), Currency::getCurrencyCode),
    LOCALE(26, Locale.class, KeyScalar::writeLocale, null),
    CLASS(27, Class.class, (value, out) -> out.text(value.getName()), value -> KeyText.escape(value.getName())),
    // As written: URL.equals asks the name service.
    LOCATION(28, URL.class, (value, out) -> out.text(value.toExternalForm()), null),
    ADDRESS(29, InetAddress.class, (value, out) -> out.block(value.getAddress()), null);

    private final int tag;
    private final Class<?> type;
    private final BiConsumer<Object, KeyBytes> fields;
    private final @Nullable Function<Object, @Nullable String> text;

    @SuppressWarnings("unchecked") // KeyForms only hands a scalar values of the class it was found by.
    <T> KeyScalar(
            int tag,
            Class<T> type,
            BiConsumer<? super T, KeyBytes> fields,
            @Nullable Function<T, @Nullable String> text) {
        this.tag = tag;
        this.type = type;
        this.fields = (BiConsumer<Object, KeyBytes>) fields;
        this.text = (Function<Object, @Nullable String>) text;
    }

    /** The scalar for values of a class, or null where there is none. */
    static @Nullable KeyScalar of(Class<?> valueClass) {
        if (isInteger(valueClass)) {
            return INTEGER;
        }
        for (KeyScalar scalar : values()) {
            if (scalar != INTEGER && scalar.type.isAssignableFrom(valueClass)) {
                return scalar;
            }
        }
        return null;
    }

    @Override
    public void write(Object value, KeyBytes out) {
        fields.accept(value, out.octet(tag));
    }

    @Override
    public @Nullable String text(Object value) {
        return text == null ? null : text.apply(value);
    }

    private static boolean isInteger(Class<?> type) {
        return type == Long.class
                || type == Integer.class
                || type == Short.class
                || type == Byte.class
                || type == BigInteger.class;
    }

    private static void writeInteger(Number value, KeyBytes out) {
        if (value instanceof BigInteger big && big.bitLength() >= Long.SIZE) {
            out.octet(1).block(big.toByteArray());
        } else {
            out.octet(0).signed(value.longValue());
        }
    }

    private static @Nullable String integerText(Number value) {
        if (value instanceof BigInteger big) {
            return isShort(big) ? big.toString() : null;
        }
        return Long.toString(value.longValue());
    }

    /* Hibernate compares decimals by compareTo, so the scale must not show: 1.0 and 1.00 are one key. */
    private static void writeDecimal(BigDecimal value, KeyBytes out) {
        BigDecimal plain = value.stripTrailingZeros();
        out.signed(plain.scale()).block(plain.unscaledValue().toByteArray());
    }

    private static @Nullable String decimalText(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        BigInteger digits = plain.unscaledValue();
        if (!isShort(digits)) {
            return null;
        }
        return plain.scale() == 0 ? digits.toString() : digits + "E" + -(long) plain.scale();
    }

    /* Printing a number is quadratic in its length, so a hopeless one is not printed. */
    private static boolean isShort(BigInteger value) {
        return value.bitLength() <= 4 * KeyText.MAXIMUM_LENGTH;
    }

    private static void writeUuid(UUID value, KeyBytes out) {
        out.fixed(value.getMostSignificantBits()).fixed(value.getLeastSignificantBits());
    }

    private static @Nullable String dateText(LocalDate value) {
        return KeyText.escape(value.toString());
    }

    private static void writeLocalDateTime(LocalDateTime value, KeyBytes out) {
        out.signed(value.toLocalDate().toEpochDay())
                .unsigned(value.toLocalTime().toNanoOfDay());
    }

    private static void writeInstant(Instant value, KeyBytes out) {
        out.signed(value.getEpochSecond()).unsigned(value.getNano());
    }

    private static void writeOffsetDateTime(OffsetDateTime value, KeyBytes out) {
        writeLocalDateTime(value.toLocalDateTime(), out);
        out.signed(value.getOffset().getTotalSeconds());
    }

    private static void writeOffsetTime(OffsetTime value, KeyBytes out) {
        out.unsigned(value.toLocalTime().toNanoOfDay());
        out.signed(value.getOffset().getTotalSeconds());
    }

    private static void writeZonedDateTime(ZonedDateTime value, KeyBytes out) {
        writeOffsetDateTime(value.toOffsetDateTime(), out);
        out.text(value.getZone().getId());
    }

    private static void writeLocale(Locale value, KeyBytes out) {
        out.text(languageOf(value))
                .text(value.getScript())
                .text(value.getCountry())
                .text(value.getVariant());
        TreeSet<Character> extensions = new TreeSet<>(value.getExtensionKeys());
        out.unsigned(extensions.size());
        for (char extension : extensions) {
            out.unsigned(extension).text(value.getExtension(extension));
        }
    }

    /* Which of the two codes of these languages Java uses depends on its version and on a system property. */
    private static String languageOf(Locale value) {
        String language = value.getLanguage();
        return switch (language) {
            case "iw" -> "he";
            case "ji" -> "yi";
            case "in" -> "id";
            default -> language;
        };
    }
}
