package dev.hearth.encoding;

import static dev.hearth.encoding.KeyFactoryFixture.values;

import dev.hearth.encoding.KeyModel.Colour;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;

/** Another node: writes the keys of a fixed list of ids to a file, one a line. */
final class KeyPeer {
    private KeyPeer() {}

    public static void main(String[] arguments) throws Exception {
        Files.write(Path.of(arguments[0]), keys(), StandardCharsets.US_ASCII);
    }

    static List<String> keys() throws Exception {
        List<Class<?>> entities = new ArrayList<>(KeyModel.ENTITIES);
        entities.addAll(KeyKinds.ENTITIES);
        try (KeyFactoryFixture model = new KeyFactoryFixture(entities)) {
            List<String> keys = new ArrayList<>(scalarKeys(model));
            keys.addAll(dateKeys(model));
            keys.addAll(compositeKeys(model));
            keys.replaceAll(key -> key + " " + KeyEncoder.hash(key));
            return keys;
        }
    }

    private static List<String> compositeKeys(KeyFactoryFixture model) {
        var order = new KeyModel.Order(7L);
        var price = new KeyModel.Price(new BigDecimal("1.50"), "\u20AC");
        var shade = new KeyModel.Shade(Colour.GREEN, 3, "I\u0130i\u0131");
        return List.of(
                "paint " + model.entity(KeyModel.Paint.class).encode(new KeyModel.PaintId(shade, "a"), "t\u00E9nant"),
                "line " + model.entity(KeyModel.Line.class).encode(new KeyModel.LineId(7L, 1), null),
                "shipment " + model.entity(KeyModel.Shipment.class).encode(new KeyModel.ShipmentId(order, "p"), null),
                "parcel " + model.naturalId(KeyModel.Parcel.class).encode(new KeyModel.Stamp("x", 1), null),
                "offer " + model.naturalId(KeyModel.Offer.class).encode(values(Colour.RED, order, price), null),
                "lines "
                        + model.collection(KeyModel.Order.class, "lines", "shared")
                                .encode(7L, null));
    }

    private static List<String> scalarKeys(KeyFactoryFixture kinds) throws Exception {
        List<String> keys = new ArrayList<>();
        KeyScalarTest.differentIds().forEach(entityThenIds -> {
            Class<?> entity = (Class<?>) entityThenIds.get(0);
            entityThenIds.stream().skip(1).forEach(id -> keys.add(key(kinds, entity, id)));
        });
        return keys;
    }

    private static List<String> dateKeys(KeyFactoryFixture kinds) {
        Calendar calendar = new GregorianCalendar(2024, Calendar.JANUARY, 15, 23, 30);
        OffsetDateTime moment = OffsetDateTime.parse("2024-01-15T10:00:00+02:00");
        return List.of(
                key(kinds, KeyKinds.SqlDateId.class, java.sql.Date.valueOf("2024-01-15")),
                key(kinds, KeyKinds.SqlDateId.class, java.sql.Date.valueOf("1900-01-01")),
                key(kinds, KeyKinds.DayId.class, new Date(124, Calendar.JANUARY, 15, 23, 30)),
                key(kinds, KeyKinds.SqlTimeId.class, Time.valueOf("10:00:00")),
                key(kinds, KeyKinds.TimestampId.class, Timestamp.from(Instant.ofEpochSecond(1, 5))),
                key(kinds, KeyKinds.DateId.class, new Date(5)),
                key(kinds, KeyKinds.CalendarId.class, calendar),
                key(kinds, KeyKinds.CalendarDayId.class, calendar),
                key(kinds, KeyKinds.OffsetDateTimeId.class, moment),
                key(kinds, KeyKinds.ZonedDateTimeId.class, ZonedDateTime.parse("2024-01-15T10:00+01:00[Europe/Paris]")),
                key(kinds, KeyKinds.LocaleId.class, new Locale("iw")),
                key(kinds, KeyKinds.StringId.class, "\u0130I\u0131i \uD800 \uD83D\uDE00"),
                key(kinds, KeyKinds.StringId.class, "\u4E2D".repeat(25)),
                key(kinds, KeyKinds.StringId.class, "\u4E2D".repeat(200)));
    }

    private static String key(KeyFactoryFixture kinds, Class<?> entity, Object id) {
        return entity.getSimpleName() + " " + kinds.entity(entity).encode(id, null);
    }
}
