package dev.hearth.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** A list of names: text separated by commas, or a collection or array of text or classes. */
final class NamesType implements SettingType<List<String>> {
    static final Pattern CLASS_NAME = Pattern.compile("[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*"
            + "(\\.[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*)*");

    private final String legal;
    private final String example;
    private final Pattern rule;

    NamesType(String legal, String example, Pattern rule) {
        this.legal = legal;
        this.example = example;
        this.rule = rule;
    }

    @Override
    public Class<?> javaType() {
        return List.class;
    }

    @Override
    public String legal() {
        return legal;
    }

    @Override
    public String example() {
        return example;
    }

    @Override
    public List<String> read(Object given) {
        List<String> names = new ArrayList<>();
        for (Object part : parts(given)) {
            names.add(
                    part instanceof Class<?> type
                            ? type.getName()
                            : String.valueOf(part).strip());
        }
        check(names);
        return List.copyOf(names);
    }

    private static Collection<?> parts(Object given) {
        if (given instanceof Collection<?> collection) return collection;
        if (given instanceof Object[] array) return Arrays.asList(array);
        if (given instanceof CharSequence) return Arrays.asList(given.toString().split(",", -1));
        return List.of(given);
    }

    @Override
    public void check(List<String> value) {
        for (String name : value) {
            if (!rule.matcher(name).matches()) {
                throw new IllegalArgumentException("where '" + name + "' is not legal");
            }
        }
    }

    @Override
    public String write(List<String> value) {
        return String.join(",", value);
    }
}
