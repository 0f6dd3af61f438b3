package dev.hearth.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.hearth.config.NearMode;
import dev.hearth.config.NearSettings;
import dev.hearth.statistics.RegionEvent;
import dev.hearth.statistics.RegionStatistics;
import dev.hearth.store.EntryAddress;
import dev.hearth.store.Found;
import dev.hearth.store.RegionStore;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One region of both tiers: what is kept of it inside the process, as Hibernate takes it, and Redis behind that. Safe for
 * concurrent sessions; readers share no lock.
 */
public final class NearRegion {
    /* An entry is kept only if no message about it has come since before it was read: each counts on one of the region's
     * stripes, and the ticket taken before the read must still be good. That is decided under the key's own lock in the
     * cache, which dropping the entry takes too, after the count: so either the message finds the entry, or the entry's
     * keeper the count. What clears the whole region, or all regions, is compared at every serve instead. */
    private static final int STRIPES = 1024;
    private static final int OVERHEAD = 128;

    /** Says that what is read now is not to be kept. */
    public static final long NO_TICKET = -1;

    private final RegionStore store;
    private final boolean strict;
    private final @Nullable Cache<String, Kept> entries;
    private final Trust trust;
    private final TableClock tables;
    private final AtomicLongArray stripes = new AtomicLongArray(STRIPES);
    private final AtomicLong cleared = new AtomicLong();

    /**
     * @param tables what {@link TableClock#of} said before the entry was read, 0 for what depends on none
     * @param read the tables of a query's result; empty for an entry
     */
    private record Kept(Object value, int weight, long epoch, long tables, Collection<String> read) {}

    NearRegion(RegionStore store, NearMode mode, Trust trust, TableClock tables, LongSupplier nanoTime) {
        this.store = store;
        this.strict = mode == NearMode.STRICT;
        this.trust = trust;
        this.tables = tables;
        this.entries = mode == NearMode.OFF ? null : cache(store.settings().near(), store.statistics(), nanoTime);
        store.statistics().nearSize(this::size);
    }

