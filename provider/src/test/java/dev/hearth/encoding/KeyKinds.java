package dev.hearth.encoding;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URL;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.hibernate.annotations.JavaType;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.Type;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractClassJavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.hibernate.usertype.UserType;

/** An entity for each kind of basic id; a natural id where JPA or the dialect allows no such id. */
final class KeyKinds {
    private KeyKinds() {}

    @MappedSuperclass
    abstract static class Of<T> {
        @Id
        T id;
    }

    @Entity
    static class LongId extends Of<Long> {}

    @Entity
    static class IntegerId extends Of<Integer> {}

    @Entity
    static class ShortId extends Of<Short> {}

    @Entity
    static class ByteId extends Of<Byte> {}

    @Entity
    static class BigIntegerId extends Of<BigInteger> {}

    @Entity
    static class BigDecimalId extends Of<BigDecimal> {}

    @Entity
    static class FloatId extends Of<Float> {}

    @Entity
    static class DoubleId extends Of<Double> {}

    @Entity
    static class BooleanId extends Of<Boolean> {}

    @Entity
    static class CharacterId extends Of<Character> {}

    @Entity
    static class StringId extends Of<String> {}

    @Entity
    static class UuidId extends Of<UUID> {}

    @Entity
    static class BytesId extends Of<byte[]> {}

    @Entity
    static class CharsId extends Of<char[]> {}

    @Entity
    static class CurrencyId extends Of<Currency> {}

    @Entity
    static class LocaleId extends Of<Locale> {}

    @Entity
    static class TimeZoneId extends Of<TimeZone> {}

    @Entity
    static class ZoneIdId extends Of<ZoneId> {}

    @Entity
    static class ZoneOffsetId extends Of<ZoneOffset> {}

    @Entity
    static class UrlId extends Of<URL> {}

    @Entity
    static class AddressId extends Of<InetAddress> {}

    @Entity
    static class DurationId extends Of<Duration> {}

    @Entity
    static class YearId extends Of<Year> {}

    @Entity
    static class InstantId extends Of<Instant> {}

    @Entity
    static class LocalDateId extends Of<LocalDate> {}

    @Entity
    static class LocalTimeId extends Of<LocalTime> {}

    @Entity
    static class LocalDateTimeId extends Of<LocalDateTime> {}

    @Entity
    static class OffsetDateTimeId extends Of<OffsetDateTime> {}

    @Entity
    static class OffsetTimeId extends Of<OffsetTime> {}

    @Entity
    static class ZonedDateTimeId extends Of<ZonedDateTime> {}

    @Entity
    static class TimestampId extends Of<Timestamp> {}

    @Entity
    static class SqlDateId extends Of<java.sql.Date> {}

    @Entity
    static class SqlTimeId extends Of<Time> {}

    @Entity
    static class DateId extends Of<Date> {}

    @Entity
    static class CalendarId extends Of<Calendar> {}

    @Entity
    @SuppressWarnings("deprecation")
    static class DayId {
        @Id
        @Temporal(TemporalType.DATE)
        Date id;
    }

    @Entity
    @SuppressWarnings("deprecation")
    static class CalendarDayId {
        @Id
        @Temporal(TemporalType.DATE)
        Calendar id;
    }

    @Entity
    static class CalendarMomentId {
        @Id
        @JdbcTypeCode(SqlTypes.TIMESTAMP_WITH_TIMEZONE)
        Calendar id;
    }

    /** Keeps the offset, since the column is text. */
    @Entity
    static class WrittenMomentId extends Of<Long> {
        @NaturalId
        @Convert(converter = OffsetDateTimeAsText.class)
        OffsetDateTime moment;
    }

    @Converter
    static final class OffsetDateTimeAsText implements AttributeConverter<OffsetDateTime, String> {
        @Override
        public String convertToDatabaseColumn(OffsetDateTime value) {
            return value == null ? null : value.toString();
        }

        @Override
        public OffsetDateTime convertToEntityAttribute(String column) {
            return column == null ? null : OffsetDateTime.parse(column);
        }
    }

    @Entity
    static class EnumId {
        @Id
        @Enumerated(EnumType.ORDINAL)
        KeyModel.Colour id;
    }

    record Sku(String group, int number) implements Serializable {}

    @Entity
    static class ConvertedId extends Of<Long> {
        @NaturalId
        @Convert(converter = SkuConverter.class)
        Sku sku;
    }

