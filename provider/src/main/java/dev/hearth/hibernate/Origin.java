package dev.hearth.hibernate;

import dev.hearth.config.JoinedTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** Where the transaction comes from in which a session reads. */
enum Origin {
    /** The session began it, or there is none. */
    OWN,
    /** Others began it, and every statement in it sees the present. */
    JOINED,
    /** Others began it, and it may show an old snapshot. */
    OLDER;

    /** @param allowed which of those that others began count as {@link #JOINED} */
    static Origin of(SharedSessionContractImplementor session, JoinedTransactions allowed) {
        return !isJoined(session) ? OWN : seesThePresent(session, allowed) ? JOINED : OLDER;
    }

    private static boolean isJoined(SharedSessionContractImplementor session) {
        if (SharedTransaction.isProvided(session)) {
            return true;
        }
        return session.getTransactionCoordinator().isTransactionActive()
                ? SharedTransaction.isJta(session)
                : !isAutocommit(session);
    }

    private static boolean seesThePresent(SharedSessionContractImplementor session, JoinedTransactions allowed) {
        return switch (allowed) {
            case NEVER -> false;
            case ALWAYS -> true;
            case READ_COMMITTED -> isReadCommitted(session);
        };
    }

    private static boolean isReadCommitted(SharedSessionContractImplementor session) {
        try {
            return connection(session).getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether every statement outside transactions commits by itself. */
    static boolean isAutocommit(SharedSessionContractImplementor session) {
        try {
            return connection(session).getAutoCommit();
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection connection(SharedSessionContractImplementor session) {
        return session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
    }
}
