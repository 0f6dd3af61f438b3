package dev.hearth.protocol;

import dev.hearth.near.Ask;
import dev.hearth.store.RegionStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A bulk statement's lock of a whole region. Hibernate takes it without naming a session, and names one in the very
 * next call; until then the lock is nobody's.
 */
public final class RegionHold extends Lease {
    private final RegionStore region;
    private @Nullable Changes changes;

    RegionHold(Node node, RegionStore region, String transaction) {
        super(node, List.of(region), transaction);
        this.region = region;
        take();
    }

    @Override
    Ask ask() {
        return near().askForRegion(region);
    }

    @Override
    CompletableFuture<Long> send(String ask) {
        return region.bulkLock(transaction(), ask).thenApply(done -> 0L);
    }

    @Override
    void sent() {
        near().of(region).changed();
    }

    /** Whether this is the lock of that region. */
    public boolean isOf(RegionStore store) {
        return region == store;
    }

    void adopt(Changes owner) {
        changes = owner;
    }

    /** The statement is over as Hibernate sees it; the lock stays until its transaction is. */
    public void unlock() {
        Changes owner = changes;
        if (owner == null) {
            Releases releases = new Releases(tier());
            release(releases);
            releases.await();
        } else {
            owner.unlock(this);
        }
    }

    void release(Releases releases) {
        if (end()) {
            CompletableFuture<Void> unlocked = behind(List.of(this), () -> region.bulkUnlock(transaction()));
            released(unlocked);
            releases.sent(region, unlocked);
        }
    }

    RegionStore region() {
        return region;
    }
}
