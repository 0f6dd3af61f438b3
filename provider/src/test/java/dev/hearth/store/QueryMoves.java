package dev.hearth.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hearth.store.QueryActor.Place;
import dev.hearth.store.QueryScene.Fault;
import dev.hearth.store.QueryScene.Slip;
import dev.hearth.store.ScriptBench.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may happen next in a world of queries: one step of one actor, or one fault. */
final class QueryMoves {
    static final int FAR_AHEAD = 1_000;

    private static final int AHEAD = 3;
    private static final int BEHIND = 3;

    /* The nodes that have noticed that the clock stepped back know the server by its old name, but trust no stamp of before. */
    private static final int NOTICED = 2;

    private static final List<String> IDENTITIES = List.of("server0000000000", "server1111111111", "server0000000000");

    /**
     * A step, and the world after it but for what the call leaves in the keys.
     *
     * @param asker who takes the answer as the stamp of its settle, or -1
     */
    record Move(
            String what,
            QueryWorld next,
            @Nullable Call<StoredResults> onResults,
            @Nullable Call<StoredTables> onTables,
            int asker) {
        Move at(int now) {
            return new Move(what, next.withNow(now), onResults, onTables, asker);
        }
    }

    final QueryScene scene;
    final QueryWorld world;
    private final List<Move> moves = new ArrayList<>();

    private QueryMoves(QueryScene scene, QueryWorld world) {
        this.scene = scene;
        this.world = world;
    }

    static List<Move> in(QueryScene scene, QueryWorld world) {
        QueryMoves moves = new QueryMoves(scene, world);
        moves.faults();
        moves.opening();
        for (int i = 0; i < world.actors().size(); i++) {
            moves.actor(i, world.actors().get(i));
        }
        return moves.moves;
    }

    static String identity(int server) {
        return IDENTITIES.get(server);
    }

    static List<String> geometry(int server) {
        return List.of(identity(server), "1", "16");
    }

    // Faults

    private void faults() {
        StoredResults results = world.results();
        if (results.entry() != null) {
            add("the entry vanishes", world.withResults(results.withEntry(null)));
        }
        if (may(Fault.LOST_TABLES) && !world.tables().equals(StoredTables.NONE)) {
            add("the tables vanish", world.after(Fault.LOST_TABLES).withTables(StoredTables.NONE));
        }
        if (may(Fault.LOST_RECORD) && results.record() != null) {
            add("the record vanishes", world.after(Fault.LOST_RECORD).withResults(results.withRecord(null)));
        }
        if (may(Fault.LOST_FENCES) && results.fences() != null) {
            add("the fences vanish", world.after(Fault.LOST_FENCES).withResults(results.withoutFences()));
        }
        if (may(Fault.FAILOVER)) {
            QueryWorld other = world.after(Fault.FAILOVER).withServer(1);
            add("another server takes over", other.withNow(world.now() - BEHIND));
        }
        restore(Fault.RESTORED);
        restore(Fault.RESTORED_TABLES);
        stepBack();
    }

    private void restore(Fault fault) {
        QueryWorld.Snapshot snapshot = world.snapshot();
        if (may(fault) && snapshot == null) {
            QueryWorld.Snapshot saved = new QueryWorld.Snapshot(world.results(), world.tables());
            add("the server saves a snapshot", world.withSnapshot(saved));
        } else if (may(fault)) {
            QueryWorld back =
                    world.after(fault).withServer(1).withSnapshot(null).withTables(snapshot.tables());
            add(
                    "another server takes over with the snapshot",
                    fault == Fault.RESTORED ? back.withResults(snapshot.results()) : back);
        }
    }

    private void stepBack() {
        if (may(Fault.CLOCK_STEPS_BACK)) {
            add("the clock steps back", world.after(Fault.CLOCK_STEPS_BACK).withNow(world.now() - BEHIND));
        } else if (hasUnnoticedStepBack()) {
            QueryWorld noticed = world.withServer(NOTICED);
            if (scene.has(Slip.STEPS_BACK_CLEAR_NOTHING)) {
                add("the nodes notice", noticed);
            } else {
                onResults("the nodes notice, and clear", noticed, Script.EVICT_REGION, geometry(0));
            }
        }
    }

    /** Whether results may be stale that were published by the time before the clock stepped back. */
    private boolean hasUnnoticedStepBack() {
        return hasUnnoticedStepBack(world);
    }

    static boolean hasUnnoticedStepBack(QueryWorld world) {
        return world.happened().contains(Fault.CLOCK_STEPS_BACK) && world.server() != NOTICED;
    }

    boolean may(Fault fault) {
        return scene.has(fault) && !world.happened().contains(fault);
    }

