package dev.hearth.encoding;

import jakarta.persistence.TemporalType;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.java.TemporalJavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;

/**
 * Reduces what Hibernate binds to a column to a value of a {@link KeyScalar}'s class, so that values of one row are one
 * value.
 *
 * @param scalar the form of the reduced value
 * @param step from the bound value to the reduced one; null where they are the same
 */
record KeyReduction(KeyScalar scalar, @Nullable Function<Object, Object> step) {
    /** The reduction of a Java type in a column, or null where there is none. */
    static @Nullable KeyReduction of(JavaType<?> type, JdbcType column, SessionFactoryImplementor factory) {
        Class<?> valueClass = type.getJavaTypeClass();
        if (Date.class.isAssignableFrom(valueClass) || Calendar.class.isAssignableFrom(valueClass)) {
            return ofLegacyDate(type, column, factory);
        }
        if (valueClass == OffsetDateTime.class && column.isTemporal()) {
            return by(KeyScalar.INSTANT, OffsetDateTime.class, OffsetDateTime::toInstant);
        }
        if (valueClass == ZonedDateTime.class && column.isTemporal()) {
            return by(KeyScalar.INSTANT, ZonedDateTime.class, ZonedDateTime::toInstant);
        }
        if (valueClass == char[].class) {
            return by(KeyScalar.TEXT, char[].class, String::new);
        }
        if (valueClass == Character[].class) {
            return by(KeyScalar.TEXT, Character[].class, KeyReduction::joined);
        }
        if (valueClass == Byte[].class) {
            return by(KeyScalar.BYTES, Byte[].class, KeyReduction::unboxed);
        }
        KeyScalar scalar = KeyScalar.of(valueClass);
        return scalar == null ? byColumn(type, column, factory) : new KeyReduction(scalar, null);
    }

    private static <T> KeyReduction by(KeyScalar scalar, Class<T> bound, Function<T, Object> step) {
        return new KeyReduction(scalar, value -> step.apply(bound.cast(value)));
    }

    @SuppressWarnings("deprecation") // TemporalType is how Hibernate tells a date from a time of the same class.
    private static KeyReduction ofLegacyDate(JavaType<?> type, JdbcType column, SessionFactoryImplementor factory) {
        TemporalType precision =
                type instanceof TemporalJavaType<?> temporal ? temporal.getPrecision() : TemporalType.TIMESTAMP;
        if (Calendar.class.isAssignableFrom(type.getJavaTypeClass())) {
            boolean moments = keepsMoments(column);
            KeyScalar scalar =
                    precision == TemporalType.TIMESTAMP && !moments ? KeyScalar.LOCAL_DATE_TIME : scalarOf(precision);
            return by(scalar, Calendar.class, value -> KeyLegacyDates.canonical(value, precision, moments));
        }
        // Hibernate applies this zone to times of day, but not to days.
        TimeZone jdbcZone = precision == TemporalType.TIME
                ? factory.getSessionFactoryOptions().getJdbcTimeZone()
                : null;
        return by(
                scalarOf(precision),
                Date.class,
                value -> KeyLegacyDates.canonical(
                        value, precision, jdbcZone == null ? TimeZone.getDefault() : jdbcZone));
    }

    private static KeyScalar scalarOf(TemporalType precision) {
        return switch (precision) {
            case DATE -> KeyScalar.LOCAL_DATE;
            case TIME -> KeyScalar.LOCAL_TIME;
            case TIMESTAMP -> KeyScalar.INSTANT;
        };
    }

    private static boolean keepsMoments(JdbcType column) {
        int code = column.getDefaultSqlTypeCode();
        return code == SqlTypes.TIMESTAMP_WITH_TIMEZONE || code == SqlTypes.TIMESTAMP_UTC;
    }

    /* A class we do not know, with a JavaType of its own: its values are what that binds, if the column is plain. */
    private static @Nullable KeyReduction byColumn(
            JavaType<?> type, JdbcType column, SessionFactoryImplementor factory) {
        Class<?> bound = boundClass(column.getDefaultSqlTypeCode());
        if (bound == null) {
            return null;
        }
        KeyScalar scalar = KeyScalar.of(bound);
        return scalar == null ? null : new KeyReduction(scalar, value -> unwrapped(type, value, bound, factory));
    }

    private static @Nullable Class<?> boundClass(int sqlTypeCode) {
        return switch (sqlTypeCode) {
            case SqlTypes.CHAR, SqlTypes.VARCHAR, SqlTypes.NCHAR, SqlTypes.NVARCHAR -> String.class;
            case SqlTypes.TINYINT -> Byte.class;
            case SqlTypes.SMALLINT -> Short.class;
            case SqlTypes.INTEGER -> Integer.class;
            case SqlTypes.BIGINT -> Long.class;
            case SqlTypes.NUMERIC, SqlTypes.DECIMAL -> BigDecimal.class;
            case SqlTypes.UUID -> UUID.class;
            default -> null;
        };
    }

    private static <T> Object unwrapped(
            JavaType<T> type, Object value, Class<?> bound, SessionFactoryImplementor factory) {
        return type.unwrap(type.getJavaTypeClass().cast(value), bound, factory.getWrapperOptions());
    }

    private static String joined(Character[] value) {
        StringBuilder text = new StringBuilder(value.length);
        for (Character unit : value) {
            text.append(unit.charValue());
        }
        return text.toString();
    }

    private static byte[] unboxed(Byte[] value) {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = value[i];
        }
        return bytes;
    }
}
