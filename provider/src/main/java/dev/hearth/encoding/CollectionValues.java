package dev.hearth.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The JDK's collections. What cannot be changed when it is written cannot be changed when it is read. */
@SuppressWarnings({"JdkObsolete", "EnumOrdinal"}) // what users have; the fingerprint covers the constants
final class CollectionValues {
    private CollectionValues() {}

    static void register(FixedValues.Registrar registrar) {
        collection(
                registrar, 53, ArrayList::new, ArrayList.class, Arrays.asList(1).getClass());
        collection(registrar, 54, LinkedList::new, LinkedList.class);
        collection(registrar, 55, HashSet::new, HashSet.class);
        collection(registrar, 56, LinkedHashSet::new, LinkedHashSet.class);
        collection(registrar, 57, TreeSet::new, TreeSet.class);
        map(registrar, 58, HashMap::new, read -> read, HashMap.class);
        map(registrar, 59, LinkedHashMap::new, read -> read, LinkedHashMap.class);
        map(registrar, 60, TreeMap::new, read -> read, TreeMap.class);
        registerUnmodifiable(registrar);
        registrar.add(64, new EnumSets(), EnumSet.noneOf(Thread.State.class).getClass());
    }

    private static void registerUnmodifiable(FixedValues.Registrar registrar) {
        List<Integer> list = new ArrayList<>();
        registrar.add(
                61,
                new Elements(ArrayList::new, read -> Collections.unmodifiableList((List<?>) read)),
                List.of(1, 2, 3).getClass(),
                List.of(1).getClass(),
                Collections.emptyList().getClass(),
                Collections.singletonList(1).getClass(),
                Collections.unmodifiableList(list).getClass(),
                Collections.unmodifiableList(new LinkedList<>()).getClass());
        registrar.add(
                62,
                new Elements(LinkedHashSet::new, read -> Collections.unmodifiableSet((Set<?>) read)),
                Set.of(1, 2, 3).getClass(),
                Set.of(1).getClass(),
                Collections.emptySet().getClass(),
                Collections.singleton(1).getClass(),
                Collections.unmodifiableSet(new HashSet<>()).getClass());
        map(
                registrar,
                63,
                LinkedHashMap::new,
                Collections::unmodifiableMap,
                Map.of(1, 1, 2, 2).getClass(),
                Map.of(1, 1).getClass(),
                Collections.emptyMap().getClass(),
                Collections.singletonMap(1, 1).getClass(),
                Collections.unmodifiableMap(new HashMap<>()).getClass());
    }

    private static void collection(
            FixedValues.Registrar registrar,
            int id,
            Supplier<? extends Collection<@Nullable Object>> empty,
            Class<?>... classes) {
        registrar.add(id, new Elements(empty, read -> read), classes);
    }

    private static void map(
            FixedValues.Registrar registrar,
            int id,
            Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty,
            Function<Map<@Nullable Object, @Nullable Object>, Map<?, ?>> finish,
            Class<?>... classes) {
        registrar.add(id, new Pairs(empty, finish), classes);
    }

    private static void checkNaturalOrder(@Nullable Object comparator) {
        if (comparator != null) {
            throw new NotEncodable("a collection is sorted by a comparator of its own");
        }
    }

    private static final class Elements extends Serializer<Collection<?>> {
        private final Supplier<? extends Collection<@Nullable Object>> empty;
        private final Function<Collection<@Nullable Object>, Collection<?>> finish;

        private Elements(
                Supplier<? extends Collection<@Nullable Object>> empty,
                Function<Collection<@Nullable Object>, Collection<?>> finish) {
            this.empty = empty;
            this.finish = finish;
        }

        @Override
        public void write(Kryo kryo, Output output, Collection<?> elements) {
            if (elements instanceof SortedSet<?> sorted) {
                checkNaturalOrder(sorted.comparator());
            }
            WireOutput out = (WireOutput) output;
            Object[] copy = elements.toArray();
            out.writeCount(copy.length);
            boolean hashed = elements instanceof Set<?>;
            if (hashed) {
                out.enterHashedContainer();
            }
            for (Object element : copy) {
                kryo.writeClassAndObject(out, element);
            }
            if (hashed) {
                out.leaveHashedContainer();
            }
        }

        @Override
        public Collection<?> read(Kryo kryo, Input input, Class<? extends Collection<?>> type) {
            WireInput in = (WireInput) input;
            int count = in.readCount(1);
            Collection<@Nullable Object> elements = empty.get();
            boolean hashed = elements instanceof Set<?>;
            if (hashed) {
                in.enterHashedContainer();
            }
            for (int i = 0; i < count; i++) {
                elements.add(kryo.readClassAndObject(in));
            }
            if (hashed) {
                in.leaveHashedContainer();
            }
            return finish.apply(elements);
        }
    }

    private static final class Pairs extends Serializer<Map<?, ?>> {
        private final Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty;
        private final Function<Map<@Nullable Object, @Nullable Object>, Map<?, ?>> finish;

        private Pairs(
                Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty,
                Function<Map<@Nullable Object, @Nullable Object>, Map<?, ?>> finish) {
            this.empty = empty;
            this.finish = finish;
        }

        @Override
        public void write(Kryo kryo, Output output, Map<?, ?> map) {
            if (map instanceof SortedMap<?, ?> sorted) {
                checkNaturalOrder(sorted.comparator());
            }
            WireOutput out = (WireOutput) output;
            Map.Entry<?, ?>[] entries = map.entrySet().toArray(new Map.Entry<?, ?>[0]);
            out.writeCount(entries.length);
            for (Map.Entry<?, ?> entry : entries) {
                out.enterHashedContainer();
                kryo.writeClassAndObject(out, entry.getKey());
                out.leaveHashedContainer();
                kryo.writeClassAndObject(out, entry.getValue());
            }
        }

        @Override
        public Map<?, ?> read(Kryo kryo, Input input, Class<? extends Map<?, ?>> type) {
            WireInput in = (WireInput) input;
            int count = in.readCount(2);
            Map<@Nullable Object, @Nullable Object> map = empty.get();
            for (int i = 0; i < count; i++) {
                in.enterHashedContainer();
                Object key = kryo.readClassAndObject(in);
                in.leaveHashedContainer();
                map.put(key, kryo.readClassAndObject(in));
            }
            return finish.apply(map);
        }
    }

    /** The enum's class, then its elements as the bits of a {@code long}: larger enums have another class of set. */
    private static final class EnumSets extends Serializer<EnumSet<?>> {
        @Override
        public void write(Kryo kryo, Output output, EnumSet<?> set) {
            EnumSet<?> members = set.isEmpty() ? EnumSet.complementOf(set) : set;
            if (members.isEmpty()) {
                throw new NotEncodable("a set of an enum without constants");
            }
            kryo.writeClass(output, members.iterator().next().getDeclaringClass());
            long bits = 0;
            for (Enum<?> element : set) {
                bits |= 1L << element.ordinal();
            }
            output.writeVarLong(bits, true);
        }

        @Override
        public EnumSet<?> read(Kryo kryo, Input input, Class<? extends EnumSet<?>> type) {
            Registration element = kryo.readClass(input);
            if (element == null || !element.getType().isEnum()) {
                throw new KryoException("No enum");
            }
            return of(element.getType(), input.readVarLong(true));
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static EnumSet<?> of(Class<?> type, long bits) {
            EnumSet set = EnumSet.noneOf((Class) type);
            Object[] constants = type.getEnumConstants();
            for (long left = bits; left != 0; left &= left - 1) {
                set.add(constants[Long.numberOfTrailingZeros(left)]);
            }
            return set;
        }
    }
}
