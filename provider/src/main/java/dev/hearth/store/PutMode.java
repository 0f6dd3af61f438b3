package dev.hearth.store;

/**
 * What a put does about an older value of the same mapping that stands in its place; one as new always stays. An equal
 * one that stays lives on for the whole time to live, if more than half of that was over.
 */
public enum PutMode {
    /** Replaces it, unless it is equal: that is no news. */
    LOAD("load"),
    /** Leaves it. */
    ABSENT("absent"),
    /** Replaces it in any case. */
    REPLACE("replace");

    private final String argument;

    PutMode(String argument) {
        this.argument = argument;
    }

    /** As put_from_load.lua knows it. */
    String argument() {
        return argument;
    }
}
