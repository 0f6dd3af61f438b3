package dev.hearth.warming;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Values of parameters as they are written in annotations and settings: like the query of a URL. */
final class Parameters {
    private Parameters() {}

    /** Sets with white space between them, which stands as {@code +} or {@code %20} where a value has it. */
    static List<Map<String, Object>> sets(String text) {
        return Stream.of(text.strip().split("\\s+")).map(Parameters::set).toList();
    }

    /** @throws IllegalArgumentException if it is none; the message follows the value */
    static Map<String, Object> set(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String part : text.strip().split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) throw new IllegalArgumentException("in which '" + part + "' is no name=value");
            values.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in which '" + text + "' is not encoded as in a URL", e);
        }
    }
}
