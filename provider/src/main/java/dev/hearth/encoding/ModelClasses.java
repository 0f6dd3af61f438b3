package dev.hearth.encoding;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which classes the values of one role may be of, and collects those of the model: enums, records, and classes whose
 * fields can be encoded in turn. Used by one thread while a codec is built.
 */
final class ModelClasses {
    /** The setting that names further classes. */
    static final String ALLOWED_TYPES = "hibernate.cache.hearth.encoding.allowed-types";

    /* Types that attributes are declared with and whose values are among the fixed ones, or refused when they are written. */
    private static final Set<Class<?>> DECLARED = Set.of(
            Calendar.class,
            TimeZone.class,
            ZoneId.class,
            Number.class,
            CharSequence.class,
            Iterable.class,
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class,
            java.util.EnumSet.class);

    private final Set<Class<?>> allowed;
    private final Predicate<Class<?>> entity;
    private final Set<Class<?>> admitted = new LinkedHashSet<>();
    private final Set<String> referenced = new LinkedHashSet<>();

    /**
     * @param allowed what {@link #ALLOWED_TYPES} names
     * @param entity which classes are entities: those are never part of a value
     */
    ModelClasses(Set<Class<?>> allowed, Predicate<Class<?>> entity) {
        this.allowed = allowed;
        this.entity = entity;
    }

    /** Admits a type with all it is made of, or says why it cannot be and leaves everything as it was. */
    @Nullable
    String admit(Type type) {
        Set<Class<?>> found = new LinkedHashSet<>(admitted);
        String refusal = visit(type, found);
        if (refusal == null) {
            admitted.addAll(found);
        }
        return refusal;
    }

    /** Lets {@code @Any} references to these entities be encoded. */
    void admitReferencesTo(Collection<String> entityNames) {
        referenced.addAll(entityNames);
    }

    ValueTable table() {
        return new ValueTable(admitted, referenced);
    }

    private @Nullable String visit(Type type, Set<Class<?>> found) {
        if (type instanceof Class<?> concrete) {
            return visit(concrete, found);
        }
        if (type instanceof ParameterizedType generic) {
            String refusal = visit(generic.getRawType(), found);
            return refusal != null ? refusal : visitAll(generic.getActualTypeArguments(), found);
        }
        if (type instanceof GenericArrayType array) {
            return visit(array.getGenericComponentType(), found);
        }
        if (type instanceof WildcardType wildcard && wildcard.getUpperBounds()[0] != Object.class) {
            return visitAll(wildcard.getUpperBounds(), found);
        }
        // A variable of a generic class: whatever its values are, they are checked when they are written.
        return visitAll(allowed.toArray(Type[]::new), found);
    }

    private @Nullable String visitAll(Type[] types, Set<Class<?>> found) {
        for (Type type : types) {
            String refusal = visit(type, found);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private @Nullable String visit(Class<?> type, Set<Class<?>> found) {
        if (type.isPrimitive() || DECLARED.contains(type) || isFixed(type) || found.contains(type)) {
            return null;
        }
        if (type.isArray()) {
            return visit(type.getComponentType(), found);
        }
        if (entity.test(type)) {
            return "it holds the entity " + type.getName() + " itself, not its identifier";
        }
        if (type.isEnum()) {
            found.add(type);
            return null;
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || type == Object.class) {
            return visitAbstract(type, found);
        }
        return visitConcrete(type, found);
    }

    private static boolean isFixed(Class<?> type) {
        // These two are only what arrays are made of.
        return FixedValues.contains(type) && type != Object.class && type != java.io.Serializable.class;
    }

    /** The classes of the values are known if they are sealed or allowed by name. */
    private @Nullable String visitAbstract(Class<?> type, Set<Class<?>> found) {
        Class<?>[] permitted = type.isSealed() ? type.getPermittedSubclasses() : new Class<?>[0];
        Class<?>[] named = allowedBelow(type);
        if (permitted.length == 0 && named.length == 0 && !allowed.contains(type)) {
            return type.getName() + " does not say of which classes its values are; name those in " + ALLOWED_TYPES
                    + ", or map the attribute with a converter to a basic type";
        }
        String refusal = visitAll(permitted, found);
        return refusal != null ? refusal : visitAll(named, found);
    }

    private @Nullable String visitConcrete(Class<?> type, Set<Class<?>> found) {
        if (type.isHidden() || type.isAnonymousClass() || type.isLocalClass() || isInner(type)) {
            return type.getName() + " is not a class of its own, but bound to the place where it is written";
        }
        if (isOfTheJdk(type)) {
            return "values of " + type.getName()
                    + " have no encoding; map the attribute with a converter to a basic type (" + ALLOWED_TYPES
                    + " is for classes of the application only)";
        }
        found.add(type);
        for (Field field : ModelLayout.fields(type)) {
            String refusal = visit(field, found);
            if (refusal != null) {
                return "field " + field.getName() + " of " + type.getName() + ": " + refusal;
            }
        }
        return visitAll(allowedBelow(type), found);
    }

    private @Nullable String visit(Field field, Set<Class<?>> found) {
        try {
            field.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            return "it is closed to reflection (" + e.getMessage()
                    + "); open its package, or map the attribute with a converter" + " to a basic type";
        }
        return visit(field.getGenericType(), found);
    }

    private Class<?>[] allowedBelow(Class<?> type) {
        return allowed.stream()
                .filter(candidate -> candidate != type && type.isAssignableFrom(candidate))
                .toArray(Class<?>[]::new);
    }

    private static boolean isInner(Class<?> type) {
        return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    }

    private static boolean isOfTheJdk(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
