package dev.hearth.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.List;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.jspecify.annotations.Nullable;

/** The reference that an {@code @Any} attribute keeps: the entity by its place among the sorted names, then its identifier. */
final class AnyReferences extends Serializer<ObjectTypeCacheEntry> {
    /* Hibernate offers no public way in or out. Null where its module is closed to us. */
    private static final @Nullable Access ACCESS = Access.open();

    private final List<String> sortedEntities;

    AnyReferences(List<String> sortedEntities) {
        this.sortedEntities = sortedEntities;
    }

    /** Whether references can be taken apart here at all. */
    static boolean areAccessible() {
        return ACCESS != null;
    }

    static @Nullable Object identifier(ObjectTypeCacheEntry reference) {
        return access().read(access().identifier(), reference);
    }

    @Override
    public void write(Kryo kryo, Output output, ObjectTypeCacheEntry reference) {
        int index = Collections.binarySearch(sortedEntities, (String) access().read(access().name(), reference));
        if (index < 0) {
            throw new NotEncodable("a reference leads to an unknown entity");
        }
        output.writeVarInt(index, true);
        kryo.writeClassAndObject(output, identifier(reference));
    }

    @Override
    public ObjectTypeCacheEntry read(Kryo kryo, Input input, Class<? extends ObjectTypeCacheEntry> type) {
        String entity = sortedEntities.get(input.readVarInt(true));
        Object identifier = kryo.readClassAndObject(input);
        return (ObjectTypeCacheEntry) ModelSerializers.construct(access().constructor(), entity, identifier);
    }

    private static Access access() {
        if (ACCESS == null) {
            throw new KryoException("References are not accessible");
        }
        return ACCESS;
    }

    private record Access(Constructor<?> constructor, Field name, Field identifier) {
        static @Nullable Access open() {
            try {
                Constructor<?> constructor =
                        ObjectTypeCacheEntry.class.getDeclaredConstructor(String.class, Object.class);
                Field name = ObjectTypeCacheEntry.class.getDeclaredField("entityName");
                Field identifier = ObjectTypeCacheEntry.class.getDeclaredField("id");
                constructor.setAccessible(true);
                name.setAccessible(true);
                identifier.setAccessible(true);
                return new Access(constructor, name, identifier);
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }

        @Nullable
        Object read(Field field, ObjectTypeCacheEntry reference) {
            try {
                return field.get(reference);
            } catch (IllegalAccessException e) {
                throw new KryoException(e);
            }
        }
    }
}
