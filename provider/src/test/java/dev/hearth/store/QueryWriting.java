package dev.hearth.store;

import dev.hearth.store.QueryActor.Place;
import dev.hearth.store.QueryScene.Fault;
import dev.hearth.store.QueryScene.Slip;
import java.util.ArrayList;
import java.util.List;

/** The next steps of one who changes rows of one table or of both, and of what its node sends late. */
final class QueryWriting {
    private static final String BATCH = "16";

    private final QueryMoves moves;
    private final QueryScene scene;
    private final QueryWorld world;
    private final int i;
    private final QueryActor actor;
    private final String transaction;
    private final List<String> tables;

    QueryWriting(QueryMoves moves, int i, QueryActor actor) {
        this.moves = moves;
        this.scene = moves.scene;
        this.world = moves.world;
        this.i = i;
        this.actor = actor;
        this.transaction = "tx" + i;
        this.tables = actor.kind().tables();
    }

    void writer() {
        lapse();
        repeat();
        switch (actor.place()) {
            case START -> announce(tables.get(0), Place.ANNOUNCED);
            case ANNOUNCED -> takeRow(tables.get(0), Place.IN_ROW);
            case IN_ROW -> {
                if (tables.size() == 1) {
                    complete();
                } else {
                    announce(tables.get(1), Place.BOTH_ANNOUNCED);
                }
            }
            case BOTH_ANNOUNCED -> takeRow(tables.get(1), Place.IN_BOTH_ROWS);
            case IN_BOTH_ROWS -> complete();
            case COMPLETED -> {
                settle();
                die();
            }
            case SETTLED -> sweep();
            default -> {}
        }
    }

    private void announce(String table, Place next) {
        QueryWorld announced = world.withActor(i, actor.to(next));
        moves.onTables(i + " announces " + table, announced, Script.ANNOUNCE, announcement(List.of(table)));
        if (scene.has(Slip.WRITERS_MAY_NOT_ANNOUNCE)) {
            moves.add(i + " does not announce", announced);
        }
    }

    /* With the timeout by which the announcement lasts until a schedule lets it lapse. */
    private List<String> announcement(List<String> names) {
        return named(
                names,
                QueryMoves.identity(world.server()),
                transaction,
                String.valueOf(StoredKeys.FAR - moves.micros()),
                "-");
    }

    private List<String> settlement() {
        return named(tables, QueryMoves.identity(world.server()), transaction);
    }

    /* Who changes a table changes all tables together. */
    private static List<String> named(List<String> names, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(names);
        all.add(TableStates.ALL_TABLES);
        return all;
    }

    private void takeRow(String table, Place next) {
        QueryWorld.Row row = world.row(table);
        if (row.lockedBy() < 0) {
            QueryWorld locked = world.withRow(table, new QueryWorld.Row(row.version(), i));
            moves.add(i + " locks the row of " + table, locked.withActor(i, actor.to(next)));
        }
    }

    private void complete() {
        QueryWorld committed = world.withActor(i, actor.to(Place.COMPLETED));
        QueryWorld rolledBack = committed;
        for (String table : tables) {
            int version = world.row(table).version();
            committed = committed.withRow(table, new QueryWorld.Row(version + 1, -1));
            rolledBack = rolledBack.withRow(table, new QueryWorld.Row(version, -1));
        }
        moves.add(i + " commits", committed);
        moves.add(i + " rolls back", rolledBack);
    }

    private void settle() {
        boolean sweeps = actor.kind() == QueryActor.Kind.SWEEPING_WRITER;
        moves.called(new QueryMoves.Move(
                i + " settles",
                world.withActor(i, actor.finished()),
                null,
                moves.call(Script.SETTLE, settlement()),
                sweeps ? i : -1));
    }

    private void sweep() {
        List<String> arguments = new ArrayList<>(List.of(BATCH));
        for (String table : named(tables)) {
            arguments.addAll(List.of(table, String.valueOf(actor.stamp())));
        }
        moves.onResults(i + " sweeps", world.withActor(i, actor.finished()), Script.SWEEP_RESULTS, arguments);
    }

    /* After its settle nobody renews what a late announcement has left: it lapses. */
    private void repeat() {
        boolean begun = actor.place() != Place.START && actor.place() != Place.DEAD;
        if (begun && moves.may(Fault.REPEATED_ANNOUNCE)) {
            QueryWorld again = world.after(Fault.REPEATED_ANNOUNCE);
            moves.onTables(
                    "the announcement of " + i + " arrives again",
                    actor.hasFinished() ? again.withActor(i, actor.to(Place.DEAD)) : again,
                    Script.ANNOUNCE,
                    announcement(tables));
        }
        if (actor.hasFinished() && moves.may(Fault.REPEATED_SETTLE)) {
            QueryWorld again = world.after(Fault.REPEATED_SETTLE);
            moves.onTables("the settle of " + i + " arrives again", again, Script.SETTLE, settlement());
        }
    }

    private void die() {
        if (scene.allowsDeath()) {
            moves.add(i + " dies", world.withActor(i, actor.to(Place.DEAD)));
        }
    }

    private void lapse() {
        boolean announced = world.tables().isAnnouncedBy(transaction);
        boolean dead = actor.place() == Place.DEAD;
        if (dead && !announced) {
            moves.add(i + " is gone", world.withActor(i, actor.finished()));
        } else if (announced && (dead || scene.has(Fault.STALLS))) {
            QueryWorld lapsed = world.withTables(world.tables().lapse(transaction, moves.micros()))
                    .withNow(world.now() + 1);
            moves.add("the announcement of " + i + " lapses", dead ? lapsed.withActor(i, actor.finished()) : lapsed);
        }
    }
}
