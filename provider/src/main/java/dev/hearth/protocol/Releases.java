package dev.hearth.protocol;

import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import dev.hearth.store.RemoteTier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a session sends when something of it is over. Nobody waits for that, but where {@code puts=wait}. */
final class Releases {
    private final RemoteTier tier;
    private final List<CompletableFuture<?>> awaited = new ArrayList<>(0);

    Releases(RemoteTier tier) {
        this.tier = tier;
    }

    void sent(RegionStore region, CompletableFuture<?> release) {
        sent(region.settings().putsWait(), release);
    }

    void sent(boolean isAwaited, CompletableFuture<?> release) {
        if (isAwaited) {
            awaited.add(release);
        }
    }

    /** Waits for all together, with no lock held. */
    void await() {
        if (awaited.isEmpty()) {
            return;
        }
        try {
            tier.awaitAll(awaited);
        } catch (RedisUnavailableException e) {
            // A release that is lost is owed.
            return;
        }
    }
}
