package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.cache.spi.entry.StructuredCacheEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** Entities of one hierarchy: the subclass by its place among the sorted names, the version, then the disassembled state. */
final class EntityForm implements EntryForm {
    private final SessionFactoryImplementor factory;
    private final EntityPersister root;
    private final List<Subclass> subclasses = new ArrayList<>();
    private final Map<String, Subclass> byName = new HashMap<>();

    EntityForm(SessionFactoryImplementor factory, EntityPersister root, ShapeReader shapes) {
        this.factory = factory;
        this.root = root;
        Set<String> names = new TreeSet<>(root.getSubclassEntityNames());
        names.add(root.getEntityName());
        for (String name : names) {
            EntityPersister persister = factory.getMappingMetamodel().getEntityDescriptor(name);
            Subclass subclass = Subclass.of(subclasses.size(), persister, shapes);
            subclasses.add(subclass);
            byName.put(name, subclass);
        }
    }

    @Override
    public void write(ValueEngine engine, WireOutput out, Object value) {
        CacheEntry entry = (CacheEntry)
                (value instanceof Map<?, ?> ? root.getCacheEntryStructure().destructure(value, factory) : value);
        Subclass subclass = byName.get(entry.getSubclass());
        if (subclass == null) {
            throw new NotEncodable(entry.getSubclass() + " does not belong to " + root.getEntityName());
        }
        out.writeCount(subclass.index());
        EntryForm.write(engine, subclass.name() + " version", subclass.version(), entry.getVersion());
        Serializable[] state = entry.getDisassembledState();
        for (int i = 0; i < state.length; i++) {
            EntryForm.write(engine, subclass.paths().get(i), subclass.slots().get(i), state[i]);
        }
    }

    @Override
    public Object read(ValueEngine engine, WireInput in) {
        int index = in.readVarInt(true);
        if (index < 0 || index >= subclasses.size()) {
            throw new KryoException("No subclass has the number " + index);
        }
        Subclass subclass = subclasses.get(index);
        Object version = EntryForm.read(engine, "version", subclass.version());
        @Nullable Object[] state = new @Nullable Object[subclass.slots().size()];
        for (int i = 0; i < state.length; i++) {
            state[i] = EntryForm.read(
                    engine, subclass.paths().get(i), subclass.slots().get(i));
        }
        return subclass.assemble(state, version, factory);
    }

    @Override
    public String describe() {
        return subclasses.stream()
                .map(Subclass::describe)
                .collect(Collectors.joining("\n", "entities of " + root.getEntityName() + '\n', "\n"));
    }

    /** What entries of one concrete class consist of. */
    private record Subclass(
            int index,
            String name,
            List<String> properties,
            List<String> paths,
            List<Shape> slots,
            Shape version,
            EntityPersister persister) {
        static Subclass of(int index, EntityPersister persister, ShapeReader shapes) {
            String name = persister.getEntityName();
            List<String> properties = List.of(persister.getPropertyNames());
            List<Shape> slots = new ArrayList<>();
            for (int i = 0; i < properties.size(); i++) {
                slots.add(slot(persister, i, shapes));
            }
            Shape version = persister.isVersioned()
                    ? shapes.disassembled(name + " version", persister.getVersionType())
                    : new Shape.Absent("unversioned");
            List<String> paths =
                    properties.stream().map(property -> name + '.' + property).toList();
            return new Subclass(index, name, properties, paths, List.copyOf(slots), version, persister);
        }

        private static Shape slot(EntityPersister persister, int i, ShapeReader shapes) {
            String property = persister.getPropertyNames()[i];
            boolean lazy = persister.getPropertyLaziness()[i];
            if (lazy && !persister.isLazyPropertiesCacheable()) {
                return new Shape.Property(new Shape.Absent("uncached"), true, false);
            }
            Type type = persister.getPropertyTypes()[i];
            Shape shape = shapes.property(persister, property, type);
            boolean mayBeUnfetched =
                    lazy || persister.getBytecodeEnhancementMetadata().isEnhancedForLazyLoading();
            return new Shape.Property(shape, mayBeUnfetched, isBackReference(property));
        }

        /** Hibernate makes up such a property for a list or map whose key column lies in the element's table. */
        private static boolean isBackReference(String property) {
            return property.startsWith("_") && property.endsWith("ackref");
        }

        /* The constructor of Hibernate's entry is closed, but its structured form is public: a map from names to values. */
        Object assemble(@Nullable Object[] state, @Nullable Object version, SessionFactoryImplementor factory) {
            Object entry =
                    new StructuredCacheEntry(persister).destructure(new StateView(this, version, state), factory);
            return persister.getCacheEntryStructure().structure(entry);
        }

        String describe() {
            StringBuilder text = new StringBuilder(name).append(" version ").append(version.describe());
            for (int i = 0; i < slots.size(); i++) {
                text.append("\n ")
                        .append(properties.get(i))
                        .append(' ')
                        .append(slots.get(i).describe());
            }
            return text.toString();
        }
    }

    /** A state as the map that Hibernate's structured form would be, without building one. For one thread. */
    private static final class StateView extends AbstractMap<String, @Nullable Object> {
        /* Hibernate asks for the subclass, for the version, and for the properties in their order. So what an attribute is
         * called makes no difference, even if it is called as one of the first two are. A version that asks in another order
         * is answered by name. */
        private static final int PROPERTIES = 2;

        private final Subclass subclass;
        private final @Nullable Object version;
        private final @Nullable Object[] state;
        private int asked;

        private StateView(Subclass subclass, @Nullable Object version, @Nullable Object[] state) {
            this.subclass = subclass;
            this.version = version;
            this.state = state;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            int place = asked++;
            return named(place).equals(key) ? at(place) : byName(key);
        }

        private String named(int place) {
            return switch (place) {
                case 0 -> StructuredCacheEntry.SUBCLASS_KEY;
                case 1 -> StructuredCacheEntry.VERSION_KEY;
                default ->
                    place < PROPERTIES + state.length ? subclass.properties().get(place - PROPERTIES) : "";
            };
        }

        private @Nullable Object at(int place) {
            return switch (place) {
                case 0 -> subclass.name();
                case 1 -> version;
                default -> state[place - PROPERTIES];
            };
        }

        private @Nullable Object byName(@Nullable Object key) {
            for (int place = 0; place < PROPERTIES + state.length; place++) {
                if (named(place).equals(key)) {
                    return at(place);
                }
            }
            return null;
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            throw new UnsupportedOperationException("Only get");
        }
    }
}
