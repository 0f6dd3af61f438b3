package dev.hearth.store;

import dev.hearth.store.Actor.Kind;
import dev.hearth.store.Actor.Place;
import dev.hearth.store.Scene.Fault;
import dev.hearth.store.Scene.Slip;
import dev.hearth.store.ScriptBench.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may happen next in a world: one step of one actor, or one fault. */
final class Moves {
    /** A tick is long, so that the time a test takes does not show in the expiries that scripts set. */
    static final long TICK = 1_000_000_000L;

    /** The horizon in ticks, beyond the length of a schedule that no horizon passes in. */
    static final int HORIZON = 50;

    /** The version of a body begins behind the fingerprint of its mapping. */
    static final int FINGERPRINT = 8;

    private static final int FIRST_TICK = 5;
    private static final int AHEAD = 3;
    private static final int FAR_AHEAD = 1_000;
    private static final int BEHIND = 3;
    private static final int STRIPES = 16;
    static final String HASH = "5";
    static final String TTL_MILLIS = "10000000000";
    static final String HORIZON_MICROS = String.valueOf(HORIZON * TICK);
    private static final List<String> IDENTITIES = List.of("server0000000000", "server1111111111");

    /**
     * A step, and the world after it but for what the call leaves in the keys.
     *
     * @param locker who takes the answer as the stamp of its lock, or -1
     */
    record Move(String what, World next, @Nullable Call<StoredKeys> call, int locker) {
        Move at(int now) {
            return new Move(what, next.withNow(now), call, locker);
        }
    }

    final Scene scene;
    final World world;
    private final List<Move> moves = new ArrayList<>();

    private Moves(Scene scene, World world) {
        this.scene = scene;
        this.world = world;
    }

    static List<Move> in(Scene scene, World world) {
        Moves moves = new Moves(scene, world);
        moves.faults();
        for (int i = 0; i < world.actors().size(); i++) {
            moves.actor(i, world.actors().get(i));
        }
        return moves.moves;
    }

    static World start(Scene scene, ScriptBench<StoredKeys> bench) {
        StoredKeys nothing = new StoredKeys(null, null, null);
        Call<StoredKeys> open = new Call<>(Script.OPEN_REGION, geometry(0), TICK, nothing);
        return new World(
                FIRST_TICK,
                0,
                -1,
                bench.run(open).after(),
                0,
                0,
                null,
                Set.of(),
                scene.actors().stream().map(Actor::at).toList());
    }

    static String identity(int server) {
        return IDENTITIES.get(server);
    }

    static List<String> geometry(int server, String... more) {
        List<String> arguments = new ArrayList<>(List.of(identity(server), "1", String.valueOf(STRIPES)));
        arguments.addAll(List.of(more));
        return arguments;
    }

    // Faults

    private void faults() {
        StoredKeys keys = world.keys();
        if (keys.isLapsed()) {
            int gone = (int) (keys.latestExpiry() / TICK) + world.margin();
            add(
                    "the lapsed lock's key expires",
                    world.withKeys(keys.withEntry(null)).withNow(Math.max(world.now(), gone) + 1));
        }
        if (keys.isValue() || keys.isLock() && scene.has(Fault.STALLS)) {
            add("the entry vanishes", world.withKeys(keys.withEntry(null)));
        }
        if (may(Fault.LOST_RECORD) && keys.record() != null) {
            add("the record vanishes", world.after(Fault.LOST_RECORD).withKeys(keys.withRecord(null)));
        }
        if (may(Fault.LOST_FENCES) && keys.fences() != null) {
            add("the fences vanish", world.after(Fault.LOST_FENCES).withKeys(keys.withoutFences()));
        }
        if (may(Fault.FAILOVER)) {
            add(
                    "another server takes over",
                    world.after(Fault.FAILOVER).withServer(1).withNow(world.now() - BEHIND));
        }
        restore();
        if (keys.mustOpen(identity(world.server()))) {
            call("a node opens the region", world, Script.OPEN_REGION, geometry(world.server()));
        }
    }

    /* The margin of a lock that is restored is the one that every lock has. */
    private void restore() {
        StoredKeys snapshot = world.snapshot();
        if (may(Fault.RESTORED) && snapshot == null) {
            add("the server saves a snapshot", world.withSnapshot(world.keys()));
        } else if (may(Fault.RESTORED)) {
            World back = world.after(Fault.RESTORED).withServer(1).withSnapshot(null);
            add("another server takes over with the snapshot", back.withKeys(snapshot, HORIZON));
        }
    }

