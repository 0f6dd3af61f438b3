package dev.hearth.encoding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A field that one of Hibernate's classes keeps to itself, and that there is no other way to read. */
record PrivateField(MethodHandle getter) {
    /** Opens a field for reading; fails if there is none of that name and type, or if Hibernate's module is closed. */
    static PrivateField of(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
        MethodHandle getter =
                MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findGetter(owner, name, type);
        return new PrivateField(getter.asType(MethodType.methodType(Object.class, Object.class)));
    }

    /** The names of the fields that make up an object: all but static and transient ones. */
    static Set<String> namesIn(Class<?> owner) {
        return Arrays.stream(owner.getDeclaredFields())
                .filter(field ->
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .map(Field::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Nullable
    Object in(Object owner) {
        try {
            return (Object) getter.invokeExact(owner);
        } catch (Throwable e) {
            throw new IllegalStateException("A field could not be read", e);
        }
    }
}
