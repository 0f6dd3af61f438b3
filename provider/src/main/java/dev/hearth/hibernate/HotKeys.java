package dev.hearth.hibernate;

import dev.hearth.near.NearRegion;
import dev.hearth.protocol.Node;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.RedisUnavailableException;
import dev.hearth.store.RegionStore;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the keys that a node uses most to the next one that starts, so that it keeps their entries near from the beginning
 * instead of asking Redis for each once.
 */
final class HotKeys {
    /* Keys are left every few minutes and when the node is closed, the last node's last. Whoever starts takes them over
     * once, on a thread of its own and as soon as it may serve what it keeps: before, nothing is kept. */
    private static final Logger log = LoggerFactory.getLogger(HotKeys.class);
    private static final Duration LEAVING_INTERVAL = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int BATCH = 100;

    private final Node node;
    private final List<DomainRegion> regions = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    HotKeys(Node node) {
        this.node = node;
    }

    /** Takes over what others have left for these regions, and begins to leave what is hot here. */
    void start(Collection<DomainRegion> started) {
        List<DomainRegion> kept = started.stream()
                .filter(region -> region.near().isKept() && limit(region) > 0 && !regions.contains(region))
                .toList();
        if (kept.isEmpty()) {
            return;
        }
        if (regions.isEmpty()) {
            node.tier().every(LEAVING_INTERVAL, this::leave);
        }
        regions.addAll(kept);
        Thread thread =
                new Thread(() -> takeOver(kept), "hearth-near-" + node.tier().node());
        thread.setDaemon(true);
        thread.start();
    }

    private void takeOver(List<DomainRegion> started) {
        try {
            long patience = PATIENCE.dividedBy(PAUSE);
            while (!started.stream().allMatch(region -> region.near().isServing())) {
                if (patience-- < 0 || closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            int taken = 0;
            for (DomainRegion region : started) {
                taken += take(
                        region,
                        node.tier()
                                .await(node.tier()
                                        .others()
                                        .handedOver(region.store().keyName())));
            }
            log.debug(
                    "[{}] {} entries are kept near that other nodes used most",
                    node.tier().node(),
                    taken);
        } catch (RedisUnavailableException e) {
            log.debug("[{}] what other nodes use most is not known", node.tier().node(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the entries of these keys near, as far as Redis has them; answers how many it has. */
    int take(DomainRegion region, List<String> keys) {
        int taken = 0;
        List<String> wanted = keys.subList(0, Math.min(keys.size(), limit(region)));
        for (int from = 0; from < wanted.size() && closed.getCount() > 0; from += BATCH) {
            taken += takeBatch(region, wanted.subList(from, Math.min(wanted.size(), from + BATCH)));
        }
        return taken;
    }

    private record Wanted(DomainAccess access, CacheKey key, long ticket) {}

    private int takeBatch(DomainRegion region, List<String> keys) {
        NearRegion near = region.near();
        Map<EntryAddress, Wanted> wanted = new LinkedHashMap<>();
        Map<EntryAddress, RegionStore> stores = new LinkedHashMap<>();
        for (String text : keys) {
            DomainAccess access = region.accessOf(text);
            if (access != null) {
                CacheKey key = new CacheKey(region.store(), text);
                wanted.put(key.at(), new Wanted(access, key, near.ticket(key.at())));
                stores.put(key.at(), region.store());
            }
        }
        Map<EntryAddress, Found> found = node.tier().peekAll(stores);
        int taken = 0;
        for (Map.Entry<EntryAddress, Wanted> asked : wanted.entrySet()) {
            if (found.get(asked.getKey()) instanceof Found.Value value && !ReferenceEntries.isMarker(value)) {
                asked.getValue()
                        .access()
                        .keep(asked.getValue().key(), value, asked.getValue().ticket());
                taken++;
            }
        }
        return taken;
    }

    private static int limit(DomainRegion region) {
        return region.store().settings().near().handOver();
    }

    private void leave() {
        Map<String, List<String>> hottest = new LinkedHashMap<>();
        for (DomainRegion region : regions) {
            List<String> keys = region.near().hottest(limit(region));
            if (!keys.isEmpty()) {
                hottest.put(region.store().keyName(), keys);
            }
        }
        if (!hottest.isEmpty() && node.tier().available()) {
            var unused = node.tier().others().handOver(hottest);
        }
    }

    void close() {
        closed.countDown();
        leave();
    }
}
