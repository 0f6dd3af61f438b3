package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.hibernate.type.AnyType;
import org.jspecify.annotations.Nullable;

/**
 * The classes whose values one role may hold, each with the number that stands for it on the wire: the JDK's value types
 * with their fixed numbers, then the model's classes in the order of their names, so that every JVM gives the same numbers.
 * Immutable.
 */
final class ValueTable {
    private static final int ANY_REFERENCE_ID = 66;

    private final IdentityHashMap<Class<?>, Registration> byClass = new IdentityHashMap<>();
    private final @Nullable Registration[] byId;
    private final Registration typedArray;
    private final List<String> entities;
    private final List<ModelLayout> model = new ArrayList<>();

    /**
     * @param modelClasses enums, records and classes with open fields
     * @param entityNames the entities that {@code @Any} may lead to, or none if the role has no such attribute
     */
    ValueTable(Collection<Class<?>> modelClasses, Collection<String> entityNames) {
        byId = new @Nullable Registration[FixedValues.FIRST_MODEL_ID + modelClasses.size()];
        for (FixedValues.Entry entry : FixedValues.ENTRIES) {
            Registration registration = new Registration(entry.classes().get(0), entry.serializer(), entry.id());
            byId[entry.id()] = registration;
            entry.classes().forEach(type -> byClass.put(type, registration));
        }
        typedArray = of(ArrayValues.TYPED_ARRAY_ID);
        entities = entityNames.stream().sorted().toList();
        if (!entities.isEmpty()) {
            add(AnyType.ObjectTypeCacheEntry.class, new AnyReferences(entities), ANY_REFERENCE_ID);
        }
        int id = FixedValues.FIRST_MODEL_ID;
        for (Class<?> type : inOrderOfName(modelClasses)) {
            ModelLayout layout = ModelLayout.of(type);
            model.add(layout);
            add(type, layout.serializer(), id++);
        }
    }

    private static List<Class<?>> inOrderOfName(Collection<Class<?>> classes) {
        List<Class<?>> sorted = new ArrayList<>(classes);
        sorted.sort(Comparator.comparing(Class::getName));
        return sorted;
    }

    private void add(Class<?> type, Serializer<?> serializer, int id) {
        Registration registration = new Registration(type, serializer, id);
        byClass.put(type, registration);
        byId[id] = registration;
    }

    /** How values of a class are written. */
    Registration of(Class<?> type) {
        Registration found = byClass.get(type);
        if (found != null) {
            return found;
        }
        if (type.isArray()) {
            return typedArray;
        }
        // A constant with a body of its own has a class of its own.
        Class<?> parent = type.getSuperclass();
        Registration declared = parent != null && parent.isEnum() ? byClass.get(parent) : null;
        if (declared == null) {
            throw new NotEncodable(
                    type.getName() + " is named neither by the mapping nor in " + ModelClasses.ALLOWED_TYPES);
        }
        return declared;
    }

    /** The number of a class that is the first of its form, so that the number leads back to it; -1 for any other. */
    int numberOf(Class<?> type) {
        Registration found = byClass.get(type);
        return found != null && found.getType() == type ? found.getId() : -1;
    }

    /** What a number on the wire stands for. */
    Registration of(int id) {
        Registration found = id >= 0 && id < byId.length ? byId[id] : null;
        if (found == null) {
            throw new KryoException("No class has the number " + id);
        }
        return found;
    }

    /** The entities and the model's classes with their numbers and layouts, for the fingerprint. */
    String describe() {
        StringBuilder text = new StringBuilder(entities.toString()).append('\n');
        int id = FixedValues.FIRST_MODEL_ID;
        for (ModelLayout layout : model) {
            text.append(id++).append(' ').append(layout.describe()).append('\n');
        }
        return text.toString();
    }
}
