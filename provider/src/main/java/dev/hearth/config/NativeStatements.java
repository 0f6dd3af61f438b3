package dev.hearth.config;

/** What becomes of native statements that name no tables, and so make Hibernate clear all regions. */
public enum NativeStatements {
    /** Each place in the application that runs one is named in the log, once. */
    WARN,
    /** They are refused before they run: for tests. */
    FAIL,
    /** They are nobody's concern. */
    ALLOW
}
