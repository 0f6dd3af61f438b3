package dev.hearth.config;

/** Whether a session may publish what it read on a connection or in a transaction that it did not begin itself. */
public enum JoinedTransactions {
    NEVER,
    /** Only where the isolation level is READ COMMITTED, so that no statement reads an older snapshot. */
    READ_COMMITTED,
    ALWAYS
}
