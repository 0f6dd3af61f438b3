package dev.hearth.encoding;

import org.hibernate.cache.CacheException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/**
 * The form of an attribute with a Hibernate user type: whatever the type disassembles its values to for the second-level
 * cache, which must be a value of a JDK class.
 *
 * @param path the attribute's full name, for messages
 */
record KeyUserType(String path, CustomType<?> type, SessionFactoryImplementor factory) implements KeyForm {
    @Override
    public void write(Object value, KeyBytes out) {
        Object disassembled = type.disassemble(value, factory);
        if (disassembled == null) {
            out.nothing();
        } else {
            scalarOf(disassembled).write(disassembled, out);
        }
    }

    /* Only Strings, since their class is not known beforehand: 1 and "1" must stay different. */
    @Override
    public @Nullable String text(Object value) {
        return type.disassemble(value, factory) instanceof String text ? KeyText.escape(text) : null;
    }

    private KeyScalar scalarOf(Object disassembled) {
        KeyScalar scalar = KeyScalar.of(disassembled.getClass());
        if (scalar == null) {
            throw new CacheException(("%s: %s disassembles its values to %s, which has no canonical form as a key. Let"
                            + " disassemble return a String, a number, a UUID or a java.time value")
                    .formatted(path, type.getName(), disassembled.getClass().getName()));
        }
        return scalar;
    }
}
