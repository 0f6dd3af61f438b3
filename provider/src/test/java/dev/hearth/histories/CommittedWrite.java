package dev.hearth.histories;

import org.jspecify.annotations.Nullable;

/**
 * One write as the database recorded it under the row's lock, so that a register's writes are known in commit order.
 *
 * @param transaction the name of its transaction, as in {@link CommitAttempt}
 * @param state the register's content afterwards, null if it is gone
 */
record CommittedWrite(
        String register, String transaction, @Nullable String state) {}
