package dev.hearth.store;

import dev.hearth.config.HearthSettings;
import dev.hearth.config.RegionKind;
import dev.hearth.config.RegionSettings;
import dev.hearth.statistics.NodeStatistics;
import dev.hearth.statistics.RoundTrips;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's way to Redis: makes the stores of its regions, keeps the clock in step, and finds out when Redis is back.
 * Safe for concurrent use.
 */
public final class RemoteTier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RemoteTier.class);

    private static final Duration START_PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

    /** Keeps the keys of a query region apart from those of a region of entries of the same name. */
    private static final String QUERY_SUFFIX = ".q";

    private final String node;
    private final HearthSettings settings;
    private final RedisConnection connection;
    private final Commands commands;
    private final ManyEntries manyEntries;
    private final Circuit circuit;
    private final ServerClock clock;
    private final Recovery recovery;
    private final Debt debt;
    private final Tables tables;
    private final OtherNodes others;
    private final SizeSampler sampler;
    private final TaskStore tasks;
    private final RecordStore records;
    private final List<ResultStore> queryRegions = new CopyOnWriteArrayList<>();
    private final ResultSweeper sweeper = new ResultSweeper(queryRegions);
    private final NodeStatistics statistics = new NodeStatistics(this::available, this::inFlight, this::regionsInDebt);
    private final Background background;
    private final List<RegionStore> regions = new CopyOnWriteArrayList<>();

    public RemoteTier(String node, HearthSettings settings, RedisConnection connection, LongSupplier nanoTime) {
        this(node, settings, connection, nanoTime, UnaryOperator.identity());
    }

    RemoteTier(
            String node,
            HearthSettings settings,
            RedisConnection connection,
            LongSupplier nanoTime,
            UnaryOperator<String> scriptChange) {
        this.node = node;
        this.settings = settings;
        this.connection = connection;
        Duration timeout = settings.redis().commandTimeout();
        this.circuit = new Circuit(node, this::opened);
        this.clock = new ServerClock(
                node, settings.node().driftMargin(), settings.node().stampValidity(), nanoTime);
        this.commands = new Commands(
                connection.client(),
                isCluster(),
                circuit,
                timeout,
                scriptChange,
                this::hear,
                nanoTime,
                statistics::combined);
        this.manyEntries = new ManyEntries(commands);
        this.debt = new Debt(node);
        this.tables = new Tables(
                settings.keyspace(), settings.region(RegionKind.QUERY, ""), commands, clock, debt, statistics.tables());
        this.others = new OtherNodes(node, settings.keyspace(), connection, commands, clock);
        this.sampler = new SizeSampler(
                node,
                connection.namePrefix() + settings.keyspace(),
                settings.statistics(),
                commands,
                this.others::masters,
                regions,
                statistics,
                InstantSource.system());
        this.tasks = new TaskStore(node, settings.keyspace(), commands);
        this.records = new RecordStore(settings.keyspace(), commands);
        this.background = new Background(node);
        this.recovery = new Recovery(
                node,
                settings.node().pollInterval(),
                timeout,
                background,
                circuit,
                clock,
                new MasterPoll(node, connection, clock),
                debt,
                queryRegions,
                this::openRegions);
    }

    /** Begins to poll, and waits for the first answer for a moment only: without Redis the node starts all the same. */
    public void start() {
        every(settings.node().pollInterval(), recovery::poll);
        every(SWEEP_INTERVAL, sweeper::sweep);
        connection.whenReady().thenRun(recovery::poll);
        connection.whenReady().thenRun(others::subscribe);
        every(settings.statistics().sampleInterval(), sampler::sample);
        every(RedissonChannel.RETRY, this::subscribe);
        connection.onReconnect(recovery::poll);
        CompletableFuture<Void> begun = connection
                .firstAttempt()
                .thenCompose(reached -> reached ? recovery.firstPoll() : CompletableFuture.<Void>completedFuture(null))
                .toCompletableFuture();
        try {
            begun.get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("[{}] Redis does not answer yet; reads go to the database until it does", node);
        }
    }

    private void subscribe() {
        if (connection.ready() && circuit.permits()) {
            others.subscribe();
        }
    }

    /** A region of entries. */
    public RegionStore region(RegionKind kind, String name) {
        return region(kind, name, name);
    }

    /** Reads entries of any regions, waiting for Redis once for all of them. */
    public EntriesRead read(List<WantedEntry> wanted) {
        return manyEntries.read(wanted);
    }

    /**
     * As {@link #read}, but leaves the waiting to the first question for what was read. For what is asked for together with
     * something else: it counts as the same round trip.
     */
    public EntriesRead beginToRead(List<WantedEntry> wanted) {
        return manyEntries.begin(wanted);
    }

    /** As {@link #read}, of what no session has asked for: counts nothing. */
    public Map<EntryAddress, Found> peekAll(Map<EntryAddress, RegionStore> wanted) {
        return manyEntries.peek(wanted);
    }

    /** A region of query results, which may share its name with one of entries. */
    public ResultStore results(String name) {
        ResultStore results =
                new ResultStore(region(RegionKind.QUERY, name, name + QUERY_SUFFIX), tables, commands, clock::nanoTime);
        queryRegions.add(results);
        return results;
    }

    /** The tables that query results depend on. */
    public Tables tables() {
        return tables;
    }

    /** Results over these tables are stale up to this stamp: they leave Redis in the background. */
    public void changed(Collection<String> names, long stamp) {
        sweeper.changed(names, stamp);
    }

    /** The tasks that one node at a time runs for all. */
    public TaskStore tasks() {
        return tasks;
    }

    /** The records that the nodes of the keyspace share. */
    public RecordStore records() {
        return records;
    }

    /** What the nodes of the keyspace tell each other. */
    public OtherNodes others() {
        return others;
    }

    private RegionStore region(RegionKind kind, String name, String keyName) {
        RegionSettings region = settings.region(kind, name);
        Buckets buckets = new Buckets(
                settings.keyspace(),
                keyName,
                region.buckets(isCluster()),
                region.fenceStripes(),
                commands,
                clock,
                recovery::checkIdentity);
        RegionStore store = new RegionStore(name, region, buckets, commands, clock, debt);
        regions.add(store);
        return store;
    }

    /** Whether one script may take keys of any hash tags. */
    public boolean isOneServer() {
        return !isCluster();
    }

    private boolean isCluster() {
        return connection.topology() == RedisConnection.Topology.CLUSTER;
    }

    /** A name for this node that no other has. */
    public String node() {
        return node;
    }

    /** What happened on the node whatever the region. */
    public NodeStatistics statistics() {
        return statistics;
    }

    /** A lower bound of Redis's time. */
    public Stamp now() {
        return clock.now();
    }

    public long nanoTime() {
        return clock.nanoTime();
    }

    /** Whether commands can be sent at all. */
    public boolean available() {
        return circuit.permits();
    }

    /** Whether so many commands are under way that what is merely useful should not be sent. */
    public boolean congested() {
        return commands.inFlight() >= settings.node().maximumInFlight();
    }

    public int inFlight() {
        return commands.inFlight();
    }

    /** A transaction under way could not lock, or announce, this; {@link #debtCompleted} must follow. */
    public void openDebt(Lockable subject) {
        subject.lockFailed();
        debt.open(subject);
    }

    /** As {@link #openDebt}, where nobody will tell of the completion: it is when the lock would have lapsed. */
    public void openLapsingDebt(Lockable subject) {
        openDebt(subject);
        background.in(subject.lockTimeout().toMillis(), () -> debtCompleted(subject));
    }

    public void debtCompleted(Lockable subject) {
        debt.completed(subject);
        recovery.probeSoon();
    }

    /** Redis has not heard of a change: this is cleared as soon as Redis answers, and not used before. */
    public void owe(Lockable subject) {
        debt.add(subject);
        recovery.probeSoon();
    }

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

    /**
     * Waits for steps of one transaction, one command timeout at the most, and longer only while Redis goes on answering many.
     *
     * @throws RedisUnavailableException if one was not done
     */
    public void awaitAll(Collection<? extends CompletableFuture<?>> steps) {
        if (!steps.stream().allMatch(CompletableFuture::isDone)) {
            RoundTrips.waiting();
        }
        commands.awaitAll(steps);
    }

    /** What the masters say of themselves; none while Redis was not reached. Fails if one refuses or does not answer. */
    public CompletableFuture<List<ServerInfo>> servers() {
        return ServerInfo.of(connection);
    }

    /** The names of the regions and tables that this node does not use until it has cleared them. */
    public List<String> regionsInDebt() {
        return debt.names();
    }

    /** Runs a short task that does not wait at this interval, in the background, until the node is closed. */
    public void every(Duration interval, Runnable task) {
        background.every(interval, task);
    }

    private void opened() {
        statistics.circuitOpened();
        recovery.probeSoon();
    }

    /** Begins, in Redis, the regions and the tables that nobody has begun yet. */
    public CompletableFuture<Void> openRegions() {
        return CompletableFuture.allOf(regions.stream().map(RegionStore::ready).toArray(CompletableFuture[]::new))
                .thenCompose(opened -> tables.ready());
    }

    private void hear(long micros) {
        if (!isCluster()) {
            clock.hear(micros);
        }
    }

    /** Lets what is under way arrive, for a second at the most, so that no lock is left behind without need. */
    @Override
    public void close() {
        background.close();
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        while (commands.inFlight() > 0 && circuit.permits() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        connection.close();
    }
}
