package dev.hearth.store;

import dev.hearth.config.StatisticsSettings;
import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.Sample;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates, now and then, how many entries Redis holds of each region and what memory they take, and asks what memory it uses.
 * Nobody waits for it.
 */
final class SizeSampler {
    /* Redis walks its keys in the order of their hashes, so a part of the walk is a sample of the whole. Each round walks a
     * few pages on from where the last one ended, and takes the regions' shares of what it has met for their shares of all
     * keys. Where the pages hold all keys there are, that is the number itself. The keys are counted in Redis: a page costs
     * one command, and an answer of a line for each region. */
    private static final Logger log = LoggerFactory.getLogger(SizeSampler.class);
    private static final int PAGE = 250;

    private final String node;
    private final String keyspace;
    private final int pages;
    private final Commands commands;
    private final Supplier<@Nullable List<String>> masters;
    private final Collection<RegionStore> regions;
    private final NodeStatistics statistics;
    private final InstantSource clock;
    private final Map<String, String> cursors = new ConcurrentHashMap<>();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();

    /**
     * @param masters a key through each master, or null as long as they are not known
     * @param regions those of the node, also the ones to come
     * @param clock tells when a number was looked up
     */
    SizeSampler(
            String node,
            String keyspace,
            StatisticsSettings settings,
            Commands commands,
            Supplier<@Nullable List<String>> masters,
            Collection<RegionStore> regions,
            NodeStatistics statistics,
            InstantSource clock) {
        this.node = node;
        this.keyspace = keyspace;
        this.pages = settings.samplePages();
        this.commands = commands;
        this.masters = masters;
        this.regions = regions;
        this.statistics = statistics;
        this.clock = clock;
    }

    /** Walks one round, unless the last one is under way still. */
    void sample() {
        List<String> keys = masters.get();
        if (pages == 0 || keys == null || !commands.available() || !underWay.compareAndSet(false, true)) {
            return;
        }
        List<CompletableFuture<KeyCount>> walks =
                keys.stream().map(master -> walk(master, new KeyCount(), pages)).toList();
        CompletableFuture.allOf(walks.toArray(CompletableFuture[]::new)).whenComplete((walked, failure) -> {
            underWay.set(false);
            if (failure == null) {
                publish(walks.stream().map(CompletableFuture::join).toList());
            } else if (!Circuit.isOutage(Commands.unwrap(failure)) && refused.compareAndSet(false, true)) {
                log.warn(
                        "[{}] the sizes of regions stay unknown, since Redis refuses to be sampled ({}); allow +scan, +dbsize"
                                + " and +info, or set statistics.sample-pages to 0",
                        node,
                        Failures.reason(Commands.unwrap(failure)));
            }
        });
    }

    private CompletableFuture<KeyCount> walk(String master, KeyCount count, int left) {
        return commands.ask(Script.SAMPLE, List.of(master), cursors.getOrDefault(master, "0"), PAGE, keyspace)
                .thenCompose(page -> {
                    cursors.put(master, count.add(page));
                    return left == 1 || count.isComplete()
                            ? CompletableFuture.completedFuture(count)
                            : walk(master, count, left - 1);
                });
    }

    private void publish(List<KeyCount> counts) {
        for (RegionStore region : regions) {
            long entries = counts.stream()
                    .mapToLong(count -> count.of(region.keyName()))
                    .sum();
            long bytes = counts.stream()
                    .mapToLong(count -> count.bytesOf(region.keyName()))
                    .sum();
            region.statistics().remoteEntries(sample(entries));
            if (bytes > 0 || entries == 0) {
                region.statistics().remoteMemory(sample(bytes));
            }
        }
        if (counts.stream().allMatch(KeyCount::tellsMemory)) {
            statistics.redisMemory(
                    sample(counts.stream().mapToLong(KeyCount::memory).sum()),
                    sample(counts.stream().mapToLong(KeyCount::maximumMemory).sum()));
        }
    }

    private Sample sample(long value) {
        return new Sample(value, clock.instant());
    }
}
