package dev.hearth.protocol;

import dev.hearth.near.Ask;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.RegionStore;
import dev.hearth.store.ReleaseOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One session's part in the soft lock of one entry. A transaction may lock an entry several times; Redis knows of it
 * once, and one release leaves when the transaction is over (DESIGN section 5).
 */
public final class Hold extends Lease {
    private final Changes changes;
    private final RegionStore region;
    private final EntryAddress at;
    private @Nullable Announcement along;
    private int count = 1;
    private boolean withoutValue;
    private @Nullable Sealed value;

    /** @param along an announcement to be taken in the same step, or null; for a single server */
    Hold(
            Node node,
            Changes changes,
            RegionStore region,
            EntryAddress at,
            String transaction,
            @Nullable Announcement along) {
        super(node, List.of(region), transaction);
        this.changes = changes;
        this.region = region;
        this.at = at;
        this.along = along;
        take();
        if (along != null) {
            along.takenWith(this);
            this.along = null;
        }
    }

    @Override
    Ask ask() {
        return along == null ? near().askForEntry(region) : near().askForEntryAndTables(region);
    }

    @Override
    CompletableFuture<Long> send(String ask) {
        return along == null
                ? region.lock(at, transaction(), ask)
                : region.lock(at, transaction(), ask, along.tables(), along.names());
    }

    @Override
    void sent() {
        near().of(region).changed(at.key());
    }

    /**
     * Hibernate unlocks what this hold stands for. Inside the transaction that only counts down; at completion,
     * {@code value} is what the transaction has left in the database, or null if the entry is gone or nobody knows.
     */
    public void unlock(@Nullable Sealed value) {
        changes.unlock(this, value);
    }

    /** The transaction locks the same entry once more. */
    void again() {
        count++;
    }

    boolean countDown() {
        return --count <= 0;
    }

    void complete(@Nullable Sealed committed) {
        count--;
        withoutValue |= committed == null;
        value = committed;
    }

    /** Ends the hold, and keeps near what that publishes. */
    CompletableFuture<?> release(@Nullable Sealed committed) {
        end();
        long ticket = near().of(region).ticket(at);
        CompletableFuture<ReleaseOutcome> release =
                behind(List.of(this), () -> region.release(at, transaction(), committedUnder(), body(committed)));
        released(release);
        return release.thenAccept(outcome -> keep(outcome, committed, ticket));
    }

    /** As {@link #release(Sealed)}, and settles the tables in the same step. Answers the stamp up to which results are stale. */
    CompletableFuture<Long> release(@Nullable Sealed committed, TableChanges tables) {
        end();
        long ticket = near().of(region).ticket(at);
        List<Lease> locks = new ArrayList<>(tables.announcements());
        locks.add(this);
        List<String> names = tables.toSettle();
        CompletableFuture<RegionStore.Released> release = behind(
                locks,
                () -> region.release(at, transaction(), committedUnder(), body(committed), tier().tables(), names));
        released(release);
        return release.thenApply(both -> {
            keep(both.outcome(), committed, ticket);
            return both.settled();
        });
    }

    private static byte @Nullable [] body(@Nullable Sealed committed) {
        return committed == null ? null : committed.body();
    }

    private void keep(ReleaseOutcome outcome, @Nullable Sealed committed, long ticket) {
        if (committed != null && outcome == ReleaseOutcome.PUBLISHED) {
            near().of(region).keep(at, committed.value(), committed.body().length, ticket);
        }
    }

    /** The value to publish: the last one, if every unlock at completion told one. */
    @Nullable
    Sealed committed() {
        return count == 0 && !withoutValue ? value : null;
    }

    RegionStore region() {
        return region;
    }

    EntryAddress at() {
        return at;
    }
}
