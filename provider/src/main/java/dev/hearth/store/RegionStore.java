package dev.hearth.store;

import dev.hearth.config.OnUnavailable;
import dev.hearth.config.RegionSettings;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.PutRefusal;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.statistics.RoundTrips;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One region in Redis: the addresses of its entries, and the steps of the entry protocol (DESIGN section 5). Safe for
 * concurrent use. The steps answer with futures that fail when Redis does; nothing here waits but {@link #get} and
 * {@link #await}.
 */
public final class RegionStore implements Lockable {
    private final String name;
    private final RegionSettings settings;
    private final Buckets buckets;
    private final Commands commands;
    private final ServerClock clock;
    private final Debt debt;
    private final BucketSteps many;
    private final RegionStatistics statistics = new RegionStatistics();
    private final Traffic traffic;
    private final Publishing publishing;
    private final Locking locking;

    RegionStore(
            String name, RegionSettings settings, Buckets buckets, Commands commands, ServerClock clock, Debt debt) {
        this.name = name;
        this.settings = settings;
        this.buckets = buckets;
        this.commands = commands;
        this.clock = clock;
        this.debt = debt;
        this.traffic = new Traffic(statistics, clock);
        this.many = new BucketSteps(settings, commands);
        this.locking = new Locking(settings, commands, statistics, traffic);
        this.publishing = new Publishing(this, buckets, commands, clock, many, traffic);
    }

    @Override
    public String name() {
        return name;
    }

    public RegionSettings settings() {
        return settings;
    }

    public RegionStatistics statistics() {
        return statistics;
    }

    @Override
    public boolean failsWhenUnavailable() {
        return settings.onUnavailable() == OnUnavailable.FAIL;
    }

    @Override
    public Duration lockTimeout() {
        return settings.lockTimeout();
    }

    @Override
    public void lockFailed() {
        statistics.count(RegionEvent.FAILED_LOCK);
    }

    /** Where the entry of this key lies. */
    public EntryAddress address(String key) {
        return new EntryAddress(buckets, key);
    }

    /** How many buckets the region is spread over; 0 while that is not known. */
    public int buckets() {
        return buckets.count();
    }

    /** The region's name as it stands in its keys, by which messages name it. */
    public String keyName() {
        return buckets.keyName();
    }

    /** What tells the region's present content from that before it was cleared; null if nobody has begun it. */
    public CompletableFuture<@Nullable String> generation() {
        String record = buckets.record(0);
        return commands.values(List.of(record)).thenApply(values -> StoredForms.generation(values.get(record)));
    }

    /** Whether this node could not tell the others of a change in the region, and so does not use it. */
    public boolean owed() {
        return debt.owes(this);
    }

    // Reading

    /** Reads an entry, waiting for Redis once at the most. Counts hit or miss. */
    public Found get(EntryAddress at) {
        MissReason unusable = unusable(at);
        if (unusable != null) {
            return nothing(unusable);
        }
        long asked = clock.nanoTime();
        try {
            RoundTrips.waiting();
            Map<String, byte[]> values = commands.await(commands.values(List.of(at.entry(), at.record())));
            traffic.answered(asked);
            return judged(at, values);
        } catch (RedisUnavailableException e) {
            return nothing(MissReason.UNAVAILABLE);
        }
    }

    /** Counts what goes between the region and Redis. */
    Traffic traffic() {
        return traffic;
    }

    /** Why Redis need not be asked for the entry, or null if it can be. */
    @Nullable
    MissReason unusable(EntryAddress at) {
        if (debt.owes(this)) {
            return MissReason.IN_DEBT;
        }
        if (clock.identity() == null || !commands.available()) {
            return MissReason.UNAVAILABLE;
        }
        if (!at.known()) {
            buckets.reopen(at.bucket());
            return MissReason.OTHER_GENERATION;
        }
        return null;
    }

    /** What the bytes under the keys of entry and record say. Counts a miss, and mends what has to be. */
    Found judged(EntryAddress at, Map<String, byte[]> values) {
        StoredForms.Bucket bucket = bucket(at, values);
        return bucket == null ? nothing(MissReason.UNAVAILABLE) : judged(at, values, bucket);
    }

    /** The entry's bucket as its record was read, opened if it has to be; null if that cannot be said. */
    StoredForms.@Nullable Bucket bucket(EntryAddress at, Map<String, byte[]> values) {
        byte[] identity = clock.identity();
        if (identity == null) {
            return null;
        }
        StoredForms.Bucket bucket = StoredForms.bucket(values.get(at.record()), identity, buckets.count());
        if (bucket.mustOpen()) {
            buckets.reopen(at.bucket());
        }
        return bucket;
    }

    /** As {@link #judged(EntryAddress, Map)}, of one of many entries that were read with the record. */
    Found judged(EntryAddress at, Map<String, byte[]> values, StoredForms.Bucket bucket) {
        byte[] entry = values.get(at.entry());
        Found found = bucket.read(entry);
        traffic.received(entry);
        if (found instanceof Found.Nothing miss) {
            if (miss.reason() == MissReason.UNDECODABLE) {
                remove(at);
            }
            statistics.miss(miss.reason());
            return new Found.Nothing(miss.reason(), hopeless(entry, values.get(at.record())));
        }
        return found;
    }

    /* However long the lock stands, its end is a fence, or a generation, and so is its lapse: and this session has begun before. */
    private @Nullable PutRefusal hopeless(byte @Nullable [] entry, byte @Nullable [] record) {
        long now = clock.now().micros();
        if (entry != null && StoredForms.isHeld(entry, now)) {
            return PutRefusal.LOCKED;
        }
        return StoredForms.isBulkHeld(record, now) ? PutRefusal.BULK_LOCKED : null;
    }

    /** As {@link #judged}, without counting or mending anything. */
    Found peeked(EntryAddress at, Map<String, byte[]> values) {
        byte[] identity = clock.identity();
        return identity == null || !at.known()
                ? new Found.Nothing(MissReason.UNAVAILABLE)
                : StoredForms.read(values.get(at.entry()), values.get(at.record()), identity, buckets.count());
    }

    /** Nothing, counted as a miss for this reason. */
    public Found nothing(MissReason reason) {
        statistics.miss(reason);
        return new Found.Nothing(reason);
    }

    /** The value turned out to be of another version of the mapping: it stays, and what was read counts as a miss. */
    public void otherMapping(EntryAddress at) {
        statistics.miss(MissReason.OTHER_MAPPING);
    }

    /** The value turned out not to be of ours: it goes, and what was read counts as a miss. */
    public void undecodable(EntryAddress at) {
        statistics.miss(MissReason.UNDECODABLE);
        remove(at);
    }

    private void remove(EntryAddress at) {
        var unused = evict(at);
    }

    /**
     * Those of these entries that could be served now, and for half of their time to live at least; counts nothing. Fails where Redis does not answer.
     *
     * @param mapping what values of the present mapping begin with
     */
    public CompletableFuture<Set<EntryAddress>> present(Collection<EntryAddress> wanted, byte[] mapping) {
        byte[] identity = clock.identity();
        if (debt.owes(this) || identity == null || !commands.available()) {
            return CompletableFuture.failedFuture(new CircuitOpenException());
        }
        return buckets.known() ? many.present(wanted, identity, mapping) : CompletableFuture.completedFuture(Set.of());
    }

    // Publishing

    /** Publishes what was read from the database, or inserted and committed, by the rules for a put from load. */
    public CompletableFuture<PutOutcome> put(EntryAddress at, Stamp stamp, byte[] body, PutMode mode) {
        return publishing.put(at, stamp, body, mode);
    }

    Publishing publishing() {
        return publishing;
    }

    // Locking

    /**
     * Takes, or keeps, the transaction's hold on the entry. Answers the stamp of the soft lock: the same one for as long
     * as somebody holds it, and never the same for two.
     *
     * @param ask by whom near tiers acknowledge the message that the lock publishes
     */
    public CompletableFuture<Long> lock(EntryAddress at, String transaction, String ask) {
        return opened(at, () -> locking.lock(at, transaction, ask));
    }

    /**
     * As {@link #lock(EntryAddress, String, String)}, and announces tables in the same step and message. For a single server,
     * since the keys are of two slots.
     */
    public CompletableFuture<Long> lock(
            EntryAddress at, String transaction, String ask, Tables tables, Collection<String> names) {
        return opened(at, () -> locking.lock(at, transaction, ask, tables, names));
    }

    /**
     * Ends the transaction's hold.
     *
     * @param lock what {@link #lock} answered last before the commit
     * @param body the committed value, if it is to be published
     */
    public CompletableFuture<ReleaseOutcome> release(
            EntryAddress at, String transaction, long lock, byte @Nullable [] body) {
        return opened(at, () -> locking.release(at, transaction, lock, body));
    }

    /** What came of a release, and the stamp up to which results over the tables are stale that were settled with it. */
    public record Released(ReleaseOutcome outcome, long settled) {}

    /** As {@link #release(EntryAddress, String, long, byte[])}, and settles tables in the same step. For a single server. */
    public CompletableFuture<Released> release(
            EntryAddress at,
            String transaction,
            long lock,
            byte @Nullable [] body,
            Tables tables,
            Collection<String> names) {
        return opened(at, () -> locking.release(at, transaction, lock, body, tables, names));
    }

    /** Whether a step at this address can be sent: none can before the region is open. */
    public boolean isOpenAt(EntryAddress at) {
        return at.known();
    }

    private <T> CompletableFuture<T> opened(EntryAddress at, Supplier<CompletableFuture<T>> step) {
        if (!at.known()) {
            buckets.reopen(at.bucket());
            return CompletableFuture.failedFuture(new IllegalStateException("the region is not open yet"));
        }
        return step.get();
    }

    /** Drops one entry. */
    public CompletableFuture<Void> evict(EntryAddress at) {
        long sent = clock.nanoTime();
        return opened(
                        at,
                        () -> commands.run(
                                Script.EVICT,
                                List.of(at.entry(), at.record(), at.fences()),
                                Integer.toUnsignedLong(at.hash()),
                                micros(settings.fenceHorizon())))
                .thenAccept(locked -> traffic.evicted(sent));
    }

    /** Locks the whole region against a statement that may change any row of it; {@code ask} as for {@link #lock}. */
    public CompletableFuture<Void> bulkLock(String transaction, String ask) {
        return buckets.every(Script.BULK_LOCK, transaction, micros(settings.lockTimeout()), ask)
                .thenRun(traffic::told);
    }

    public CompletableFuture<Void> bulkUnlock(String transaction) {
        return buckets.every(Script.BULK_UNLOCK, transaction).thenRun(traffic::told);
    }

    /** Makes everything in the region a miss, at a cost that does not depend on how much it holds. */
    public CompletableFuture<Void> clear() {
        long sent = clock.nanoTime();
        return buckets.every(Script.EVICT_REGION).thenRun(() -> traffic.evicted(sent));
    }

    @Override
    public CompletableFuture<Void> clearNow() {
        return buckets.everyNow(Script.EVICT_REGION);
    }

    /** Makes the region usable: completes once its number of buckets is known, and each of them has begun. */
    public CompletableFuture<Void> ready() {
        return buckets.ready();
    }

    // Waiting

    /**
     * Waits for a step, one command timeout at the most.
     *
     * @throws RedisUnavailableException if it was not done
     */
    public <T> T await(CompletableFuture<T> step) {
        if (!step.isDone()) {
            RoundTrips.waiting();
        }
        return commands.await(step);
    }

    /** Does something in the background with the record of every bucket; answers nothing where none is known yet. */
    <T> CompletableFuture<List<T>> everyRecord(Function<String, CompletableFuture<T>> step) {
        return buckets.everyRecord(step);
    }

    int bucketCount() {
        return Math.max(1, buckets.count());
    }

    static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    @Override
    public String toString() {
        return "RegionStore[" + name + "]";
    }
}
