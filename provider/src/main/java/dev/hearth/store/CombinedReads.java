package dev.hearth.store;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Which reads may travel together: those that one server can answer in one command. Safe for concurrent use. */
final class CombinedReads {
    /* Where all keys lie on one server, one MGET takes keys of any regions. A Cluster takes one slot in a command, so there
     * each hash tag has its own company; a read over several tags leaves at once, since Redisson sends it in one pipeline to
     * each master, which is better than a command to each slot. There are as many tags as regions have buckets. */
    private final boolean cluster;
    private final ReadCombiner.Sender values;
    private final BiFunction<String, Collection<String>, CompletableFuture<Map<String, byte[]>>> fields;
    private final LongSupplier nanoTime;
    private final ReadCombiner everything;
    private final Map<String, ReadCombiner> byTag = new ConcurrentHashMap<>();
    private final Map<String, ReadCombiner> byHash = new ConcurrentHashMap<>();

    /**
     * @param values sends a command that reads keys
     * @param fields sends a command that reads fields of a hash
     */
    CombinedReads(
            boolean cluster,
            ReadCombiner.Sender values,
            BiFunction<String, Collection<String>, CompletableFuture<Map<String, byte[]>>> fields,
            LongSupplier nanoTime) {
        this.cluster = cluster;
        this.values = values;
        this.fields = fields;
        this.nanoTime = nanoTime;
        this.everything = new ReadCombiner(values, nanoTime);
    }

    /** The values under these keys, and perhaps under others; those of one hash tag are read atomically. */
    CompletableFuture<Map<String, byte[]>> values(Collection<String> keys) {
        if (!cluster) {
            return everything.read(keys);
        }
        String tag = commonTag(keys);
        return tag == null
                ? values.send(keys)
                : byTag.computeIfAbsent(tag, t -> new ReadCombiner(values, nanoTime))
                        .read(keys);
    }

    /** Fields of a hash, and perhaps others, read atomically. */
    CompletableFuture<Map<String, byte[]>> fields(String hash, Collection<String> names) {
        return byHash.computeIfAbsent(hash, h -> new ReadCombiner(together -> fields.apply(h, together), nanoTime))
                .read(names);
    }

    private static @Nullable String commonTag(Collection<String> keys) {
        Iterator<String> rest = keys.iterator();
        String tag = tag(rest.next());
        while (rest.hasNext()) {
            if (!tag(rest.next()).equals(tag)) {
                return null;
            }
        }
        return tag;
    }

    /** The part of a key that picks its slot; our keys all have one in braces. */
    private static String tag(String key) {
        int from = key.indexOf('{');
        int to = key.indexOf('}', from + 1);
        return from < 0 || to <= from + 1 ? key : key.substring(from + 1, to);
    }
}
