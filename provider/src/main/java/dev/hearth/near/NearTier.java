package dev.hearth.near;

import dev.hearth.config.NearMode;
import dev.hearth.config.NodeSettings;
import dev.hearth.statistics.NearStatistics;
import dev.hearth.store.MessageChannel;
import dev.hearth.store.RegionStore;
import dev.hearth.store.RemoteTier;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's near tier (DESIGN section 8): its regions, the one subscription by which they hear of changes, and the heartbeats
 * that prove that it lives. Safe for concurrent use.
 */
public final class NearTier {
    private static final Logger log = LoggerFactory.getLogger(NearTier.class);

    private final RemoteTier tier;
    private final MessageChannel channel;
    private final LongSupplier nanoTime;
    private final Trust trust;
    private final Acknowledgements acknowledgements;
    private final Outbox outbox;
    private final Heartbeats heartbeats;
    private final TableClock tables = new TableClock();
    private final StrictSet strict = new StrictSet();
    private final NearStatistics statistics;
    private final Map<RegionStore, NearRegion> regions = new ConcurrentHashMap<>();
    private final Map<String, List<NearRegion>> byName = new ConcurrentHashMap<>();
    private final Succession succession = new Succession();
    private final AtomicBoolean gapReported = new AtomicBoolean();
    private volatile Consumer<Collection<String>> tableChanges = names -> {};

    public NearTier(RemoteTier tier, NodeSettings settings) {
        this(tier, tier.others().channel(), settings.nearLease(), tier::nanoTime, System::currentTimeMillis);
    }

    /** On a channel, and by clocks, of the caller's. */
    NearTier(RemoteTier tier, MessageChannel channel, Duration lease, LongSupplier nanoTime, LongSupplier wallMillis) {
        this(tier, channel, lease, nanoTime, new Trust(lease, nanoTime, wallMillis));
    }

    NearTier(RemoteTier tier, MessageChannel channel, Duration lease, LongSupplier nanoTime, Trust trust) {
        this.nanoTime = nanoTime;
        this.tier = tier;
        this.statistics = tier.statistics().near();
        this.channel = channel;
        this.trust = trust;
        this.acknowledgements = new Acknowledgements(tier.node(), lease, nanoTime, statistics);
        this.outbox = new Outbox(tier.node(), channel);
        this.heartbeats = new Heartbeats(tier, nanoTime, lease, strict, trust, acknowledgements);
    }

    /** Begins to listen, and to say that this node lives. */
    public void start() {
        listen();
        heartbeats.begin();
        // The first writes need to know whom to wait for; until they do, they wait for a lease.
        var unused = beat();
    }

    void listen() {
        channel.listen(new Ears());
    }

    /** Sends a heartbeat; completes when the nodes that it asks for are known. */
    CompletableFuture<Void> beat() {
        return heartbeats.send();
    }

    /**
     * Both tiers of a region.
     *
     * @param whenAuto the mode where the settings leave it to the kind of the region
     */
    public NearRegion region(RegionStore store, NearMode whenAuto) {
        NearMode set = store.settings().near().mode();
        NearMode mode = set == NearMode.AUTO ? whenAuto : set;
        NearRegion region = new NearRegion(store, mode, trust, tables, nanoTime);
        regions.put(store, region);
        byName.computeIfAbsent(store.keyName(), name -> new CopyOnWriteArrayList<>())
                .add(region);
        if (mode == NearMode.STRICT && !strict.contains(store.keyName())) {
            strict.add(store.keyName());
            trust.widened();
        }
        return region;
    }

    /** Both tiers of a region of query results, whose tables this node then keeps as coherent as the region. */
    public NearRegion results(RegionStore store) {
        NearRegion region = region(store, NearMode.STRICT);
        if (region.isStrict() && !strict.contains(StrictSet.TABLES)) {
            strict.add(StrictSet.TABLES);
            trust.widened();
        }
        return region;
    }

    /** The region of a store. */
    public NearRegion of(RegionStore store) {
        NearRegion region = regions.get(store);
        if (region == null) {
            throw new IllegalArgumentException(store + " is of another node");
        }
        return region;
    }

    // Writing

    /** A soft lock in the region is about to be sent. */
    public Ask askForEntry(RegionStore store) {
        return acknowledgements.ask(store.keyName(), 1);
    }

    /** A bulk lock of the region is about to be sent. */
    public Ask askForRegion(RegionStore store) {
        return acknowledgements.ask(store.keyName(), store.buckets());
    }

    /** An announcement is about to be sent. */
    public Ask askForTables() {
        return acknowledgements.ask(StrictSet.TABLES, 1);
    }

    /** A soft lock in the region is about to be sent, and an announcement with it. */
    public Ask askForEntryAndTables(RegionStore store) {
        return acknowledgements.askForBoth(store.keyName(), StrictSet.TABLES);
    }

    /** Waits until no node serves what these asks were about, a lease at the most. */
    public void await(Collection<Ask> asks) {
        acknowledgements.await(asks);
    }

    /** This node itself changes these tables. */
    public void changed(Collection<String> names) {
        names.forEach(tables::changed);
        tables.changed(TableClock.ANY);
    }

