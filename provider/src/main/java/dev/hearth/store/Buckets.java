package dev.hearth.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The buckets of one region: how many there are, where their records lie, and how they are begun. */
final class Buckets {
    /* The number is part of every key, so all nodes must agree on it, whatever their settings say: it stands in the record
     * of bucket 0, and whoever opens the region adopts what stands there. */
    private static final Logger log = LoggerFactory.getLogger(Buckets.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final String region;
    private final String keyName;
    private final String prefix;
    private final int configured;
    private final int stripes;
    private final Commands commands;
    private final ServerClock clock;
    private final Supplier<CompletableFuture<Void>> identityCheck;
    private final Map<Integer, CompletableFuture<Void>> openings = new ConcurrentHashMap<>();
    private final Map<Integer, String> records = new ConcurrentHashMap<>();
    private volatile int count;
    private volatile boolean ready;

    /** @param identityCheck asks the masters who they are, for the clock to know */
    Buckets(
            String keyspace,
            String region,
            int configured,
            int stripes,
            Commands commands,
            ServerClock clock,
            Supplier<CompletableFuture<Void>> identityCheck) {
        this.region = region;
        this.keyName = region.replace('{', '(').replace('}', ')');
        this.prefix = keyspace + ":{" + keyName + ".";
        this.configured = configured;
        this.stripes = stripes;
        this.commands = commands;
        this.clock = clock;
        this.identityCheck = identityCheck;
    }

    /** The region's name as it stands in its keys. */
    String keyName() {
        return keyName;
    }

    /** Whether the number of buckets is known, without which no key is. */
    boolean known() {
        return count != 0;
    }

    /** How many there are; 0 while that is not known. */
    int count() {
        return count;
    }

    /** The bucket that a key's hash picks, by other bits than those that pick its stripe; unknown if their number is. */
    int of(int hash) {
        int known = count;
        return switch (known) {
            case 0 -> EntryAddress.UNKNOWN;
            case 1 -> 0;
            default -> (hash >>> 16) % known;
        };
    }

    /* One text for all entries of a bucket: whoever reads many of them looks it up as often, and it knows its hash. */
    String record(int bucket) {
        return records.computeIfAbsent(bucket, number -> prefix + number + "}");
    }

    static String fences(String record) {
        return record + "#";
    }

    private List<Object> keys(int bucket) {
        String record = record(bucket);
        return List.of(record, fences(record));
    }

    // Opening

    /** Begins every bucket, if that was not done before: a bucket that nobody has begun takes no put. */
    CompletableFuture<Void> ready() {
        return ready ? DONE : open(0).thenCompose(settled -> openOthers()).thenRun(() -> ready = true);
    }

    private CompletableFuture<Void> openOthers() {
        return CompletableFuture.allOf(
                IntStream.range(1, count).mapToObj(this::open).toArray(CompletableFuture[]::new));
    }

    /** A bucket's record was found wanting; that of bucket 0 may then be gone as well. */
    void reopen(int bucket) {
        var unused = open(Math.max(0, bucket));
        if (bucket > 0) {
            unused = open(0);
        }
    }

    private CompletableFuture<Void> open(int bucket) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> underWay = openings.putIfAbsent(bucket, mine);
        if (underWay != null) {
            return underWay;
        }
        begin(bucket).whenComplete((opened, failure) -> {
            openings.remove(bucket, mine);
            if (failure == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    /* With an identity that was asked for after the record was found wanting: a node that has not noticed a restart yet
     * would otherwise turn the record back, and clear the region once more. */
    private CompletableFuture<Void> begin(int bucket) {
        return identityCheck
                .get()
                .thenCompose(checked -> commands.runNow(Script.OPEN_REGION, keys(bucket), geometry()))
                .thenAccept(agreed -> opened(bucket, agreed.intValue()));
    }

    private void opened(int bucket, int agreed) {
        if (bucket != 0 || agreed == count) {
            return;
        }
        if (count != 0 || agreed != configured) {
            log.warn(
                    "[{}] the region lies in {} buckets, as the first node settled it; the setting of this node, {}, takes"
                            + " effect in another keyspace only",
                    region,
                    agreed,
                    configured);
        }
        count = agreed;
    }

    /** What the scripts need that may begin a region: identity, buckets, stripes. */
    private Object[] geometry() {
        byte[] identity = clock.identity();
        return new Object[] {identity == null ? new byte[0] : identity, known() ? count : configured, stripes};
    }

    // Every bucket

    /** Runs a script on every bucket's record and fences, with the arguments behind the geometry. */
    CompletableFuture<Void> every(Script script, Object... arguments) {
        if (!commands.available()) {
            return CompletableFuture.failedFuture(new CircuitOpenException());
        }
        return forEach(bucket -> {
            List<Object> all = new ArrayList<>(List.of(geometry()));
            all.addAll(List.of(arguments));
            return commands.run(script, keys(bucket), all.toArray()).thenApply(this::told);
        });
    }

    /* Those scripts that free a region, or clear it, answer the server's time; one that locks it answers 0. */
    private long told(long micros) {
        if (micros > 0) {
            commands.told(micros);
        }
        return micros;
    }

    /** As {@link #every}, even though the circuit is open. */
    CompletableFuture<Void> everyNow(Script script) {
        return forEach(bucket -> commands.runNow(script, keys(bucket), geometry()));
    }

    private CompletableFuture<Void> forEach(IntFunction<CompletableFuture<Long>> step) {
        return (known() ? DONE : open(0)).thenCompose(settled -> {
            List<CompletableFuture<Long>> steps = new ArrayList<>();
            for (int bucket = 0; bucket < count; bucket++) {
                steps.add(step.apply(bucket));
            }
            return CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new));
        });
    }

    /** Does something with the record of every bucket; answers nothing where none is known yet. */
    <T> CompletableFuture<List<T>> everyRecord(Function<String, CompletableFuture<T>> step) {
        List<CompletableFuture<T>> steps = IntStream.range(0, count())
                .mapToObj(bucket -> step.apply(record(bucket)))
                .toList();
        return CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                .thenApply(all -> steps.stream().map(CompletableFuture::join).toList());
    }
}
