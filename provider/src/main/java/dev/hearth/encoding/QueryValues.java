package dev.hearth.encoding;

import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a query's parameter, whatever it is: different for values that are not equal, and the same in every
 * JVM for values that are.
 */
final class QueryValues {
    /* Tags are part of what other nodes read: one is never reused. Those of QueryScalar and KeyScalar lie apart. */
    private static final int TAG_LIST = 96;
    private static final int TAG_SET = 97;
    private static final int TAG_MAP = 98;
    private static final int TAG_RECORD = 99;
    private static final int TAG_ENUM = 100;
    private static final int TAG_DATE = 101;
    private static final int TAG_SQL_DATE = 102;
    private static final int TAG_SQL_TIME = 103;
    private static final int TAG_TIMESTAMP = 104;
    private static final int TAG_CALENDAR = 105;
    private static final int TAG_TIME_ZONE = 106;

    private static final int DEEPEST = 32;

    private final KeyBytes out;
    private final int depth;

    private QueryValues(KeyBytes out, int depth) {
        this.out = out;
        this.depth = depth;
    }

    /** Appends a value, or returns false if it has no canonical form; what was appended is then worthless. */
    static boolean write(@Nullable Object value, KeyBytes out) {
        return new QueryValues(out, 0).any(value);
    }

    private boolean any(@Nullable Object value) {
        if (value == null) {
            out.nothing();
            return true;
        }
        return QueryScalar.write(value, out) || date(value) || (depth < DEEPEST && composite(value));
    }

    private boolean composite(Object value) {
        QueryValues parts = new QueryValues(out, depth + 1);
        if (value instanceof Enum<?> constant) {
            out.octet(TAG_ENUM).text(constant.getDeclaringClass().getName()).text(constant.name());
            return true;
        }
        if (value instanceof Object[] array) {
            // Whatever the component type: neither the database nor Hibernate's comparison sees it.
            out.list(array.length);
            return parts.all(array);
        }
        if (value instanceof List<?> list) {
            Object[] elements = list.toArray();
            out.octet(TAG_LIST).unsigned(elements.length);
            return parts.all(elements);
        }
        if (value instanceof Set<?> set) {
            out.octet(TAG_SET);
            return parts.sorted(set);
        }
        if (value instanceof Map<?, ?> map) {
            out.octet(TAG_MAP);
            return parts.sorted(map.entrySet().stream()
                    .map(entry -> new @Nullable Object[] {entry.getKey(), entry.getValue()})
                    .toList());
        }
        return value instanceof Record components && parts.components(components);
    }

    private boolean all(@Nullable Object[] values) {
        for (Object value : values) {
            if (!any(value)) {
                return false;
            }
        }
        return true;
    }

    /** Elements that have no order of their own, in the order of their bytes. */
    private boolean sorted(Collection<?> elements) {
        List<byte[]> encoded = new ArrayList<>();
        for (Object element : elements) {
            KeyBytes bytes = new KeyBytes();
            if (!new QueryValues(bytes, depth).any(element)) {
                return false;
            }
            encoded.add(bytes.toArray());
        }
        encoded.sort(Arrays::compareUnsigned);
        out.unsigned(encoded.size());
        encoded.forEach(out::block);
        return true;
    }

    /** A record is equal to another if all its components are, however it defines that. */
    private boolean components(Record value) {
        @Nullable Object @Nullable [] components = RecordFields.valuesOf(value);
        if (components == null) {
            return false;
        }
        out.octet(TAG_RECORD).text(value.getClass().getName()).unsigned(components.length);
        return all(components);
    }

    @SuppressWarnings("JavaUtilDate") // what users have
    private boolean date(Object value) {
        Class<?> type = value.getClass();
        if (type == Date.class) {
            moment(TAG_DATE, ((Date) value).getTime());
        } else if (type == java.sql.Date.class) {
            moment(TAG_SQL_DATE, ((Date) value).getTime());
        } else if (type == Time.class) {
            moment(TAG_SQL_TIME, ((Date) value).getTime());
        } else if (type == Timestamp.class) {
            moment(TAG_TIMESTAMP, ((Date) value).getTime());
            out.unsigned(((Timestamp) value).getNanos());
        } else if (type == GregorianCalendar.class) {
            return calendar((GregorianCalendar) value);
        } else {
            return value instanceof TimeZone zone && zone(zone);
        }
        return true;
    }

    /* JDBC drivers turn these into what the default zone's clocks show, which so is part of the value. */
    private void moment(int tag, long millis) {
        out.octet(tag).signed(millis).signed(TimeZone.getDefault().getOffset(millis));
    }

    private boolean calendar(Calendar calendar) {
        moment(TAG_CALENDAR, calendar.getTimeInMillis());
        out.octet(calendar.isLenient() ? 1 : 0)
                .octet(calendar.getFirstDayOfWeek())
                .octet(calendar.getMinimalDaysInFirstWeek())
                .signed(((GregorianCalendar) calendar).getGregorianChange().getTime());
        return zone(calendar.getTimeZone());
    }

    /* A zone with rules of its own may bear any name. */
    private boolean zone(TimeZone zone) {
        if (!TimeZone.getTimeZone(zone.getID()).equals(zone)) {
            return false;
        }
        out.octet(TAG_TIME_ZONE).text(zone.getID());
        return true;
    }
}
