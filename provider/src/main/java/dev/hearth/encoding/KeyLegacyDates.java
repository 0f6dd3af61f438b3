package dev.hearth.encoding;

import jakarta.persistence.TemporalType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Calendar;
import java.util.Date;
import java.util.TimeZone;

/**
 * Turns {@link Date} and {@link Calendar} into the java.time value that the database column holds, so that nodes in
 * different time zones agree on the row.
 */
final class KeyLegacyDates {
    private static final long MILLIS_PER_DAY = 86_400_000;

    private KeyLegacyDates() {}

    /** A moment is the same everywhere; a day or a time of day is what the zone's clocks show. */
    static Object canonical(Date value, TemporalType precision, TimeZone zone) {
        return switch (precision) {
            case DATE -> day(localMillis(value.getTime(), zone));
            case TIME -> timeOfDay(localMillis(value.getTime(), zone));
            case TIMESTAMP -> moment(value);
        };
    }

    /** Hibernate compares and binds calendars by their own fields, whatever their zone, unless the column keeps moments. */
    static Object canonical(Calendar value, TemporalType precision, boolean columnKeepsMoments) {
        long local = localMillis(value.getTimeInMillis(), value.getTimeZone());
        return switch (precision) {
            case DATE -> day(local);
            case TIME -> timeOfDay(local);
            case TIMESTAMP -> columnKeepsMoments ? value.toInstant() : LocalDateTime.of(day(local), timeOfDay(local));
        };
    }

    /* A Date read from the database is a Timestamp with more digits, and so another row than the same Date without them. */
    private static Instant moment(Date value) {
        return value instanceof Timestamp timestamp
                ? Instant.ofEpochSecond(Math.floorDiv(timestamp.getTime(), 1000L), timestamp.getNanos())
                : Instant.ofEpochMilli(value.getTime());
    }

    private static long localMillis(long millis, TimeZone zone) {
        return millis + zone.getOffset(millis);
    }

    private static LocalDate day(long localMillis) {
        return LocalDate.ofEpochDay(Math.floorDiv(localMillis, MILLIS_PER_DAY));
    }

    private static LocalTime timeOfDay(long localMillis) {
        return LocalTime.ofNanoOfDay(Math.floorMod(localMillis, MILLIS_PER_DAY) * 1_000_000);
    }
}