    boolean may(Fault fault) {
        return scene.has(fault) && !world.happened().contains(fault);
    }

    // Actors

    private void actor(int i, Actor actor) {
        switch (actor.kind()) {
            case READER, READER_FROM_THE_FUTURE -> reader(i, actor);
            case INSERTER -> inserter(i, actor);
            case WRITER -> new Writing(this, i, actor).writer();
            case BULK -> new Writing(this, i, actor).bulk();
            case EVICT, REGION_EVICT -> {
                if (actor.place() == Place.START) {
                    evict(i, actor);
                }
            }
            case OUTSIDE_EVICT, OUTSIDE_REGION_EVICT -> outsider(i, actor);
        }
    }

    private void reader(int i, Actor actor) {
        switch (actor.place()) {
            case START -> begin(i, actor);
            case BEGUN ->
                add(i + " loads", world.withActor(i, isMissing() ? actor.finished() : actor.loaded(world.version())));
            case LOADED -> {
                put(i, actor, PutMode.LOAD);
                put(i, actor, PutMode.REPLACE);
            }
            default -> {}
        }
    }

    /* Where somebody inserts the row, there is none before; nobody but its inserter can change or load it. */
    boolean isMissing() {
        return world.version() == 0 && scene.actors().contains(Kind.INSERTER);
    }

    private void begin(int i, Actor actor) {
        if (actor.kind() == Kind.READER_FROM_THE_FUTURE) {
            begin(i, actor, world.now() + FAR_AHEAD);
            return;
        }
        begin(i, actor, world.now());
        begin(i, actor, Math.max(0, world.now() - 1));
        if (scene.has(Slip.STAMPS_RUN_AHEAD)) {
            begin(i, actor, world.now() + AHEAD);
        }
    }

    private void begin(int i, Actor actor, int stamp) {
        World begun = world.withActor(i, actor.begun(stamp, world.server()));
        add(i + " begins with stamp " + stamp, begun.withNow(world.now() + 1));
        if (scene.has(Fault.STANDING_CLOCK)) {
            add(i + " begins with stamp " + stamp, begun);
        }
    }

    private void put(int i, Actor actor, PutMode mode) {
        World done = world.withActor(i, actor.finished());
        add(i + " does not put", done);
        call(
                i + " puts version " + actor.version(),
                done,
                Script.PUT_FROM_LOAD,
                List.of(
                        String.valueOf(actor.stamp() * TICK),
                        identity(actor.server()),
                        HASH,
                        TTL_MILLIS,
                        HORIZON_MICROS,
                        body(actor.version()),
                        mode.argument()));
    }

    private void inserter(int i, Actor actor) {
        switch (actor.place()) {
            case START -> begin(i, actor);
            case BEGUN -> {
                if (isMissing()) {
                    add(i + " commits version 1", world.withRow(1, -1).withActor(i, actor.loaded(1)));
                }
            }
            case LOADED -> put(i, actor, PutMode.ABSENT);
            default -> {}
        }
    }

    private void evict(int i, Actor actor) {
        World done = world.withActor(i, actor.finished());
        if (actor.kind() == Kind.EVICT || actor.kind() == Kind.OUTSIDE_EVICT) {
            call(i + " evicts the entry", done, Script.EVICT, List.of(HASH, HORIZON_MICROS));
        } else {
            call(i + " evicts the region", done, Script.EVICT_REGION, geometry(world.server()));
        }
    }

    private void outsider(int i, Actor actor) {
        if (actor.place() == Place.COMMITTED) {
            evict(i, actor);
        } else if (actor.place() == Place.START && world.rowLock() < 0) {
            int own = world.version() + 1;
            add(i + " commits version " + own, world.withRow(own, -1).withActor(i, actor.committed(own)));
        }
    }

    // Collecting

    void add(String what, World next) {
        moves.add(new Move(what, next, null, -1));
    }

    void call(String what, World next, Script script, List<String> arguments) {
        called(new Move(what, next, new Call<>(script, arguments, world.now() * TICK, world.keys()), -1));
    }

    void called(Move move) {
        moves.add(move.at(world.now() + 1));
        if (scene.has(Fault.STANDING_CLOCK)) {
            moves.add(move);
        }
    }

    static String body(int version) {
        return "mapping-" + version;
    }
}
