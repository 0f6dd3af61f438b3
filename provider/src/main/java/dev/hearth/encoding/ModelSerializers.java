package dev.hearth.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import org.objenesis.instantiator.ObjectInstantiator;

/**
 * How values of the model's own classes are written and read.
 *
 * <p>Kryo's own field serializer stores what it reads through {@code Unsafe}, whatever its type; bytes from outside could so
 * put a string where a date belongs. Reflection checks every store.
 */
final class ModelSerializers {
    private ModelSerializers() {}

    @SuppressWarnings("EnumOrdinal") // the fingerprint covers the constants and their order
    static Serializer<?> ofEnum(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return new ValueSerializer<Object>(
                (out, constant) -> out.writeCount(((Enum<?>) constant).ordinal()),
                in -> constants[in.readVarInt(true)]);
    }

    static Serializer<?> ofRecord(List<Field> fields, Constructor<?> constructor) {
        return new Parts(fields) {
            @Override
            public Object read(Kryo kryo, Input input, Class<?> type) {
                Object[] values = new Object[fields.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = kryo.readClassAndObject(input);
                }
                return construct(constructor, values);
            }
        };
    }

    static Serializer<?> ofClass(List<Field> fields, ObjectInstantiator<?> instantiator) {
        return new Parts(fields) {
            @Override
            public Object read(Kryo kryo, Input input, Class<?> type) {
                Object value = instantiator.newInstance();
                try {
                    for (Field field : fields) {
                        field.set(value, kryo.readClassAndObject(input));
                    }
                } catch (IllegalAccessException e) {
                    throw new KryoException(e);
                }
                return value;
            }
        };
    }

    static Object construct(Constructor<?> constructor, Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(e);
        }
    }

    private abstract static class Parts extends Serializer<Object> {
        private final List<Field> fields;

        private Parts(List<Field> fields) {
            this.fields = fields;
        }

        @Override
        public void write(Kryo kryo, Output output, Object value) {
            try {
                for (Field field : fields) {
                    kryo.writeClassAndObject(output, field.get(value));
                }
            } catch (IllegalAccessException e) {
                throw new KryoException(e);
            }
        }
    }
}
