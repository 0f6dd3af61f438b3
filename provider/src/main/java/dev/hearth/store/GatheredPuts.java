package dev.hearth.store;

import dev.hearth.statistics.PutCounts;
import dev.hearth.statistics.PutRefusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Puts from load that are gathered by bucket and leave together, many in one command: for those who load many entries in
 * one transaction. For one thread.
 */
public final class GatheredPuts {
    /* Redis does nothing else while it runs a command, so one must not be large. What is full leaves at once: memory is
     * bounded by what is under way, whatever the transaction reads. */
    private static final int MOST_ENTRIES = 100;
    private static final int MOST_BYTES = 256 * 1024;

    private record Group(RegionStore region, int bucket, PutMode mode) {}

    /** One command's entries, in order. */
    private static final class Load {
        private final List<EntryAddress> at = new ArrayList<>();
        private final List<byte[]> bodies = new ArrayList<>();
        private int bytes;

        void add(EntryAddress entry, byte[] body) {
            at.add(entry);
            bodies.add(body);
            bytes += body.length;
        }

        boolean isFull() {
            return at.size() >= MOST_ENTRIES || bytes >= MOST_BYTES;
        }
    }

    private final Stamp stamp;
    private final Map<Group, Load> loads = new HashMap<>();
    private final Set<EntryAddress> known = new HashSet<>();
    private final List<CompletableFuture<List<PutOutcome>>> sent = new ArrayList<>();

    /** For what a transaction reads that began after this stamp. */
    public GatheredPuts(Stamp stamp) {
        this.stamp = stamp;
    }

    /** Takes a value, unless one of the same entry was taken before: a transaction may read a row more than once. */
    public void add(RegionStore region, EntryAddress at, byte[] body, PutMode mode) {
        if (!known.add(at)) {
            return;
        }
        PutRefusal refusal = region.publishing().unpublishable(at, stamp);
        if (refusal != null) {
            add(region.publishing().refused(refusal));
            return;
        }
        Group group = new Group(region, at.bucket(), mode);
        Load load = loads.computeIfAbsent(group, key -> new Load());
        load.add(at, body);
        if (load.isFull()) {
            loads.remove(group);
            send(group, load);
        }
    }

    /** Takes a put that has left in another way, for its outcome to be waited for and counted with the others. */
    public void add(CompletableFuture<PutOutcome> put) {
        sent.add(put.thenApply(List::of));
    }

    private void send(Group group, Load load) {
        sent.add(group.region.publishing().putMany(load.at, stamp, load.bodies, group.mode));
    }

    /** Sends what has gathered, and answers what became of all that was taken since the last flush. */
    public CompletableFuture<PutCounts> flush() {
        loads.forEach(this::send);
        loads.clear();
        known.clear();
        List<CompletableFuture<List<PutOutcome>>> puts = List.copyOf(sent);
        sent.clear();
        return CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).thenApply(all -> count(puts));
    }

    private static PutCounts count(List<CompletableFuture<List<PutOutcome>>> puts) {
        long stored = 0;
        Map<PutRefusal, Long> refused = new EnumMap<>(PutRefusal.class);
        for (CompletableFuture<List<PutOutcome>> put : puts) {
            for (PutOutcome outcome : put.join()) {
                PutRefusal refusal = outcome.refusal();
                if (refusal == null) {
                    stored++;
                } else {
                    refused.merge(refusal, 1L, Long::sum);
                }
            }
        }
        return new PutCounts(stored, refused);
    }
}
