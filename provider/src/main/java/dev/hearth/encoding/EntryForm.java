package dev.hearth.encoding;

import org.jspecify.annotations.Nullable;

/** What the entries of one kind consist of. Implementations are immutable. */
interface EntryForm {
    /** Writes an entry as Hibernate hands it over. Throws {@link NotEncodable} with the attribute's name. */
    void write(ValueEngine engine, WireOutput out, Object entry);

    /** Reads an entry as Hibernate expects it. Throws any runtime exception if the bytes are not one. */
    Object read(ValueEngine engine, WireInput in);

    /** A text for the fingerprint, different for every other layout. */
    String describe();

    /** Writes a value that must fit a slot. */
    static void write(ValueEngine engine, String path, Shape shape, @Nullable Object value) {
        if (!shape.admits(value)) {
            throw new NotEncodable(path + " holds an unexpected " + nameOfClass(value));
        }
        try {
            engine.writeValue(value);
        } catch (NotEncodable e) {
            throw new NotEncodable(path + ": " + e.getMessage());
        }
    }

    /** Reads a value that must fit a slot. */
    static @Nullable Object read(ValueEngine engine, String path, Shape shape) {
        Object value = engine.readValue();
        if (!shape.admits(value)) {
            throw new IllegalArgumentException(path + " holds an unexpected " + nameOfClass(value));
        }
        return value;
    }

    private static String nameOfClass(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName();
    }
}
