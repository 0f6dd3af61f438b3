package dev.hearth.config;

import java.time.DateTimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values between two bounds, both of them legal; one word may stand for a value outside them. */
final class RangeType<T extends Comparable<T>> implements SettingType<T> {
    private final Class<T> javaType;
    private final String noun;
    private final Function<Object, @Nullable T> parser;
    private final Function<T, String> writer;
    private final T minimum;
    private final T maximum;
    private final String example;
    private final @Nullable String word;
    private final @Nullable T wordValue;

    RangeType(
            Class<T> javaType,
            String noun,
            Function<Object, @Nullable T> parser,
            Function<T, String> writer,
            T minimum,
            T maximum,
            String example) {
        this(javaType, noun, parser, writer, minimum, maximum, example, null, null);
    }

    private RangeType(
            Class<T> javaType,
            String noun,
            Function<Object, @Nullable T> parser,
            Function<T, String> writer,
            T minimum,
            T maximum,
            String example,
            @Nullable String word,
            @Nullable T wordValue) {
        this.javaType = javaType;
        this.noun = noun;
        this.parser = parser;
        this.writer = writer;
        this.minimum = minimum;
        this.maximum = maximum;
        this.example = example;
        this.word = word;
        this.wordValue = wordValue;
    }

    RangeType<T> or(String otherWord, T itsValue) {
        return new RangeType<>(javaType, noun, parser, writer, minimum, maximum, example, otherWord, itsValue);
    }

    @Override
    public Class<?> javaType() {
        return javaType;
    }

    @Override
    public String legal() {
        String range = noun + " from " + writer.apply(minimum) + " to " + writer.apply(maximum);
        return word == null ? range : range + ", or " + word;
    }

    @Override
    public String example() {
        return example;
    }

    @Override
    public T read(Object given) {
        if (wordValue != null
                && given instanceof CharSequence
                && given.toString().strip().equalsIgnoreCase(word)) {
            return wordValue;
        }
        T value = parse(given);
        if (value == null) throw new IllegalArgumentException("which is not " + noun);
        checkRange(value);
        return value;
    }

    private @Nullable T parse(Object given) {
        try {
            return parser.apply(
                    given instanceof CharSequence text ? text.toString().strip() : given);
        } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    @Override
    public void check(T value) {
        if (!value.equals(wordValue)) checkRange(value);
    }

    private void checkRange(T value) {
        if (value.compareTo(minimum) < 0) throw new IllegalArgumentException("which is too little");
        if (value.compareTo(maximum) > 0) throw new IllegalArgumentException("which is too much");
    }

    @Override
    public String write(T value) {
        return word != null && value.equals(wordValue) ? word : writer.apply(value);
    }
}
