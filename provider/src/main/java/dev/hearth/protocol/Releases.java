package dev.hearth.protocol;

import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a session sends when something of it is over. Nobody waits for that, but in regions with {@code puts=wait}. */
final class Releases {
    private final List<CompletableFuture<?>> awaited = new ArrayList<>(0);
    private @Nullable RegionStore waiting;

    void sent(RegionStore region, CompletableFuture<?> release) {
        if (region.settings().putsWait()) {
            awaited.add(release);
            waiting = region;
        }
    }

    /** Waits for all together, with no lock held. */
    void await() {
        if (waiting == null) {
            return;
        }
        try {
            waiting.await(CompletableFuture.allOf(awaited.toArray(CompletableFuture[]::new)));
        } catch (RedisUnavailableException e) {
            // A release that is lost is the region's debt.
            return;
        }
    }
}
