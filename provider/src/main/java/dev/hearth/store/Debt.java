package dev.hearth.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regions that this node could not lock, or could not clear, while Redis was away. Until such a region has been
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
    private final Map<RegionStore, Owed> regions = new ConcurrentHashMap<>();

    Debt(String node) {
        this.node = node;
    }

    boolean owes(RegionStore region) {
        return !regions.isEmpty() && regions.containsKey(region);
    }

    /** A transaction that is under way could not lock something in the region. */
    void open(RegionStore region) {
        change(region, 1);
    }

    /** A transaction that had opened a debt has completed. */
    void completed(RegionStore region) {
        change(region, -1);
    }

    /** Something outside transactions, or after one, could not be removed from the region. */
    void add(RegionStore region) {
        change(region, 0);
    }

    private void change(RegionStore region, int opened) {
        regions.compute(region, (r, owed) -> {
            if (owed == null) {
                log.warn(
                        "[{}] a change could not be told to Redis; this node reads the region from the database until it"
                                + " has cleared it",
                        r.name());
            }
            return (owed == null ? Owed.NEW : owed).with(opened);
        });
    }

    boolean isEmpty() {
        return regions.isEmpty();
    }

    /** The names of the regions owed. */
    List<String> names() {
        return regions.keySet().stream().map(RegionStore::name).sorted().toList();
    }

    /** Clears every region owed. Completes exceptionally if one could not be cleared; what was is no longer owed. */
    CompletableFuture<Void> pay() {
        List<CompletableFuture<Void>> payments = new ArrayList<>();
        regions.forEach((region, owed) -> payments.add(region.clearNow().thenRun(() -> {
            if (owed.open == 0 && regions.remove(region, owed)) {
                log.info("[{}] debt paid: the region was cleared; node {} uses it again", region.name(), node);
            }
        })));
        return CompletableFuture.allOf(payments.toArray(CompletableFuture[]::new));
    }
}
