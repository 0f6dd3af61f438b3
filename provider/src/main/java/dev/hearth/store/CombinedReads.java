package dev.hearth.store;

import dev.hearth.store.Commands.EntryAndFields;
import dev.hearth.store.Commands.Question;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Which reads may travel together: those that one server can answer in one command. Safe for concurrent use. */
final class CombinedReads {
    /* Where all keys lie on one server, one MGET takes keys of any regions. A Cluster takes one slot in a command, so there
     * each hash tag has its own company; a read over several tags leaves at once, since Redisson sends it in one pipeline to
     * each master, which is better than a command to each slot. There are as many tags as regions have buckets. */
    private static final String EVERYTHING = "";

    private final boolean cluster;
    private final ReadCombiner.Sender<String, Map<String, byte[]>> values;
    private final ReadCombiner.Sender<String, Map<String, byte[]>> scattered;
    private final ReadCombiner.Sender<Question, EntryAndFields> questions;
    private final LongSupplier nanoTime;
    private final IntConsumer combined;
    private final Map<String, ReadCombiner<String, Map<String, byte[]>>> valuesByTag = new ConcurrentHashMap<>();
    private final Map<String, ReadCombiner<Question, EntryAndFields>> questionsByTag = new ConcurrentHashMap<>();

    /**
     * @param values reads what one server has in one slot, or has all of
     * @param scattered reads what lies in several slots
     * @param nanoTime this machine's clock
     * @param combined hears how many reads travel in one command
     */
    CombinedReads(
            boolean cluster,
            ReadCombiner.Sender<String, Map<String, byte[]>> values,
            ReadCombiner.Sender<String, Map<String, byte[]>> scattered,
            ReadCombiner.Sender<Question, EntryAndFields> questions,
            LongSupplier nanoTime,
            IntConsumer combined) {
        this.cluster = cluster;
        this.values = values;
        this.scattered = scattered;
        this.questions = questions;
        this.nanoTime = nanoTime;
        this.combined = combined;
    }

    /** The values under these keys, and perhaps under others; those of one hash tag are read atomically. */
    CompletableFuture<Map<String, byte[]>> values(Collection<String> keys) {
        String tag = cluster ? commonTag(keys) : EVERYTHING;
        return tag == null
                ? scattered.send(keys)
                : valuesByTag
                        .computeIfAbsent(tag, t -> new ReadCombiner<>(values, nanoTime, combined))
                        .read(keys);
    }

    /** Questions of one hash only. */
    CompletableFuture<EntryAndFields> question(Question question) {
        return questionsByTag
                .computeIfAbsent(
                        cluster ? tag(question.at().record()) : EVERYTHING,
                        t -> new ReadCombiner<>(questions, nanoTime, combined))
                .read(List.of(question));
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
