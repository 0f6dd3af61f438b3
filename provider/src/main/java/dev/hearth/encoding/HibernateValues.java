package dev.hearth.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl;

/** Hibernate's placeholders, which it compares by identity, and class literals. */
final class HibernateValues {
    private HibernateValues() {}

    static void register(FixedValues.Registrar registrar) {
        placeholder(registrar, 1, LazyPropertyInitializer.UNFETCHED_PROPERTY);
        placeholder(registrar, 2, PropertyAccessStrategyBackRefImpl.UNKNOWN);
        registrar.add(65, new ClassLiteral(), Class.class);
    }

    private static void placeholder(FixedValues.Registrar registrar, int id, Object singleton) {
        registrar.add(id, new ValueSerializer<>((out, value) -> {}, in -> singleton), singleton.getClass());
    }

    /** Only classes whose values the role may hold have a number; no other class is written, found or loaded. */
    private static final class ClassLiteral extends Serializer<Class<?>> {
        @Override
        public void write(Kryo kryo, Output output, Class<?> literal) {
            kryo.writeClass(output, literal);
        }

        @Override
        public Class<?> read(Kryo kryo, Input input, Class<? extends Class<?>> type) {
            Registration literal = kryo.readClass(input);
            if (literal == null) {
                throw new KryoException("No class");
            }
            return literal.getType();
        }
    }
}
