package dev.hearth.encoding;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.hibernate.cache.CacheException;

/** The form of several attributes in mapping order: an embeddable, an id class or a compound natural id. */
final class KeyComposite implements KeyForm {
    private final String path;
    private final Function<Object, Object[]> values;
    private final KeyForm[] parts;

    /**
     * @param path the attribute's full name, for messages
     * @param values takes the composite apart into as many values as there are parts
     */
    KeyComposite(String path, Function<Object, Object[]> values, KeyForm[] parts) {
        this.path = path;
        this.values = values;
        this.parts = parts;
    }

    /* Hibernate holds an embeddable of nothing but nulls for equal to null. */
    @Override
    public void write(Object value, KeyBytes out) {
        Object[] components = values.apply(value);
        if (components.length != parts.length) {
            throw new CacheException(
                    "%s consists of %d values, but was given %d".formatted(path, parts.length, components.length));
        }
        if (Arrays.stream(components).allMatch(Objects::isNull)) {
            out.nothing();
            return;
        }
        out.list(parts.length);
        for (int i = 0; i < parts.length; i++) {
            parts[i].writeNullable(components[i], out);
        }
    }
}
