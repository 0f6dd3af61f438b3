package dev.hearth.encoding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of the JDK that nobody can change, and that are equal only if they are the same in every respect. */
public final class ImmutableValues {
    private ImmutableValues() {}

    /**
     * Whether the list holds such values alone, or rows of them: then it can be handed to any number of sessions as it is.
     * Hibernate itself never writes into the arrays of rows.
     */
    public static boolean areAll(List<? extends @Nullable Object> values) {
        for (Object value : values) {
            if (!isImmutable(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isImmutable(@Nullable Object value) {
        if (value instanceof Object[] row) {
            for (Object column : row) {
                if (column instanceof Object[] || !isImmutable(column)) {
                    return false;
                }
            }
            return true;
        }
        return value == null
                || value instanceof String
                || value instanceof Number && isOfTheJdk(value)
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof Temporal && isOfTheJdk(value)
                || value instanceof TemporalAmount && isOfTheJdk(value)
                || value instanceof ZoneId
                || value instanceof Locale
                || value instanceof Currency
                || value instanceof Class<?>;
    }

    private static boolean isOfTheJdk(Object value) {
        String name = value.getClass().getName();
        return name.startsWith("java.time.")
                || name.startsWith("java.lang.")
                || value.getClass() == BigDecimal.class
                || value.getClass() == BigInteger.class;
    }
}
