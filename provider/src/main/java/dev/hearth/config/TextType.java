package dev.hearth.config;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Text that obeys a rule. Secret text never stands in a message. */
final class TextType implements SettingType<String> {
    private static final Pattern NOT_BLANK = Pattern.compile(".*\\S.*", Pattern.DOTALL);

    private final String legal;
    private final String example;
    private final Predicate<String> rule;
    private final boolean secret;

    private TextType(String legal, String example, Predicate<String> rule, boolean secret) {
        this.legal = legal;
        this.example = example;
        this.rule = rule;
        this.secret = secret;
    }

    static TextType matching(String legal, String example, Pattern rule) {
        return new TextType(legal, example, rule.asMatchPredicate(), false);
    }

    static TextType of(String legal, String example) {
        return matching(legal, example, NOT_BLANK);
    }

    static TextType secret() {
        return new TextType(
                "text that is not empty", "the value of an environment variable", text -> !text.isEmpty(), true);
    }

    @Override
    public Class<String> javaType() {
        return String.class;
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
    public String read(Object given) {
        if (!(given instanceof CharSequence)) throw new IllegalArgumentException("which is not text");
        String text = secret ? given.toString() : given.toString().strip();
        check(text);
        return text;
    }

    @Override
    public void check(String value) {
        if (!rule.test(value)) throw new IllegalArgumentException("which is not legal");
    }

    @Override
    public String write(String value) {
        return secret ? "(hidden)" : value;
    }

    @Override
    public String show(Object given) {
        return secret ? "(hidden)" : SettingType.super.show(given);
    }
}
