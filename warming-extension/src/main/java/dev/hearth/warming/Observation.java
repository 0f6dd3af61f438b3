package dev.hearth.warming;

import dev.hearth.HotEntries;
import dev.hearth.statistics.Benefit;
import dev.hearth.statistics.QueryFigures;
import dev.hearth.statistics.QueryLedger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been hot on this node since it was last saved. For one thread. */
final class Observation {
    private final WarmingNode node;
    private Map<String, Benefit> savedGains = Map.of();
    private Map<String, Benefit> gains = Map.of();
    private long savedNanos;
    private long seenNanos;

    Observation(WarmingNode node) {
        this.node = node;
        this.savedNanos = node.time().nanoTime();
    }

    /** What there is to add to the record; {@link #saved} must follow once it is there. */
    LearnedRecord look() {
        seenNanos = node.time().nanoTime();
        double share = Math.min(
                1,
                (double) (seenNanos - savedNanos)
                        / node.settings().learning().interval().toNanos());
        gains = new HashMap<>();
        Map<String, LearnedRecord.Region> regions = new LinkedHashMap<>();
        Map<String, Benefit> benefits = node.cache().benefits();
        HotEntries hot = node.cache().hotEntries();
        for (String region : hot.regions()) {
            Map<String, Long> keys =
                    weights(hot.hottest(region, node.settings().learning().keys()), share);
            if (!keys.isEmpty()) {
                regions.put(region, new LearnedRecord.Region(gain("region " + region, benefits.get(region)), keys));
            }
        }
        Map<String, Long> queries = new LinkedHashMap<>();
        for (QueryFigures query : top()) {
            String digest = QueryShapes.digest(query.region(), query.sql());
            long gain = gain("query " + digest, query.benefit());
            if (gain != 0) {
                queries.put(digest, gain);
            }
        }
        return new LearnedRecord(regions, queries);
    }

    /** The queries that gain most here, the first first; without those of which it is not known. */
    List<QueryFigures> top() {
        return node.cache().queries().top(node.settings().learning().queries(), QueryLedger.Order.BENEFIT).stream()
                .filter(query -> query.benefit().loads() > 0)
                .toList();
    }

    /* How often each was used is not known, only which was used more. */
    private static Map<String, Long> weights(List<String> hottest, double share) {
        Map<String, Long> weights = new LinkedHashMap<>();
        for (int i = 0; i < hottest.size(); i++) {
            double rank = (double) (hottest.size() - i) / hottest.size();
            weights.put(hottest.get(i), Math.max(1, Math.round(LearnedRecord.WHOLE * rank * share)));
        }
        return weights;
    }

    /* Since the last time; all of it, if somebody has begun to count anew. */
    private long gain(String what, @Nullable Benefit now) {
        if (now == null || now.loads() == 0) {
            return 0;
        }
        gains.put(what, now);
        Benefit before = savedGains.get(what);
        return before == null || before.hits() > now.hits() ? now.netNanos() : now.netNanos() - before.netNanos();
    }

    /** What was seen last is in the record. */
    void saved() {
        savedGains = gains;
        savedNanos = seenNanos;
    }
}
