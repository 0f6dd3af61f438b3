package dev.hearth.hibernate;

import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.hibernate.resource.jdbc.internal.LogicalConnectionProvidedImpl;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that several sessions may take part in without knowing of each other, because JTA or a connection of the
 * user's brings them together: each sees the rows that another one has written there, and must not publish them before
 * the commit. Safe for concurrent use.
 */
final class SharedTransaction {
    /* One map for the JVM, as the sessions may be those of two session factories. A transaction stays in it until each of
     * its writers has heard of its end. Those on a connection of the user's may hear of nothing: then it stays for as
     * long as the connection is there. */
    private static final Map<Object, SharedTransaction> WRITTEN = new WeakHashMap<>();

    private final Set<TransactionContext> writers = new HashSet<>(2);
    private final @Nullable Object pinned;

    private SharedTransaction(@Nullable Object pinned) {
        this.pinned = pinned;
    }

    /** The session writes: answers the transaction in which it does, or null if that is its own. */
    static @Nullable SharedTransaction write(SharedSessionContractImplementor session, TransactionContext writer) {
        Object key = key(session);
        if (key == null) {
            return null;
        }
        synchronized (WRITTEN) {
            SharedTransaction shared = WRITTEN.get(key);
            if (shared == null) {
                // A JTA implementation may make a new object for the same transaction at every call.
                shared = new SharedTransaction(isProvided(session) ? null : key);
                WRITTEN.put(key, shared);
            }
            shared.writers.add(writer);
            return shared;
        }
    }

    /** Whether the session may see what another one has written and not committed. */
    static boolean hasOtherWriter(SharedSessionContractImplementor session, TransactionContext reader) {
        synchronized (WRITTEN) {
            if (WRITTEN.isEmpty()) {
                return false;
            }
            SharedTransaction shared = WRITTEN.get(key(session));
            return shared != null && (shared.writers.size() > 1 || !shared.writers.contains(reader));
        }
    }

    /** The writer has heard of the transaction's end. */
    void ended(TransactionContext writer) {
        synchronized (WRITTEN) {
            writers.remove(writer);
            if (writers.isEmpty()) {
                WRITTEN.values().remove(this);
            }
        }
    }

    private static @Nullable Object key(SharedSessionContractImplementor session) {
        if (isProvided(session)) {
            return session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
        }
        return isJta(session) && session.getTransactionCoordinator().isTransactionActive() ? jtaKey(session) : null;
    }

    /** The transaction, or the thread that it is bound to where the platform does not tell. */
    private static Object jtaKey(SharedSessionContractImplementor session) {
        TransactionManager manager = session.getFactory()
                .getServiceRegistry()
                .requireService(JtaPlatform.class)
                .retrieveTransactionManager();
        try {
            Object transaction = manager == null ? null : manager.getTransaction();
            return transaction == null ? Thread.currentThread() : transaction;
        } catch (SystemException e) {
            return Thread.currentThread();
        }
    }

    static boolean isProvided(SharedSessionContractImplementor session) {
        return session.getJdbcCoordinator().getLogicalConnection() instanceof LogicalConnectionProvidedImpl;
    }

    static boolean isJta(SharedSessionContractImplementor session) {
        return session.getFactory()
                .getServiceRegistry()
                .requireService(TransactionCoordinatorBuilder.class)
                .isJta();
    }

    @Override
    public String toString() {
        return "SharedTransaction[" + pinned + "]";
    }
}
