package dev.hearth.encoding;

import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.SimpleTimeZone;
import java.util.TimeZone;

/** Dates, times and time zones. The JDK's own factories check the ranges of what is read. */
@SuppressWarnings("JavaUtilDate") // what users have
final class TimeValues {
    private static final long MILLIS_PER_SECOND = 1000;
    private static final int DAYS_PER_WEEK = 7;

    private TimeValues() {}

    static void register(FixedValues.Registrar registrar) {
        registerLocal(registrar);
        registerZoned(registrar);
        registerAmounts(registrar);
        registerLegacy(registrar);
    }

    private static void registerLocal(FixedValues.Registrar registrar) {
        registrar.value(16, Instant.class, TimeValues::writeInstant, TimeValues::readInstant);
        registrar.value(17, LocalDate.class, TimeValues::writeDate, TimeValues::readDate);
        registrar.value(18, LocalTime.class, TimeValues::writeTime, TimeValues::readTime);
        registrar.value(19, LocalDateTime.class, TimeValues::writeDateTime, TimeValues::readDateTime);
        registrar.value(
                20, Year.class, (out, year) -> out.writeSigned(year.getValue()), in -> Year.of(in.readSigned()));
        registrar.value(
                21,
                YearMonth.class,
                (out, month) -> {
                    out.writeSigned(month.getYear());
                    out.writeCount(month.getMonthValue());
                },
                in -> YearMonth.of(in.readSigned(), in.readVarInt(true)));
        registrar.value(
                22,
                MonthDay.class,
                (out, day) -> {
                    out.writeCount(day.getMonthValue());
                    out.writeCount(day.getDayOfMonth());
                },
                in -> MonthDay.of(in.readVarInt(true), in.readVarInt(true)));
    }

    private static void registerZoned(FixedValues.Registrar registrar) {
        registrar.value(23, ZoneOffset.class, TimeValues::writeOffset, TimeValues::readOffset);
        registrar.add(
                24,
                new ValueSerializer<ZoneId>((out, zone) -> out.writeText(zone.getId()), in -> ZoneId.of(in.readText())),
                ZoneId.of("Europe/Berlin").getClass());
        registrar.value(
                25,
                OffsetTime.class,
                (out, time) -> {
                    writeTime(out, time.toLocalTime());
                    writeOffset(out, time.getOffset());
                },
                in -> OffsetTime.of(readTime(in), readOffset(in)));
        registrar.value(
                26,
                OffsetDateTime.class,
                (out, time) -> {
                    writeDateTime(out, time.toLocalDateTime());
                    writeOffset(out, time.getOffset());
                },
                in -> OffsetDateTime.of(readDateTime(in), readOffset(in)));
        registrar.value(
                27,
                ZonedDateTime.class,
                (out, time) -> {
                    writeDateTime(out, time.toLocalDateTime());
                    writeOffset(out, time.getOffset());
                    out.writeText(time.getZone().getId());
                },
                in -> ZonedDateTime.ofInstant(readDateTime(in), readOffset(in), ZoneId.of(in.readText())));
    }

    private static void registerAmounts(FixedValues.Registrar registrar) {
        registrar.value(
                28,
                Duration.class,
                (out, duration) -> {
                    out.writeSigned(duration.getSeconds());
                    out.writeCount(duration.getNano());
                },
                in -> Duration.ofSeconds(in.readSignedLong(), in.readVarInt(true)));
        registrar.value(
                29,
                Period.class,
                (out, period) -> {
                    out.writeSigned(period.getYears());
                    out.writeSigned(period.getMonths());
                    out.writeSigned(period.getDays());
                },
                in -> Period.of(in.readSigned(), in.readSigned(), in.readSigned()));
    }

