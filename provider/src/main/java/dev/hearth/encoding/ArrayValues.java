package dev.hearth.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.lang.reflect.Array;

/** Arrays of primitives, of objects, and of any class that the role may hold, in any number of dimensions. */
final class ArrayValues {
    static final int TYPED_ARRAY_ID = 42;

    private static final int DEEPEST = 8;

    private ArrayValues() {}

    static void register(FixedValues.Registrar registrar) {
        registrar.add(41, new ObjectArray(), Object[].class);
        // The table finds this one for every array of objects.
        registrar.add(TYPED_ARRAY_ID, new TypedArray(), Serializable[].class);
        registrar.add(43, new ElementTypeOnly(), Object.class);
        registrar.add(44, new ElementTypeOnly(), Serializable.class);
        registrar.value(45, byte[].class, WireOutput::writeCounted, WireInput::readCounted);
        primitives(registrar, 46, boolean[].class, 1, Output::writeBooleans, Input::readBooleans);
        primitives(registrar, 47, char[].class, Character.BYTES, Output::writeChars, Input::readChars);
        primitives(registrar, 48, short[].class, Short.BYTES, Output::writeShorts, Input::readShorts);
        primitives(registrar, 49, int[].class, Integer.BYTES, Output::writeInts, Input::readInts);
        primitives(registrar, 50, long[].class, Long.BYTES, Output::writeLongs, Input::readLongs);
        primitives(registrar, 51, float[].class, Float.BYTES, Output::writeFloats, Input::readFloats);
        primitives(registrar, 52, double[].class, Double.BYTES, Output::writeDoubles, Input::readDoubles);
    }

    private static <A> void primitives(
            FixedValues.Registrar registrar,
            int id,
            Class<A> type,
            int bytesPerItem,
            ItemWriter<A> writer,
            ItemReader<A> reader) {
        registrar.value(
                id,
                type,
                (out, array) -> {
                    int length = Array.getLength(array);
                    out.writeCount(length);
                    writer.write(out, array, 0, length);
                },
                in -> reader.read(in, in.readCount(bytesPerItem)));
    }

    private interface ItemWriter<A> {
        void write(Output out, A array, int offset, int count);
    }

    private interface ItemReader<A> {
        A read(Input in, int count);
    }

    private static void writeElements(Kryo kryo, WireOutput out, Object[] array) {
        out.writeCount(array.length);
        for (Object element : array) {
            kryo.writeClassAndObject(out, element);
        }
    }

    private static void readElements(Kryo kryo, WireInput in, Object[] array) {
        for (int i = 0; i < array.length; i++) {
            array[i] = kryo.readClassAndObject(in);
        }
    }

    private static final class ObjectArray extends Serializer<Object[]> {
        @Override
        public void write(Kryo kryo, Output output, Object[] array) {
            writeElements(kryo, (WireOutput) output, array);
        }

        @Override
        public Object[] read(Kryo kryo, Input input, Class<? extends Object[]> type) {
            WireInput in = (WireInput) input;
            Object[] array = new Object[in.readCount(1)];
            readElements(kryo, in, array);
            return array;
        }
    }

    /** The registered class at the core, the number of dimensions between it and the elements, then the elements. */
    private static final class TypedArray extends Serializer<Object[]> {
        @Override
        public void write(Kryo kryo, Output output, Object[] array) {
            Class<?> core = array.getClass().getComponentType();
            int dimensions = 0;
            while (isArrayOfObjects(core)) {
                core = core.getComponentType();
                dimensions++;
            }
            WireOutput out = (WireOutput) output;
            kryo.writeClass(out, core);
            out.writeCount(dimensions);
            writeElements(kryo, out, array);
        }

        @Override
        public Object[] read(Kryo kryo, Input input, Class<? extends Object[]> type) {
            WireInput in = (WireInput) input;
            Registration core = kryo.readClass(in);
            int dimensions = in.readVarInt(true);
            if (core == null || dimensions < 0 || dimensions > DEEPEST) {
                throw new KryoException("No array type");
            }
            Class<?> element = core.getType();
            for (int i = 0; i < dimensions; i++) {
                element = element.arrayType();
            }
            Object[] array = (Object[]) Array.newInstance(element, in.readCount(1));
            readElements(kryo, in, array);
            return array;
        }

        private static boolean isArrayOfObjects(Class<?> type) {
            return type.isArray() && !type.getComponentType().isPrimitive();
        }
    }

    /** A class that arrays may be made of, but that has no values of its own. */
    private static final class ElementTypeOnly extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object value) {
            throw new NotEncodable(value.getClass().getName() + " has no content");
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            throw new KryoException("A bare " + type.getName());
        }
    }
}
