package dev.hearth.encoding;

import org.jspecify.annotations.Nullable;

/**
 * The alphabet of readable key parts: {@code A-Z a-z 0-9 _ . -} as they are, every other UTF-16 unit as {@code %} and four
 * upper-case hexadecimal digits, and the empty text as a lone {@code %}. Reversible, so different texts stay different.
 */
final class KeyText {
    /** Longest readable part, in characters; a longer one gives way to bytes or a digest. */
    static final int MAXIMUM_LENGTH = 96;

    /** Of a unit that is escaped. */
    private static final int ESCAPED = 5;

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private KeyText() {}

    /** The escaped text, the same object where nothing needs escaping, or null where it would be too long. */
    static @Nullable String escape(String text) {
        int length = text.length();
        if (length > MAXIMUM_LENGTH) {
            return null;
        }
        if (length == 0) {
            return "%";
        }
        int safe = safePrefix(text);
        return safe == length ? text : escapeFrom(text, safe);
    }

    /** What was escaped; null if this is no text that {@link #escape} answers. */
    static @Nullable String restore(String escaped) {
        if (escaped.equals("%")) {
            return "";
        }
        StringBuilder text = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char unit = escaped.charAt(i);
            if (isSafe(unit)) {
                text.append(unit);
            } else if (unit == '%' && isHex(escaped, i + 1, i + ESCAPED)) {
                text.append((char) Integer.parseInt(escaped, i + 1, i + ESCAPED, 16));
                i += ESCAPED - 1;
            } else {
                return null;
            }
        }
        return text.toString();
    }

    private static boolean isHex(String text, int from, int to) {
        return to <= text.length()
                && text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'F');
    }

    private static int safePrefix(String text) {
        int i = 0;
        while (i < text.length() && isSafe(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static @Nullable String escapeFrom(String text, int start) {
        StringBuilder escaped = new StringBuilder(MAXIMUM_LENGTH).append(text, 0, start);
        for (int i = start; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (isSafe(unit)) {
                escaped.append(unit);
            } else {
                escaped.append('%');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    escaped.append(HEX[unit >> shift & 0xF]);
                }
            }
        }
        return escaped.length() <= MAXIMUM_LENGTH ? escaped.toString() : null;
    }

    private static boolean isSafe(char unit) {
        return unit >= 'a' && unit <= 'z'
                || unit >= 'A' && unit <= 'Z'
                || unit >= '0' && unit <= '9'
                || unit == '_'
                || unit == '.'
                || unit == '-';
    }
}
