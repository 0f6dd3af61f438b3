package dev.hearth.hibernate;

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

/** Whether the rows of a query's result can be handed to any number of sessions as they are. */
final class SharedRows {
    private SharedRows() {}

    /** Whether nobody who gets the rows can change them. Hibernate itself never writes into their arrays. */
    static boolean areImmutable(List<?> results) {
        for (Object row : results) {
            if (!isImmutable(row)) {
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
