package dev.hearth.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The constants of an enum, written in lower case with hyphens. */
final class ChoiceType<E extends Enum<E>> implements SettingType<E> {
    private final Class<E> javaType;
    private final E[] choices;

    ChoiceType(Class<E> javaType) {
        this.javaType = javaType;
        this.choices = javaType.getEnumConstants();
    }

    @Override
    public Class<E> javaType() {
        return javaType;
    }

    @Override
    public String legal() {
        return Arrays.stream(choices).map(this::write).collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public String example() {
        return write(choices[0]);
    }

    @Override
    public E read(Object given) {
        for (E choice : choices) {
            if (choice == given || (given instanceof CharSequence && matches(choice, given.toString()))) return choice;
        }
        throw new IllegalArgumentException("which is none of them");
    }

    private boolean matches(E choice, String text) {
        return write(choice).equalsIgnoreCase(text.strip().replace('_', '-'));
    }

    @Override
    public void check(E value) {}

    @Override
    public String write(E value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
