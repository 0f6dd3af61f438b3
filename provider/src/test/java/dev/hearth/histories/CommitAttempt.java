package dev.hearth.histories;

import java.io.Serializable;

/**
 * A transaction that tried to commit.
 *
 * @param transaction the name that the database knows it by
 * @param committing {@link System#nanoTime()} before the commit was asked for
 * @param acknowledged {@link System#nanoTime()} after the commit had returned; {@link #NEVER} if it failed or nobody knows
 */
record CommitAttempt(String transaction, long committing, long acknowledged) implements Serializable {
    static final long NEVER = Long.MAX_VALUE;
}
