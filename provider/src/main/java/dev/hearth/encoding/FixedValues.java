package dev.hearth.encoding;

import com.esotericsoftware.kryo.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JDK's value types, which every role may hold, each with its number on the wire.
 *
 * <p>A number, once given, is never given to something else, and a changed form gets a new
 * {@link MappingFingerprint#ENCODING_VERSION}.
 */
final class FixedValues {
    /** Stands for {@code null}. */
    static final int NULL_ID = 0;

    /** The first number of the classes that a mapping names; with those below it takes one byte up to 127. */
    static final int FIRST_MODEL_ID = 96;

    static final List<Entry> ENTRIES = entries();

    private static final Set<Class<?>> CLASSES =
            ENTRIES.stream().flatMap(entry -> entry.classes().stream()).collect(Collectors.toUnmodifiableSet());

    private FixedValues() {}

    static boolean contains(Class<?> type) {
        return CLASSES.contains(type);
    }

    private static List<Entry> entries() {
        Registrar registrar = new Registrar();
        HibernateValues.register(registrar);
        ScalarValues.register(registrar);
        TimeValues.register(registrar);
        PlaceValues.register(registrar);
        ArrayValues.register(registrar);
        CollectionValues.register(registrar);
        return List.copyOf(registrar.entries);
    }

    /**
     * One form on the wire.
     *
     * @param classes the classes written in this form, the one that is read first
     */
    record Entry(int id, List<Class<?>> classes, Serializer<?> serializer) {}

    /** Collects the entries; numbers are checked to be free and in range. */
    static final class Registrar {
        private final List<Entry> entries = new ArrayList<>();

        <T> void value(int id, Class<T> type, ValueSerializer.Writer<T> writer, ValueSerializer.Reader<T> reader) {
            add(id, new ValueSerializer<>(writer, reader), type);
        }

        void add(int id, Serializer<?> serializer, Class<?>... classes) {
            if (id <= NULL_ID || id >= FIRST_MODEL_ID || entries.stream().anyMatch(entry -> entry.id() == id)) {
                throw new IllegalArgumentException(id + " is out of range or taken");
            }
            entries.add(new Entry(id, List.of(classes), serializer));
        }
    }
}
