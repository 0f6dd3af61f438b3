package dev.hearth.encoding;

import org.jspecify.annotations.Nullable;

/**
 * How the values of one mapped type become part of a key. Values that are the same database value give the same bytes and
 * the same text, different ones different bytes and texts. Thread-safe.
 */
interface KeyForm {
    /** Appends the value, canonical and self-delimiting. */
    void write(Object value, KeyBytes out);

    /**
     * The value as readable text of {@link KeyText}'s alphabet, at least one character.
     *
     * @return null where the value is better served by its bytes
     */
    default @Nullable String text(Object value) {
        return null;
    }

    /** Appends the value, or the mark of its absence. */
    default void writeNullable(@Nullable Object value, KeyBytes out) {
        if (value == null) {
            out.nothing();
        } else {
            write(value, out);
        }
    }
}