    @Converter
    static final class SkuConverter implements AttributeConverter<Sku, String> {
        @Override
        public String convertToDatabaseColumn(Sku sku) {
            return sku == null ? null : sku.group() + "-" + sku.number();
        }

        @Override
        public Sku convertToEntityAttribute(String column) {
            String[] parts = column.split("-", 2);
            return new Sku(parts[0], Integer.parseInt(parts[1]));
        }
    }

    @Entity
    static class UserTypeId extends Of<Long> {
        @NaturalId
        @Type(SkuType.class)
        Sku sku;
    }

    /** Disassembles to text. */
    static class SkuType extends UndividedSkuType {
        @Override
        public Serializable disassemble(Sku value) {
            return new SkuConverter().convertToDatabaseColumn(value);
        }
    }

    @Entity
    static class UndividedUserTypeId extends Of<Long> {
        @NaturalId
        @Type(UndividedSkuType.class)
        Sku sku;
    }

    /** Leaves disassembling to Hibernate's default, which is the value itself. */
    static class UndividedSkuType implements UserType<Sku> {
        @Override
        public int getSqlType() {
            return Types.VARCHAR;
        }

        @Override
        public Class<Sku> returnedClass() {
            return Sku.class;
        }

        @Override
        public Sku nullSafeGet(ResultSet row, int position, WrapperOptions options) throws SQLException {
            return new SkuConverter().convertToEntityAttribute(row.getString(position));
        }

        @Override
        public void nullSafeSet(PreparedStatement statement, Sku value, int position, WrapperOptions options)
                throws SQLException {
            statement.setString(position, new SkuConverter().convertToDatabaseColumn(value));
        }

        @Override
        public Sku deepCopy(Sku value) {
            return value;
        }

        @Override
        public boolean isMutable() {
            return false;
        }
    }

    @Entity
    static class JavaTypeId {
        @Id
        @JavaType(SkuJavaType.class)
        Sku id;
    }

    static final class SkuJavaType extends AbstractClassJavaType<Sku> {
        SkuJavaType() {
            super(Sku.class);
        }

        @Override
        public JdbcType getRecommendedJdbcType(JdbcTypeIndicators indicators) {
            return indicators.getJdbcType(Types.VARCHAR);
        }

        @Override
        public <X> X unwrap(Sku value, Class<X> type, WrapperOptions options) {
            return type.cast(new SkuConverter().convertToDatabaseColumn(value));
        }

        @Override
        public <X> Sku wrap(X value, WrapperOptions options) {
            return value instanceof Sku sku ? sku : new SkuConverter().convertToEntityAttribute((String) value);
        }
    }

    @Entity
    static class SerializedId {
        @Id
        Sku id;
    }

    @Entity
    static class JsonId {
        @Id
        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, String> id;
    }

    @Entity
    static class ArrayId extends Of<String[]> {}

    /** Those that have keys. */
    static final List<Class<?>> ENTITIES = List.of(
            LongId.class,
            IntegerId.class,
            ShortId.class,
            ByteId.class,
            BigIntegerId.class,
            BigDecimalId.class,
            FloatId.class,
            DoubleId.class,
            BooleanId.class,
            CharacterId.class,
            StringId.class,
            UuidId.class,
            BytesId.class,
            CharsId.class,
            CurrencyId.class,
            LocaleId.class,
            TimeZoneId.class,
            ZoneIdId.class,
            ZoneOffsetId.class,
            UrlId.class,
            AddressId.class,
            DurationId.class,
            YearId.class,
            InstantId.class,
            LocalDateId.class,
            LocalTimeId.class,
            LocalDateTimeId.class,
            OffsetDateTimeId.class,
            OffsetTimeId.class,
            ZonedDateTimeId.class,
            TimestampId.class,
            SqlDateId.class,
            SqlTimeId.class,
            DateId.class,
            CalendarId.class,
            DayId.class,
            CalendarDayId.class,
            CalendarMomentId.class,
            WrittenMomentId.class,
            EnumId.class,
            ConvertedId.class,
            UserTypeId.class,
            UndividedUserTypeId.class,
            JavaTypeId.class);

    /** Those that have none. */
    static final List<Class<?>> REFUSED = List.of(SerializedId.class, JsonId.class, ArrayId.class);
}