    private static void registerLegacy(FixedValues.Registrar registrar) {
        registrar.value(
                30, Date.class, (out, date) -> out.writeSigned(date.getTime()), in -> new Date(in.readSignedLong()));
        registrar.value(
                31,
                java.sql.Date.class,
                (out, date) -> out.writeSigned(date.getTime()),
                in -> new java.sql.Date(in.readSignedLong()));
        registrar.value(
                32, Time.class, (out, time) -> out.writeSigned(time.getTime()), in -> new Time(in.readSignedLong()));
        registrar.value(33, Timestamp.class, TimeValues::writeTimestamp, TimeValues::readTimestamp);
        registrar.value(34, GregorianCalendar.class, TimeValues::writeCalendar, TimeValues::readCalendar);
        registrar.add(
                35,
                new ValueSerializer<>(TimeValues::writeTimeZone, TimeValues::readTimeZone),
                TimeZone.getTimeZone("Europe/Berlin").getClass(),
                SimpleTimeZone.class);
    }

    private static void writeInstant(WireOutput out, Instant instant) {
        out.writeSigned(instant.getEpochSecond());
        out.writeCount(instant.getNano());
    }

    private static Instant readInstant(WireInput in) {
        return Instant.ofEpochSecond(in.readSignedLong(), in.readVarInt(true));
    }

    private static void writeDate(WireOutput out, LocalDate date) {
        out.writeSigned(date.toEpochDay());
    }

    private static LocalDate readDate(WireInput in) {
        return LocalDate.ofEpochDay(in.readSignedLong());
    }

    private static void writeTime(WireOutput out, LocalTime time) {
        out.writeVarLong(time.toNanoOfDay(), true);
    }

    private static LocalTime readTime(WireInput in) {
        return LocalTime.ofNanoOfDay(in.readVarLong(true));
    }

    private static void writeDateTime(WireOutput out, LocalDateTime time) {
        writeDate(out, time.toLocalDate());
        writeTime(out, time.toLocalTime());
    }

    private static LocalDateTime readDateTime(WireInput in) {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static void writeOffset(WireOutput out, ZoneOffset offset) {
        out.writeSigned(offset.getTotalSeconds());
    }

    private static ZoneOffset readOffset(WireInput in) {
        return ZoneOffset.ofTotalSeconds(in.readSigned());
    }

    private static void writeTimestamp(WireOutput out, Timestamp timestamp) {
        out.writeSigned(Math.floorDiv(timestamp.getTime(), MILLIS_PER_SECOND));
        out.writeCount(timestamp.getNanos());
    }

    private static Timestamp readTimestamp(WireInput in) {
        Timestamp timestamp = new Timestamp(Math.multiplyExact(in.readSignedLong(), MILLIS_PER_SECOND));
        timestamp.setNanos(in.readVarInt(true));
        return timestamp;
    }

    private static void writeCalendar(WireOutput out, GregorianCalendar calendar) {
        out.writeSigned(calendar.getTimeInMillis());
        writeTimeZone(out, calendar.getTimeZone());
        out.writeBoolean(calendar.isLenient());
        out.writeByte(calendar.getFirstDayOfWeek());
        out.writeByte(calendar.getMinimalDaysInFirstWeek());
        out.writeSigned(calendar.getGregorianChange().getTime());
    }

    private static GregorianCalendar readCalendar(WireInput in) {
        long time = in.readSignedLong();
        GregorianCalendar calendar = new GregorianCalendar(readTimeZone(in));
        calendar.setLenient(in.readBoolean());
        calendar.setFirstDayOfWeek(dayOfWeek(in.readByte()));
        calendar.setMinimalDaysInFirstWeek(dayOfWeek(in.readByte()));
        calendar.setGregorianChange(new Date(in.readSignedLong()));
        calendar.setTimeInMillis(time);
        return calendar;
    }

    private static int dayOfWeek(int day) {
        if (day < Calendar.SUNDAY || day > DAYS_PER_WEEK) {
            throw new DateTimeException("No day of a week: " + day);
        }
        return day;
    }

    private static void writeTimeZone(WireOutput out, TimeZone zone) {
        if (!TimeZone.getTimeZone(zone.getID()).hasSameRules(zone)) {
            throw new NotEncodable("the time zone " + zone.getID() + " has rules of its own");
        }
        out.writeText(zone.getID());
    }

    private static TimeZone readTimeZone(WireInput in) {
        String id = in.readText();
        TimeZone zone = TimeZone.getTimeZone(id);
        if (!zone.getID().equals(id)) {
            throw new DateTimeException("No time zone of that name");
        }
        return zone;
    }
}
