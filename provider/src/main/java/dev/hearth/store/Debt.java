package dev.hearth.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regions and tables that this node could not lock, announce or clear while Redis was away. Until one of them has been
 * cleared, this node does not use it (DESIGN section 9).
 */
final class Debt {
    /* A transaction that goes on without its lock owes the region until it has completed: clearing the region earlier
     * would let another node load, and publish, what that transaction is about to overwrite. So a payment counts only
     * if no transaction owed the region when it was made; an earlier one merely shortens what others may read. */
    private static final Logger log = LoggerFactory.getLogger(Debt.class);

    /* The change counts what happened to the debt, so that a payment does not settle what came up while it was made. */
    private record Owed(int open, int change) {
        static final Owed NEW = new Owed(0, 0);

        Owed with(int opened) {
            return new Owed(Math.max(0, open + opened), change + 1);
        }
    }

    private final String node;
    private final Map<Lockable, Owed> debts = new ConcurrentHashMap<>();

    Debt(String node) {
        this.node = node;
    }

    boolean owes(Lockable subject) {
        return !debts.isEmpty() && debts.containsKey(subject);
    }

    /** A transaction that is under way could not lock something in the region. */
    void open(Lockable subject) {
        change(subject, 1);
    }

    /** A transaction that had opened a debt has completed. */
    void completed(Lockable subject) {
        change(subject, -1);
    }

    /** Something outside transactions, or after one, could not be removed from the region. */
    void add(Lockable subject) {
        change(subject, 0);
    }

    private void change(Lockable subject, int opened) {
        debts.compute(subject, (changed, owed) -> {
            if (owed == null) {
                log.warn(
                        "[{}] a change could not be told to Redis; this node reads it from the database until it has"
                                + " cleared it",
                        changed.name());
            }
            return (owed == null ? Owed.NEW : owed).with(opened);
        });
    }

    boolean owesAnyTable() {
        return debts.keySet().stream().anyMatch(Table.class::isInstance);
    }

    boolean isEmpty() {
        return debts.isEmpty();
    }

    /** The names of all that is owed. */
    List<String> names() {
        return debts.keySet().stream().map(Lockable::name).sorted().toList();
    }

    /** Clears all that is owed. Completes exceptionally if one could not be cleared; what was is no longer owed. */
    CompletableFuture<Void> pay() {
        List<CompletableFuture<Void>> payments = new ArrayList<>();
        debts.forEach((subject, owed) -> payments.add(subject.clearNow().thenRun(() -> {
            if (owed.open == 0 && debts.remove(subject, owed)) {
                log.info("[{}] debt paid: it was cleared; node {} uses it again", subject.name(), node);
            }
        })));
        return CompletableFuture.allOf(payments.toArray(CompletableFuture[]::new));
    }
}
