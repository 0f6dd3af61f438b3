package dev.hearth.store;

import dev.hearth.config.OnUnavailable;
import dev.hearth.config.RegionSettings;
import dev.hearth.statistics.MissReason;
import dev.hearth.statistics.TableStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The tables that query results depend on, as all nodes see them: announced before a commit that changes them, settled
 * after it (DESIGN section 7). Safe for concurrent use; nothing here waits.
 */
public final class Tables {
    /* One hash holds all tables, so that the stamps of those that a query reads come in one command. Every change marks
     * the pseudo table '*' as well, for queries that do not say what they read. */
    private final String key;
    private final RegionSettings settings;
    private final Commands commands;
    private final ServerClock clock;
    private final Debt debt;
    private final TableStatistics statistics;
    private final AtomicBoolean opening = new AtomicBoolean();
    private volatile byte[] begun = new byte[0];

    Tables(
            String keyspace,
            RegionSettings settings,
            Commands commands,
            ServerClock clock,
            Debt debt,
            TableStatistics statistics) {
        this.key = keyspace + ":{tables}";
        this.settings = settings;
        this.commands = commands;
        this.clock = clock;
        this.debt = debt;
        this.statistics = statistics;
    }

    String key() {
        return key;
    }

    Duration lockTimeout() {
        return settings.lockTimeout();
    }

    /** Whether a transaction's end waits until its tables are settled. */
    public boolean settlingIsAwaited() {
        return settings.putsWait();
    }

    boolean failsWhenUnavailable() {
        return settings.onUnavailable() == OnUnavailable.FAIL;
    }

    public TableStatistics statistics() {
        return statistics;
    }

    /** The table as something that can be owed. */
    public Table table(String name) {
        return new Table(this, name);
    }

    // Changing

    /**
     * From here on no result over these tables is valid, until they are settled or the announcement lapses.
     *
     * @param ask by whom near tiers acknowledge the message that this publishes
     */
    public CompletableFuture<Void> announce(String transaction, Collection<String> names, String ask) {
        List<Object> arguments = arguments(names, transaction, lockMicros(), ask);
        return commands.run(Script.ANNOUNCE, List.of(key), arguments.toArray())
                .thenAccept(done -> statistics.announced());
    }

    /** What a lock says to announce these tables as well. */
    List<Object> announcement(Collection<String> names) {
        return arguments(names, lockMicros());
    }

    private long lockMicros() {
        return RegionStore.micros(lockTimeout());
    }

    /**
     * The transaction that announced these tables is over. Answers the stamp up to which results over them are stale.
     */
    public CompletableFuture<Long> settle(String transaction, Collection<String> names) {
        return commands.run(
                        Script.SETTLE,
                        List.of(key),
                        arguments(names, transaction).toArray())
                .thenApply(this::settled);
    }

    /** What a release says to settle these tables as well. */
    List<Object> settlement(Collection<String> names) {
        return arguments(names);
    }

    /** Tables were settled at this stamp. */
    long settled(long stamp) {
        statistics.settled();
        commands.told(stamp);
        return stamp;
    }

    /** What is loaded from now on is valid, and nothing older: for changes that nobody announced. */
    public CompletableFuture<Long> invalidate(Collection<String> names) {
        return settle("", names);
    }

    /** As {@link #invalidate}, even though the circuit is open. */
    CompletableFuture<Void> settleNow(Collection<String> names) {
        return commands.runNow(Script.SETTLE, List.of(key), arguments(names, "").toArray())
                .thenAccept(done -> {});
    }

    /** Makes all results stale, whatever they read. */
    public CompletableFuture<Void> clear() {
        return commands.run(Script.CLEAR_TABLES, List.of(key), identity()).thenAccept(commands::told);
    }

    private List<Object> arguments(Collection<String> names, Object... first) {
        List<Object> arguments = new ArrayList<>(names.size() + first.length + 2);
        arguments.add(identity());
        arguments.addAll(List.of(first));
        arguments.addAll(names);
        arguments.add(TableStates.ALL_TABLES);
        return arguments;
    }

    private byte[] identity() {
        byte[] identity = clock.identity();
        return identity == null ? new byte[0] : identity;
    }

    // Reading

    /** Whether this node could not tell the others of a change of one of these tables, and so does not use them. */
    public boolean owes(Collection<String> names) {
        return !debt.isEmpty()
                && (names.isEmpty()
                        ? debt.owesAnyTable()
                        : names.stream().anyMatch(name -> debt.owes(new Table(this, name))));
    }

    /** Why a result of this stamp is not valid by what the hash says, or null if it is; has the hash mended if need be. */
    @Nullable
    MissReason judge(Map<String, byte[]> hash, Collection<String> names, long stamp) {
        byte[] identity = clock.identity();
        Stamp now = clock.now();
        if (identity == null || now.isVoid()) {
            return MissReason.UNAVAILABLE;
        }
        if (TableStates.mustOpen(hash.get(TableStates.FLOOR), identity)) {
            open();
        }
        MissReason reason = TableStates.judge(hash, names, identity, now.micros(), stamp);
        if (reason == MissReason.UNDECODABLE) {
            var unused = invalidate(names);
        }
        return reason;
    }

    /** Whether the tables are changing at this very moment, so that no session's result could be valid. */
    boolean change(Map<String, byte[]> hash, Collection<String> names) {
        return judge(hash, names, clock.now().micros()) != null;
    }

    /** Begins the hash where it is missing, once at a time. */
    private void open() {
        if (opening.compareAndSet(false, true)) {
            commands.run(Script.OPEN_TABLES, List.of(key), identity())
                    .whenComplete((opened, failure) -> opening.set(false));
        }
    }

    /** Begins the hash, once in a life of the server, so that the first results find it. */
    CompletableFuture<Void> ready() {
        byte[] identity = identity();
        if (Arrays.equals(identity, begun)) {
            return CompletableFuture.completedFuture(null);
        }
        return commands.runNow(Script.OPEN_TABLES, List.of(key), identity).thenAccept(done -> begun = identity);
    }
}