    /** This node itself changes any table. */
    public void changedAllTables() {
        tables.changed(Notice.ALL);
    }

    /** Has something quick told of the tables that change, by whichever node. */
    public void onTableChanges(Consumer<Collection<String>> listener) {
        tableChanges = listener;
    }

    public NearStatistics statistics() {
        return statistics;
    }

    /** The other nodes whose acknowledgement writers wait for, by the last heartbeat: those that keep something strictly. */
    public Set<String> others() {
        return acknowledgements.others();
    }

    /** Whether what is kept strictly is served now, which begins about two leases after the node. */
    public boolean servesStrictly() {
        return trust.holds(true);
    }

    // Living

    /** Says that no writer need wait for this node. */
    public void close() {
        trust.end();
        if (tier.available()) {
            var unused = tier.others().leave();
        }
    }

    private final class Ears implements MessageChannel.Listener {
        @Override
        public void subscribed() {
            succession.begins();
            trust.subscribed();
            forget();
            var unused = beat();
        }

        /* Nothing may be thrown into the client, and what cannot be understood may have been a change. */
        @Override
        public void told(String message) {
            try {
                Notice.Numbered numbered = Notice.numbered(message);
                Notice notice = numbered.notice();
                statistics.message();
                // Before it is heard: this node's heartbeat proves that what is read from now on is told of.
                switch (succession.place(numbered.number(), isOwnHeartbeat(notice))) {
                    case NEXT -> {}
                    case BEHIND_A_GAP -> missed();
                    case OF_A_NEW_COUNTER -> beginAnew();
                }
                if (notice == null) {
                    // Of a newer version, perhaps, and a change.
                    log.debug("[{}] a message that makes no sense: {}", tier.node(), message);
                    beginAnew();
                } else {
                    hear(notice);
                }
            } catch (RuntimeException e) {
                beginAnew();
                log.warn("[{}] a message was lost to an error; the near tier begins anew", tier.node(), e);
            }
        }

        @Override
        public void answered(String message) {
            int space = message.indexOf(' ');
            if (space < 0) {
                return;
            }
            String by = message.substring(0, space);
            for (String answer : message.substring(space + 1).split(",")) {
                try {
                    int dot = answer.indexOf('.');
                    acknowledgements.acknowledged(
                            by,
                            Long.parseLong(dot < 0 ? answer : answer.substring(0, dot)),
                            dot < 0 ? 0 : Integer.parseInt(answer.substring(dot + 1)));
                } catch (NumberFormatException e) {
                    log.debug("[{}] an acknowledgement that makes no sense: {}", tier.node(), message);
                }
            }
        }
    }

    private void missed() {
        statistics.gap();
        beginAnew();
        if (gapReported.compareAndSet(false, true)) {
            log.warn(
                    "[{}] the client has lost messages on a subscription that goes on; what was kept near is dropped, now and"
                            + " each time that happens (counted as gaps)",
                    tier.node());
        }
    }

    private void beginAnew() {
        trust.lose();
        forget();
    }

    private void forget() {
        regions.values().forEach(NearRegion::forget);
        statistics.clearing();
    }

    private boolean isOwnHeartbeat(@Nullable Notice notice) {
        return notice instanceof Notice.Beat beat && beat.node().equals(tier.node());
    }

    private void hear(Notice notice) {
        if (notice instanceof Notice.Beat beat) {
            if (isOwnHeartbeat(beat)) {
                heartbeats.heard(beat);
            }
        } else if (notice instanceof Notice.Pulse pulse) {
            if (pulse.node().equals(tier.node())) {
                heartbeats.heard(pulse);
            }
        } else if (notice instanceof Notice.Gone gone) {
            acknowledgements.left(gone.node());
        } else if (notice instanceof Notice.Entry entry) {
            hear(entry);
            acknowledge(entry.asker(), entry.region(), 0);
        } else if (notice instanceof Notice.Both both) {
            hear(both.entry());
            both.tables().names().forEach(tables::changed);
            if (!acknowledge(both.asker(), both.entry().region(), 0)) {
                acknowledge(both.asker(), StrictSet.TABLES, 0);
            }
            tableChanges.accept(both.tables().names());
        } else if (notice instanceof Notice.Region changed) {
            List<NearRegion> kept = byName.getOrDefault(changed.region(), List.of());
            kept.forEach(NearRegion::heard);
            acknowledge(changed.asker(), changed.region(), changed.bucket());
        } else if (notice instanceof Notice.Tables changed) {
            changed.names().forEach(tables::changed);
            acknowledge(changed.asker(), StrictSet.TABLES, 0);
            tableChanges.accept(changed.names());
        }
    }

    private void hear(Notice.Entry entry) {
        byName.getOrDefault(entry.region(), List.of()).forEach(region -> region.heard(entry.key()));
    }

    /* By the set that others see: it may hold more than is kept, and they wait for that, too. */
    private boolean acknowledge(Notice.@Nullable Asker asker, String region, int part) {
        if (asker == null || !strict.contains(region) || asker.node().equals(tier.node())) {
            return false;
        }
        outbox.acknowledge(asker, part);
        return true;
    }
}
