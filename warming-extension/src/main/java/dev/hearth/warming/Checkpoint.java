package dev.hearth.warming;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where loading in the order of ids has come to, as text "seen:id".
 *
 * @param seen rows that lie behind it
 * @param id the last one of them
 */
record Checkpoint(long seen, Object id) {
    String text() {
        return seen + ":" + id;
    }

    /** What the text says; null, which is the beginning, if there is none or it says nothing. */
    static @Nullable Checkpoint read(@Nullable String text, Class<?> idClass) {
        int colon = text == null ? -1 : text.indexOf(':');
        if (text == null || colon < 0) {
            return null;
        }
        try {
            return new Checkpoint(Long.parseLong(text, 0, colon, 10), id(text.substring(colon + 1), idClass));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Object id(String text, Class<?> idClass) {
        if (idClass == Long.class) {
            return Long.valueOf(text);
        } else if (idClass == Integer.class) {
            return Integer.valueOf(text);
        } else if (idClass == Short.class) {
            return Short.valueOf(text);
        } else if (idClass == Byte.class) {
            return Byte.valueOf(text);
        } else if (idClass == BigInteger.class) {
            return new BigInteger(text);
        } else if (idClass == BigDecimal.class) {
            return new BigDecimal(text);
        } else if (idClass == UUID.class) {
            return UUID.fromString(text);
        } else if (idClass == String.class) {
            return text;
        }
        throw new IllegalArgumentException(idClass + " has no text");
    }
}
