package dev.hearth.encoding;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Reads the components of records of any class, past accessors that may answer something else. */
final class RecordFields {
    private static final Field[] CLOSED = {};

    private static final ClassValue<Field[]> FIELDS = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            try {
                return open(type);
            } catch (ReflectiveOperationException | RuntimeException e) {
                return CLOSED;
            }
        }
    };

    private RecordFields() {}

    /** The values in the order of declaration, or null if the record's module keeps them to itself. */
    static @Nullable Object @Nullable [] valuesOf(Record value) {
        Field[] fields = FIELDS.get(value.getClass());
        if (fields == CLOSED) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[fields.length];
        try {
            for (int i = 0; i < fields.length; i++) {
                values[i] = fields[i].get(value);
            }
        } catch (IllegalAccessException e) {
            return null;
        }
        return values;
    }

    private static Field[] open(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Field[] fields = new Field[components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = type.getDeclaredField(components[i].getName());
            fields[i].setAccessible(true);
        }
        return fields;
    }
}
