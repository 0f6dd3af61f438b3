package dev.hearth.config;

import java.time.Duration;

/** What values a setting takes, and how they are read from text and written as text. */
public interface SettingType<T> {
    Class<?> javaType();

    /** What is legal, to follow "it must be": for example "a duration from 1s to 365d". */
    String legal();

    /** A legal value as text, or how to obtain one. */
    String example();

    /**
     * The value of this text or typed object.
     *
     * @throws IllegalArgumentException if it is malformed or out of range; the message follows the value, as in "which is
     *     no duration"
     */
    T read(Object given);

    /** Refuses a value that is out of range, as {@link #read} does. */
    void check(T value);

    /** The value as text that {@link #read} takes. */
    String write(T value);

    /** A given value, legal or not, as it may stand in a message: without secrets. */
    default String show(Object given) {
        boolean readable = given instanceof CharSequence
                || given instanceof Number
                || given instanceof Boolean
                || given instanceof Enum
                || given instanceof Duration;
        return readable
                ? "'" + given + "'"
                : "an instance of " + given.getClass().getName();
    }
}
