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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String SEPARATOR = "\t";

    private final Node node;
    private final Supplier<List<QueryRegion>> queryRegions;
    private final List<DomainRegion> regions = new CopyOnWriteArrayList<>();
    private final Set<QueryRegion> filled = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param queryRegions all that there are when it is asked */
    HotKeys(Node node, Supplier<List<QueryRegion>> queryRegions) {
        this.node = node;
        this.queryRegions = queryRegions;
    }

    /** Takes over what others have left for these regions, and for those of results; begins to leave what is hot here. */
    void start(Collection<DomainRegion> started) {
        List<DomainRegion> kept = started.stream()
                .filter(region -> isHandedOver(region.near()) && !regions.contains(region))
                .toList();
        List<QueryRegion> results = queryRegions.get().stream()
                .filter(region -> isHandedOver(region.near()) && filled.add(region))
                .toList();
        if (leaving.compareAndSet(false, true)) {
            node.tier().every(LEAVING_INTERVAL, this::leave);
        }
        if (kept.isEmpty() && results.isEmpty()) {
            return;
        }
        regions.addAll(kept);
        Thread thread = new Thread(
                () -> takeOver(kept, results), "hearth-near-" + node.tier().node());
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isHandedOver(NearRegion near) {
        return near.isKept() && limit(near) > 0;
    }

    private void takeOver(List<DomainRegion> started, List<QueryRegion> results) {
        try {
            long patience = PATIENCE.dividedBy(PAUSE);
            while (!near(started, results).allMatch(NearRegion::isServing)) {
                if (patience-- < 0 || closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            Map<String, List<String>> left = handedOver(started, results);
            int taken = 0;
            for (DomainRegion region : started) {
                taken += take(region, left.getOrDefault(name(region.near()), List.of()));
            }
            for (QueryRegion region : results) {
                taken += takeResults(region, left.getOrDefault(name(region.near()), List.of()));
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

    /* All at once: a model has many regions, and mostly nothing was left for them. */
    private Map<String, List<String>> handedOver(List<DomainRegion> regions, List<QueryRegion> results) {
        return node.tier()
                .await(node.tier()
                        .others()
                        .handedOver(near(regions, results).map(HotKeys::name).toList()));
    }

    private static Stream<NearRegion> near(List<DomainRegion> regions, List<QueryRegion> results) {
        return Stream.concat(
                regions.stream().map(DomainRegion::near), results.stream().map(QueryRegion::near));
    }

    private static String name(NearRegion near) {
        return near.store().keyName();
    }

    /** Keeps the entries of these keys near, as far as Redis has them; answers how many it has. */
    int take(DomainRegion region, List<String> keys) {
        int taken = 0;
        List<String> wanted = keys.subList(0, Math.min(keys.size(), limit(region.near())));
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
                CacheKey key = new CacheKey(region.store(), region.store().address(text));
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

    /** As {@link #take}, of results, whose lines name the tables that they read. */
    private int takeResults(QueryRegion region, List<String> lines) {
        int taken = 0;
        List<String> wanted = lines.subList(0, Math.min(lines.size(), limit(region.near())));
        for (int from = 0; from < wanted.size() && closed.getCount() > 0; from += BATCH) {
            taken += takeResultBatch(region, wanted.subList(from, Math.min(wanted.size(), from + BATCH)));
        }
        return taken;
    }

    /* As bytes: whose result it is shows when it is asked for, as with any that comes from Redis. */
    private int takeResultBatch(QueryRegion region, List<String> lines) {
        Map<EntryAddress, NearRegion.ResultTicket> tickets = new LinkedHashMap<>();
        Map<EntryAddress, Set<String>> wanted = new LinkedHashMap<>();
        for (String line : lines) {
            List<String> parts = List.of(line.split(SEPARATOR));
            EntryAddress at = region.store().address(parts.get(0));
            Set<String> read = Set.copyOf(parts.subList(1, parts.size()));
            tickets.put(at, region.near().resultTicket(at, read));
            wanted.put(at, read);
        }
        Map<EntryAddress, Found.Value> found = node.tier().await(region.store().peekAll(wanted));
        found.forEach((at, value) -> {
            NearRegion.ResultTicket ticket = tickets.get(at);
            if (ticket != null) {
                region.near().keep(at, value, value.bytes().length, ticket);
            }
        });
        return found.size();
    }

    private static int limit(NearRegion near) {
        return near.store().settings().near().handOver();
    }

    private void leave() {
        Map<String, List<String>> hottest = new LinkedHashMap<>();
        regions.forEach(region -> leave(region.near(), region.near().hottest(limit(region.near())), hottest));
        queryRegions.get().stream()
                .map(QueryRegion::near)
                .filter(HotKeys::isHandedOver)
                .forEach(near -> leave(
                        near,
                        near.hottestResults(limit(near)).stream()
                                .flatMap(HotKeys::line)
                                .toList(),
                        hottest));
        if (!hottest.isEmpty() && node.tier().available()) {
            var unused = node.tier().others().handOver(hottest);
        }
    }

    private static void leave(NearRegion near, List<String> lines, Map<String, List<String>> hottest) {
        if (!lines.isEmpty()) {
            hottest.put(name(near), lines);
        }
    }

    /* A line has no room for a table with such a name. */
    private static Stream<String> line(NearRegion.HotResult result) {
        return result.read().stream().anyMatch(table -> table.isEmpty() || table.matches("(?s).*[\t\n].*"))
                ? Stream.empty()
                : Stream.of(Stream.concat(Stream.of(result.key()), result.read().stream())
                        .collect(Collectors.joining(SEPARATOR)));
    }

    void close() {
        closed.countDown();
        leave();
    }
}