    private static Cache<String, Kept> cache(
            NearSettings settings, RegionStatistics statistics, LongSupplier nanoTime) {
        Caffeine<String, Kept> builder = Caffeine.newBuilder()
                .ticker(nanoTime::getAsLong)
                .expireAfterWrite(settings.timeToLive())
                .evictionListener((@Nullable String key, @Nullable Kept kept, RemovalCause cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        statistics.count(RegionEvent.NEAR_EVICTION);
                    }
                });
        return settings.maximumSize() > 0
                ? builder.maximumWeight(settings.maximumSize())
                        .weigher((String key, Kept kept) -> kept.weight + OVERHEAD)
                        .build()
                : builder.maximumSize(settings.maximumEntries()).build();
    }

    /** The region in Redis. */
    public RegionStore store() {
        return store;
    }

    /** Whether anything is kept near at all. */
    public boolean isKept() {
        return entries != null;
    }

    /** Whether what is kept near may be served now, which begins a moment after the node. */
    public boolean isServing() {
        return trust.holds(strict);
    }

    boolean isStrict() {
        return strict;
    }

    // Reading

    /**
     * Opens an entry that was read in Redis, and keeps it. To count a hit is for {@code open}, which may find the value
     * unreadable.
     *
     * @param ticket taken before it was read
     * @param open makes of the bytes what is kept and answered, or nothing
     */
    public @Nullable Object open(
            EntryAddress at, Found.Value found, long ticket, Function<Found.Value, @Nullable Object> open) {
        Object value = open.apply(found);
        if (value != null) {
            keep(at, value, found.bytes().length, ticket);
        }
        return value;
    }

    /** Asks Redis for an entry, waiting for it once at the most. Counts a miss, but no hit. */
    public Reading read(EntryAddress at) {
        long ticket = ticket(at);
        return new Reading(store.get(at), ticket);
    }

    /** What is kept of the entry, counted as a hit; null if nothing is that may be served. */
    public @Nullable Object get(EntryAddress at) {
        return kept(at, 0);
    }

    /** As {@link #get(EntryAddress)}, for a query's result over these tables. */
    public @Nullable Object get(EntryAddress at, Collection<String> read) {
        return entries == null ? null : kept(at, tables.of(read));
    }

    /** Whether a read that came now would find the entry near. Counts nothing. */
    public boolean keeps(EntryAddress at) {
        return peek(at) != null;
    }

    /** What a read that came now would find near, or null. Counts nothing. */
    public @Nullable Object peek(EntryAddress at) {
        Kept kept = entries == null ? null : entries.getIfPresent(at.key());
        return kept != null && isServed(kept, 0) ? kept.value : null;
    }

    private @Nullable Object kept(EntryAddress at, long tablesNow) {
        Kept kept = entries == null ? null : entries.getIfPresent(at.key());
        if (kept == null || !isServed(kept, tablesNow)) {
            return null;
        }
        store.statistics().nearHit();
        return kept.value;
    }

    private boolean isServed(Kept kept, long tablesNow) {
        return kept.tables == tablesNow && kept.epoch == epoch() && !store.owed() && trust.holds(strict);
    }

    // Keeping

    /** Taken before an entry is read, or stored: with it, what was read may be kept. */
    public long ticket(EntryAddress at) {
        return entries == null || !trust.holds(strict) ? NO_TICKET : stripes.get(stripe(at.key())) + epoch();
    }

    /** Keeps an entry that Redis had when the ticket was taken, or later, unless it may have changed since. */
    public void keep(EntryAddress at, Object value, int weight, long ticket) {
        keep(at, value, weight, ticket, 0, List.of());
    }

    /** Taken before a query's result is read: what is to be kept with it. */
    public ResultTicket resultTicket(EntryAddress at, Collection<String> read) {
        return new ResultTicket(ticket(at), tables.of(read), read);
    }

    /** A ticket for a query's result. */
    public record ResultTicket(long entry, long tables, Collection<String> read) {}

    /** Keeps a query's result; one whose tables have changed since the ticket was taken is never served. */
    public void keep(EntryAddress at, Object result, int weight, ResultTicket ticket) {
        keep(at, result, weight, ticket.entry, ticket.tables, ticket.read);
    }

    /** Keeps the same in another form, if it is kept at all. */
    public void restate(EntryAddress at, Object before, Object after) {
        if (entries != null) {
            entries.asMap()
                    .computeIfPresent(
                            at.key(),
                            (key, kept) -> kept.value == before
                                    ? new Kept(after, kept.weight, kept.epoch, kept.tables, kept.read)
                                    : kept);
        }
    }

    private void keep(
            EntryAddress at, Object value, int weight, long ticket, long tablesThen, Collection<String> read) {
        if (entries == null || ticket == NO_TICKET) {
            return;
        }
        int stripe = stripe(at.key());
        entries.asMap().compute(at.key(), (key, before) -> {
            long epoch = epoch();
            if (stripes.get(stripe) + epoch != ticket) {
                return before;
            }
            store.statistics().count(RegionEvent.NEAR_PUT);
            return new Kept(value, weight, epoch, tablesThen, read);
        });
    }

    // Hearing

    /** The entry may have changed. */
    public void changed(String key) {
        if (entries != null) {
            stripes.incrementAndGet(stripe(key));
            entries.asMap().remove(key);
        }
    }

    /** Everything in the region may have changed. */
    public void changed() {
        if (entries != null) {
            cleared.incrementAndGet();
            entries.invalidateAll();
        }
    }

    /** A message says that the entry may have changed. */
    void heard(String key) {
        changed(key);
        countHeard();
    }

    /** A message says that everything in the region may have changed. */
    void heard() {
        changed();
        countHeard();
    }

    private void countHeard() {
        if (entries != null) {
            store.statistics().count(RegionEvent.INVALIDATION_RECEIVED);
        }
    }

    /** Lets go of what is not served any more. */
    void forget() {
        if (entries != null) {
            entries.invalidateAll();
        }
    }

    /* Both only grow, so that their sum is what it was only if neither has moved. */
    private long epoch() {
        return trust.epoch() + cleared.get();
    }

    private static int stripe(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }

    // What is hot

    /**
     * The keys of what is kept and used most, in about that order: uses are counted once the region is half full, and until
     * then those used last come first. Takes time in the number of entries kept.
     */
    public List<String> hottest(int limit) {
        return entries == null
                ? List.of()
                : entries.policy()
                        .eviction()
                        .map(eviction -> hottest(eviction, limit))
                        .orElse(List.of());
    }

    /**
     * A query's result that is kept.
     *
     * @param read the tables that it reads
     */
    public record HotResult(String key, Collection<String> read) {}

    /** As {@link #hottest}, of a region of query results. */
    public List<HotResult> hottestResults(int limit) {
        return entries == null
                ? List.of()
                : entries.policy()
                        .eviction()
                        .map(eviction -> eviction.hottest(limit).entrySet().stream()
                                .map(kept -> new HotResult(kept.getKey(), kept.getValue().read))
                                .toList())
                        .orElse(List.of());
    }

    private List<String> hottest(Policy.Eviction<String, Kept> eviction, int limit) {
        return List.copyOf(eviction.hottest(limit).keySet());
    }

    /** About how many entries are kept. */
    public long size() {
        return entries == null ? 0 : entries.estimatedSize();
    }
}
