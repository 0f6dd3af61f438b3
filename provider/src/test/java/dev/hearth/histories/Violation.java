package dev.hearth.histories;

/**
 * A read that no right cache could have answered.
 *
 * @param explanation what the read should have seen, with the register's writes around it
 */
record Violation(Kind kind, Read read, String explanation) {
    enum Kind {
        /** The read began after a newer state was known to be committed. */
        STALE,
        /** The state was committed, but only after the read had ended. */
        EARLY,
        /** No transaction has ever committed that state. */
        NEVER_COMMITTED
    }

    @Override
    public String toString() {
        return kind + " " + read.register() + " read as " + read.state() + " by " + read.reader() + ": " + explanation;
    }
}
