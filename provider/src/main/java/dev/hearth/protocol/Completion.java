package dev.hearth.protocol;

/** Who will tell the session that what it does has been committed or rolled back. */
public enum Completion {
    /** A transaction that we take part in: locks are awaited together before its commit, and released after it. */
    TRANSACTION,
    /** Nobody, as every statement commits by itself: a lock is awaited at once, and released when it is unlocked. */
    AUTOCOMMIT,
    /** Nobody, in a transaction of others: a lock is awaited at once, and lapses. */
    FOREIGN
}
