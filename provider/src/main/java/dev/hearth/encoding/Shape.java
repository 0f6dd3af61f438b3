package dev.hearth.encoding;

import static org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer.UNFETCHED_PROPERTY;
import static org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl.UNKNOWN;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.type.AnyType;
import org.jspecify.annotations.Nullable;

/**
 * What a slot of a disassembled state may hold. Checked when a value is written, so that what is stored can be read, and
 * when it is read, so that forged bytes cannot hand Hibernate a string where it expects a date.
 */
sealed interface Shape {
    /** Whether a value, or null, may stand here. */
    boolean admits(@Nullable Object value);

    /** A text for the fingerprint: equal on every JVM, different for every other mapping. */
    String describe();

    /** A property of an entity: its value, or one of Hibernate's placeholders where that may stand. */
    record Property(Shape shape, boolean mayBeUnfetched, boolean mayBeUnknown) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            if (value == UNFETCHED_PROPERTY) {
                return mayBeUnfetched;
            }
            return value == UNKNOWN ? mayBeUnknown : shape.admits(value);
        }

        @Override
        public String describe() {
            return shape.describe() + (mayBeUnfetched ? " lazy" : "") + (mayBeUnknown ? " back" : "");
        }
    }

    /**
     * The value of an attribute that is declared with a primitive type.
     *
     * @param mayBeMissing whether it stands for null as well: another subclass of a polymorphic component lacks it
     */
    record Primitive(Shape shape, boolean mayBeMissing) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            return value == null ? mayBeMissing : shape.admits(value);
        }

        @Override
        public String describe() {
            return "primitive " + shape.describe();
        }
    }

    /** Null or an instance of one of the classes. */
    record Instance(String text, List<Class<?>> classes) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            if (value == null) {
                return true;
            }
            // Without an iterator: most have one class, and every value that is read comes by here.
            for (int i = 0; i < classes.size(); i++) {
                if (classes.get(i).isInstance(value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String describe() {
            return text;
        }
    }

    /** Null, or an array or collection of elements. */
    record Elements(String text, Class<?> container, Shape element) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            if (value == null) {
                return true;
            }
            if (!container.isInstance(value)) {
                return false;
            }
            if (value instanceof Object[] array) {
                return admitsAll(Arrays.asList(array));
            }
            return !(value instanceof Collection<?> elements) || admitsAll(elements);
        }

        private boolean admitsAll(Collection<?> elements) {
            for (Object candidate : elements) {
                if (!element.admits(candidate)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String describe() {
            return text + '<' + element.describe() + '>';
        }
    }

    /** Null or the array of a component's values; a polymorphic one adds the value of its discriminator. */
    record Components(String text, List<String> names, List<Shape> shapes) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            if (value == null) {
                return true;
            }
            if (!(value instanceof Object[] values) || !hasFittingLength(values)) {
                return false;
            }
            return IntStream.range(0, shapes.size()).allMatch(i -> shapes.get(i).admits(values[i]));
        }

        private boolean hasFittingLength(Object[] values) {
            if (values.length == shapes.size()) {
                return true;
            }
            return values.length == shapes.size() + 1
                    && (values[shapes.size()] instanceof CharSequence
                            || values[shapes.size()] instanceof Number
                            || values[shapes.size()] instanceof Character);
        }

        @Override
        public String describe() {
            return IntStream.range(0, shapes.size())
                    .mapToObj(i -> names.get(i) + ':' + shapes.get(i).describe())
                    .collect(Collectors.joining(",", text + '(', ")"));
        }
    }

    /** The identifier of another entity. */
    record Reference(String entity, Shape identifier) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            return identifier.admits(value);
        }

        @Override
        public String describe() {
            return "to " + entity + ' ' + identifier.describe();
        }
    }

    /** Null or what {@code @Any} keeps: an entity's name and identifier. */
    record AnyReference(Shape identifier) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            return value == null
                    || (value instanceof AnyType.ObjectTypeCacheEntry entry
                            && identifier.admits(AnyReferences.identifier(entry)));
        }

        @Override
        public String describe() {
            return "any " + identifier.describe();
        }
    }

    /** Null only. */
    record Absent(String text) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            return value == null;
        }

        @Override
        public String describe() {
            return text;
        }
    }

    /** Whatever the role's classes allow: a user type decides for itself what it disassembles to. */
    record Anything(String text) implements Shape {
        @Override
        public boolean admits(@Nullable Object value) {
            return true;
        }

        @Override
        public String describe() {
            return text;
        }
    }
}
