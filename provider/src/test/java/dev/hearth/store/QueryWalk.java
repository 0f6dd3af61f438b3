package dev.hearth.store;

import dev.hearth.store.QueryActor.Place;
import dev.hearth.store.ScriptBench.Call;
import dev.hearth.store.ScriptBench.Outcome;
import dev.hearth.test.RedisEndpoint;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The play of a scene on two tables and a query's result. */
final class QueryWalk implements Schedules.Play<QueryWorld, QueryMoves.Move> {
    private static final int FIRST_TICK = 5;

    /** A bench for each of the two slots. */
    record Benches(ScriptBench<StoredResults> results, ScriptBench<StoredTables> tables) implements AutoCloseable {
        static Benches open(RedisEndpoint redis, String keyspace, UnaryOperator<String> change) {
            return new Benches(
                    new ScriptBench<>(redis, new ResultSlot(keyspace), change),
                    new ScriptBench<>(redis, new TablesSlot(keyspace), change));
        }

        int callsMade() {
            return results.callsMade() + tables.callsMade();
        }

        @Override
        public void close() {
            results.close();
            tables.close();
        }
    }

    private final QueryScene scene;
    private final Benches benches;

    private QueryWalk(QueryScene scene, Benches benches) {
        this.scene = scene;
        this.benches = benches;
    }

    static Schedules.Result explore(QueryScene scene, Benches benches) {
        return explore(scene, benches, world -> {});
    }

    static Schedules.Result explore(QueryScene scene, Benches benches, Consumer<QueryWorld> observer) {
        return Schedules.explore(new QueryWalk(scene, benches), observer);
    }

    @Override
    public QueryWorld start() {
        Call<StoredResults> open =
                new Call<>(Script.OPEN_REGION, QueryMoves.geometry(0), Moves.TICK, StoredResults.NONE);
        Call<StoredTables> begin =
                new Call<>(Script.OPEN_TABLES, List.of(QueryMoves.identity(0)), Moves.TICK, StoredTables.NONE);
        QueryWorld.Row row = new QueryWorld.Row(0, -1);
        return new QueryWorld(
                FIRST_TICK,
                row,
                row,
                benches.results().run(open).after(),
                benches.tables().run(begin).after(),
                0,
                null,
                Set.of(),
                scene.actors().stream().map(QueryActor::at).toList());
    }

    @Override
    public List<QueryMoves.Move> moves(QueryWorld world) {
        return QueryMoves.in(scene, world);
    }

    @Override
    public void run(List<QueryMoves.Move> moves) {
        benches.results()
                .run(moves.stream()
                        .map(QueryMoves.Move::onResults)
                        .filter(Objects::nonNull)
                        .toList());
        benches.tables()
                .run(moves.stream()
                        .map(QueryMoves.Move::onTables)
                        .filter(Objects::nonNull)
                        .toList());
    }

    @Override
    public QueryWorld after(QueryMoves.Move move) {
        if (move.onResults() != null) {
            StoredResults left = benches.results().outcome(move.onResults()).after();
            return move.next().withResults(scene.usesLists() ? left : left.withoutLists());
        }
        if (move.onTables() == null) {
            return move.next();
        }
        Outcome<StoredTables> outcome = benches.tables().outcome(move.onTables());
        QueryWorld next = move.next().withTables(outcome.after());
        int asker = move.asker();
        return asker < 0 ? next : next.withActor(asker, next.actors().get(asker).settled(outcome.answer()));
    }

    @Override
    public String what(QueryMoves.Move move) {
        return move.what();
    }

    @Override
    public boolean isStale(QueryWorld world) {
        if (world.actors().stream().anyMatch(actor -> actor.place() == Place.MISLED)) {
            return true;
        }
        if (scene.holdsOnlyAtTheEnd() && !world.isOver() || QueryMoves.hasUnnoticedStepBack(world)) {
            return false;
        }
        Optional<String> served = served(scene, world);
        return served.isPresent() && !served.get().equals(world.committed(scene));
    }

    static Optional<String> served(QueryScene scene, QueryWorld world) {
        return new QueryReading(scene, world).served();
    }

    @Override
    public String show(QueryWorld world) {
        return "t=" + world.now() + " rows=" + world.committed(scene) + " "
                + world.results().entry() + " | " + world.results().record() + " | " + world.tables();
    }
}