    private void opening() {
        byte[] identity = identity(world.server()).getBytes(ISO_8859_1);
        if (TableStates.mustOpen(StoredKeys.bytes(world.tables().floor()), identity)) {
            onTables("a node opens the tables", world, Script.OPEN_TABLES, List.of(identity(world.server())));
        }
        StoredResults results = world.results();
        if (results.fences() == null || StoredForms.mustOpen(StoredKeys.bytes(results.record()), identity, 1)) {
            onResults("a node opens the region", world, Script.OPEN_REGION, geometry(world.server()));
        }
    }

    // Actors

    private void actor(int i, QueryActor actor) {
        switch (actor.kind()) {
            case QUERY, QUERY_FROM_THE_FUTURE -> query(i, actor);
            case WRITER, WRITER_OF_B, WRITER_OF_BOTH, SWEEPING_WRITER -> new QueryWriting(this, i, actor).writer();
            case READER, READER_OF_TABLES_FIRST -> new QueryLooking(this, i, actor).reader();
            case REGION_EVICT, CLEAR -> {
                if (actor.place() == Place.START) {
                    clear(i, actor);
                }
            }
            case OUTSIDE_SETTLE, OUTSIDE_CLEAR, OUTSIDE_REGION_EVICT -> outsider(i, actor);
        }
    }

    private void query(int i, QueryActor actor) {
        switch (actor.place()) {
            case START -> begin(i, actor);
            case BEGUN -> add(i + " runs the query", world.withActor(i, actor.loaded(world.committed(scene))));
            case LOADED -> put(i, actor);
            default -> {}
        }
    }

    private void begin(int i, QueryActor actor) {
        if (actor.kind() == QueryActor.Kind.QUERY_FROM_THE_FUTURE) {
            begin(i, actor, world.now() + FAR_AHEAD);
            return;
        }
        begin(i, actor, world.now());
        begin(i, actor, Math.max(0, world.now() - 1));
        if (scene.has(Slip.STAMPS_RUN_AHEAD) || hasUnnoticedStepBack()) {
            begin(i, actor, world.now() + AHEAD);
        }
    }

    private void begin(int i, QueryActor actor, int stamp) {
        QueryWorld begun = world.withActor(i, actor.begun(stamp * Moves.TICK, world.server()));
        String what = i + " begins with stamp " + stamp;
        add(what, begun.withNow(world.now() + 1));
        if (scene.has(Fault.STANDING_CLOCK)) {
            add(what, begun);
        }
    }

    private void put(int i, QueryActor actor) {
        QueryWorld done = world.withActor(i, actor.finished());
        add(i + " does not put", done);
        if (world.server() == NOTICED && actor.server() != NOTICED) {
            return;
        }
        List<String> arguments = List.of(
                String.valueOf(actor.stamp()),
                identity(actor.server()),
                Moves.TTL_MILLIS,
                Moves.HORIZON_MICROS,
                "mapping-" + actor.seen(),
                ResultSlot.GROUP,
                String.join("\n", TableStates.fields(scene.tables())),
                "1000");
        onResults(i + " puts " + actor.seen(), done, Script.PUT_RESULT, arguments);
    }

    private void clear(int i, QueryActor actor) {
        QueryWorld done = world.withActor(i, actor.finished());
        String identity = identity(world.server());
        switch (actor.kind()) {
            case CLEAR, OUTSIDE_CLEAR -> onTables(i + " clears", done, Script.CLEAR_TABLES, List.of(identity));
            case OUTSIDE_SETTLE ->
                onTables(i + " settles a", done, Script.SETTLE, List.of(identity, "", "a", TableStates.ALL_TABLES));
            default -> onResults(i + " evicts the region", done, Script.EVICT_REGION, geometry(world.server()));
        }
    }

    private void outsider(int i, QueryActor actor) {
        if (actor.place() == Place.COMPLETED) {
            clear(i, actor);
        } else if (actor.place() == Place.START && world.a().lockedBy() < 0) {
            QueryWorld.Row own = new QueryWorld.Row(world.a().version() + 1, -1);
            add(i + " commits", world.withRow("a", own).withActor(i, actor.to(Place.COMPLETED)));
        }
    }

    // Collecting

    void add(String what, QueryWorld next) {
        moves.add(new Move(what, next, null, null, -1));
    }

    void onResults(String what, QueryWorld next, Script script, List<String> arguments) {
        called(new Move(what, next, new Call<>(script, arguments, micros(), world.results()), null, -1));
    }

    void onTables(String what, QueryWorld next, Script script, List<String> arguments) {
        called(new Move(what, next, null, call(script, arguments), -1));
    }

    Call<StoredTables> call(Script script, List<String> arguments) {
        return new Call<>(script, arguments, micros(), world.tables());
    }

    long micros() {
        return world.now() * Moves.TICK;
    }

    void called(Move move) {
        moves.add(move.at(move.next().now() + 1));
        if (scene.has(Fault.STANDING_CLOCK)) {
            moves.add(move);
        }
    }
}
