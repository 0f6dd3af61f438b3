package dev.hearth.encoding;

import com.esotericsoftware.kryo.Serializer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/** What a value of one of the model's own classes consists of, in an order that every JVM agrees on. */
sealed interface ModelLayout {
    /** The layout of an enum, a record, or a class with fields that may be read. */
    static ModelLayout of(Class<?> type) {
        if (type.isEnum()) {
            return new Constants(type);
        }
        return type.isRecord() ? Components.of(type) : Fields.of(type);
    }

    /** The fields that make up a value: those of its superclasses first, then by name, without static and transient ones. */
    static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        Class<?> parent = type.getSuperclass();
        if (parent != null) {
            fields.addAll(fields(parent));
        }
        Arrays.stream(type.getDeclaredFields())
                .filter(field ->
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .sorted(Comparator.comparing(Field::getName))
                .forEach(fields::add);
        return fields;
    }

    Serializer<?> serializer();

    /** Changes whenever values written under the one layout must not be read under the other. */
    String describe();

    /** An enum, by ordinal. */
    record Constants(Class<?> type) implements ModelLayout {
        @Override
        public Serializer<?> serializer() {
            return ModelSerializers.ofEnum(type);
        }

        @Override
        public String describe() {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.joining(",", "enum " + type.getName() + "(", ")"));
        }
    }

    /** A record, restored through its canonical constructor. */
    record Components(Class<?> type, List<Field> fields, Constructor<?> constructor) implements ModelLayout {
        static Components of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                List<Field> fields = new ArrayList<>();
                for (RecordComponent component : components) {
                    fields.add(type.getDeclaredField(component.getName()));
                }
                return new Components(type, open(fields), open(type.getDeclaredConstructor(types)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        public Serializer<?> serializer() {
            return ModelSerializers.ofRecord(fields, constructor);
        }

        @Override
        public String describe() {
            return text("record", type, fields);
        }
    }

    /** Any other class, restored field by field. */
    record Fields(Class<?> type, List<Field> fields) implements ModelLayout {
        static Fields of(Class<?> type) {
            return new Fields(type, open(ModelLayout.fields(type)));
        }

        @Override
        public Serializer<?> serializer() {
            return ModelSerializers.ofClass(fields, instantiator());
        }

        @Override
        public String describe() {
            return text("class", type, fields);
        }

        /* Its own constructor sets transient fields up; without one the object is made as deserialization makes it. */
        private ObjectInstantiator<?> instantiator() {
            try {
                Constructor<?> constructor = open(type.getDeclaredConstructor());
                return () -> ModelSerializers.construct(constructor);
            } catch (NoSuchMethodException e) {
                return new StdInstantiatorStrategy().newInstantiatorOf(type);
            }
        }
    }

    private static List<Field> open(List<Field> fields) {
        fields.forEach(field -> field.setAccessible(true));
        return List.copyOf(fields);
    }

    private static <T> Constructor<T> open(Constructor<T> constructor) {
        constructor.setAccessible(true);
        return constructor;
    }

    private static String text(String kind, Class<?> type, List<Field> fields) {
        return fields.stream()
                .map(field -> field.getDeclaringClass().getName()
                        + '.'
                        + field.getName()
                        + ':'
                        + field.getGenericType().getTypeName())
                .collect(Collectors.joining(",", kind + ' ' + type.getName() + "(", ")"));
    }
}
