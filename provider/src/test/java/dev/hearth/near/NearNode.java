package dev.hearth.near;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.NearMode;
import dev.hearth.config.RegionKind;
import dev.hearth.protocol.Node;
import dev.hearth.protocol.Participant;
import dev.hearth.store.ChangedScripts;
import dev.hearth.store.RedisConnection;
import dev.hearth.store.RegionStore;
import dev.hearth.store.RemoteTier;
import dev.hearth.store.ResultStore;
import dev.hearth.test.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** One node of a walk: the real tiers, on the walk's channel and by the walk's clocks. */
final class NearNode implements AutoCloseable {
    static final Duration LEASE = Duration.ofMinutes(10);
    static final Duration TIMEOUT = Duration.ofMinutes(1);
    static final Duration LOCK_TIMEOUT = Duration.ofHours(1);

    /* The clocks go on by themselves as well; what that adds is nothing beside a lease. */
    private volatile long nanosAhead;
    private volatile long wallMillisAhead;

    private final String name;
    private final CountDownLatch resting = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final RemoteTier tier;
    private final RegionStore store;
    private final ResultStore resultStore;
    private HeldChannel channel;
    private NearTier near;
    private NearRegion region;
    private NearRegion results;
    private Node node;

    NearNode(String name, String url, String keyspace, UnaryOperator<String> scriptChange) {
        this.name = name;
        HearthSettings settings = HearthSettings.read(Map.of(
                "hibernate.cache.hearth.redis.url", url,
                // A machine that is busy elsewhere is no outage.
                "hibernate.cache.hearth.redis.command-timeout", "30s",
                "hibernate.cache.hearth.keyspace", keyspace,
                "hibernate.cache.hearth.poll-interval", "1m",
                "hibernate.cache.hearth.stamp-validity", "10m",
                "hibernate.cache.hearth.lock-timeout", LOCK_TIMEOUT.toMinutes() + "m",
                "hibernate.cache.hearth.puts", "wait",
                "hibernate.cache.hearth.drift-margin", "0",
                "hibernate.cache.hearth.fence-stripes", "16"));
        // To the remote tier no time passes: it takes Redis's for what a script has told it last.
        long standing = System.nanoTime();
        tier = ChangedScripts.tiers(scriptChange)
                .make(name, settings, RedisConnection.open(settings.redis()), () -> standing);
        store = tier.region(RegionKind.ENTITY, "Things");
        resultStore = tier.results("Queries");
        tier.start();
        tier.openRegions().join();
        Eventually.holds(name + " reaches Redis", tier::available);
        tier.every(Duration.ofMillis(1), this::rest);
        Eventually.holds(name + " does nothing in the background", () -> resting.getCount() == 0);
    }

    /* Occupies the one thread of the background for good. What that does, it does in real time, which no schedule repeats:
     * it sweeps results that are stale, and its polls see a clock that knows nothing of the hours that a walk lets pass. */
    private void rest() {
        resting.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until Redis has answered whatever was sent, also what nobody has waited for: a stale result's removal. */
    void awaitAnswers() {
        while (tier.inFlight() > 0) {
            Thread.onSpinWait();
        }
    }

    private long nanoTime() {
        return System.nanoTime() + nanosAhead;
    }

    private long wallMillis() {
        return System.currentTimeMillis() + wallMillisAhead;
    }

    void pass(Duration time) {
        nanosAhead += time.toNanos();
        sleep(time);
    }

    /** The machine sleeps: its monotonic clock stands still. */
    void sleep(Duration time) {
        wallMillisAhead += time.toMillis();
    }

    /** Begins with nothing kept, nothing heard and nobody known, as a process does. */
    void begin(double patience, BiConsumer<String, String> network) {
        nanosAhead = 0;
        wallMillisAhead = 0;
        channel = new HeldChannel(network);
        near = new NearTier(
                tier, channel, LEASE, this::nanoTime, new Trust(LEASE, patience, this::nanoTime, this::wallMillis));
        region = near.region(store, NearMode.STRICT);
        results = near.results(resultStore.region());
        node = new Node(tier, near);
        near.listen();
    }

    Participant session() {
        return new Participant(node);
    }

    void beat() {
        near.beat().join();
    }

    String name() {
        return name;
    }

    RemoteTier tier() {
        return tier;
    }

    HeldChannel channel() {
        return channel;
    }

    NearTier near() {
        return near;
    }

    Node node() {
        return node;
    }

    RegionStore store() {
        return store;
    }

    NearRegion region() {
        return region;
    }

    NearRegion results() {
        return results;
    }

    ResultStore resultStore() {
        return resultStore;
    }

    @Override
    public void close() {
        closed.countDown();
        tier.close();
    }
}
