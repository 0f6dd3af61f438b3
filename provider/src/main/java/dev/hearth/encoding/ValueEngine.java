package dev.hearth.encoding;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/** A Kryo instance with its buffers. Serves any role, one at a time: which classes exist is the role's table. Not thread-safe. */
final class ValueEngine {
    /** Levels of values within values; deeper ones are refused before the stack is in danger. */
    static final int DEEPEST = 64;

    private final RoleClasses classes = new RoleClasses();
    private final Kryo kryo = new Kryo(classes, null);
    private final WireOutput out = new WireOutput();
    private final WireInput in = new WireInput();

    ValueEngine() {
        kryo.setRegistrationRequired(true);
        kryo.setMaxDepth(DEEPEST);
        kryo.setAutoReset(false);
    }

    /** A writer of values of the table's classes; anything else is refused with {@link NotEncodable}. */
    WireOutput write(ValueTable table, int limit) {
        classes.table = table;
        out.restart(limit);
        return out;
    }

    /** A reader of values of the table's classes; anything else is refused with a runtime exception. */
    WireInput read(ValueTable table, byte[] bytes, int offset) {
        classes.table = table;
        in.restart(bytes, offset, bytes.length - offset);
        return in;
    }

    void writeValue(@Nullable Object value) {
        kryo.writeClassAndObject(out, value);
    }

    /** Reads a value. Most have no parts and need nothing of what Kryo keeps for those that do. */
    @Nullable
    Object readValue() {
        Registration registration = classes.readClass(in);
        if (registration == null) {
            return null;
        }
        return registration.getSerializer() instanceof ValueSerializer<?> value
                ? value.read(in)
                : kryo.readObject(in, registration.getType(), registration.getSerializer());
    }

    /** Makes ready for another role, whatever became of the last entry, and lets go of its bytes. */
    void release() {
        kryo.reset();
        classes.table = null;
        in.release();
        out.release();
    }

    /**
     * Puts the role's table in the place of Kryo's registry. Kryo's own resolver would look up, and so load, any class whose
     * name the bytes contain, even where registration is required.
     */
    @SuppressWarnings("rawtypes")
    private static final class RoleClasses implements ClassResolver {
        private @Nullable ValueTable table;

        @Override
        public @Nullable Registration writeClass(Output output, @Nullable Class type) {
            if (type == null) {
                output.writeVarInt(FixedValues.NULL_ID, true);
                return null;
            }
            Registration registration = table().of(type);
            output.writeVarInt(registration.getId(), true);
            return registration;
        }

        @Override
        public @Nullable Registration readClass(Input input) {
            int id = input.readVarInt(true);
            return id == FixedValues.NULL_ID ? null : table().of(id);
        }

        @Override
        public @Nullable Registration getRegistration(Class type) {
            return table == null ? null : table.of(type);
        }

        @Override
        public @Nullable Registration getRegistration(int id) {
            return table == null ? null : table.of(id);
        }

        /** Kryo registers primitives for itself when it is made; the table has its own. */
        @Override
        public Registration register(Registration registration) {
            return registration;
        }

        @Override
        public @Nullable Registration unregister(int id) {
            return null;
        }

        @Override
        public Registration registerImplicit(Class type) {
            throw new KryoException(type.getName() + " is not registered");
        }

        @Override
        public void setKryo(Kryo kryo) {}

        @Override
        public void reset() {}

        private ValueTable table() {
            if (table == null) {
                throw new IllegalStateException("No role");
            }
            return table;
        }
    }
}
