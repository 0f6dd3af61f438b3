package dev.hearth.store;

import dev.hearth.store.QueryActor.Kind;
import dev.hearth.store.QueryActor.Place;
import java.util.Arrays;
import java.util.List;

/** The next steps of one who reads result and tables one after the other, as they lie in two slots. */
final class QueryLooking {
    /* A result that is read first has been computed before, so it must be what was committed at that moment; one that is
     * read last must not be older than what was committed when the reading began. */
    private static final String RIGHT = "right";
    private static final String WRONG = "wrong";

    private final QueryMoves moves;
    private final QueryScene scene;
    private final QueryWorld world;
    private final QueryReading reading;
    private final int i;
    private final QueryActor actor;

    QueryLooking(QueryMoves moves, int i, QueryActor actor) {
        this.moves = moves;
        this.scene = moves.scene;
        this.world = moves.world;
        this.reading = new QueryReading(scene, world);
        this.i = i;
        this.actor = actor;
    }

    void reader() {
        boolean tablesFirst = actor.kind() == Kind.READER_OF_TABLES_FIRST;
        switch (actor.place()) {
            case START -> {
                if (tablesFirst) {
                    step("reads the tables", actor.looked(0, world.committed(scene), world.tables()));
                } else {
                    reading.entry().ifPresent(this::lookAt);
                }
            }
            case LOOKED -> {
                if (tablesFirst) {
                    reading.entry().ifPresent(this::serve);
                } else {
                    judge();
                }
            }
            case FOUND_STALE -> remove();
            default -> {}
        }
    }

    private void step(String what, QueryActor next) {
        moves.add(i + " " + what, world.withActor(i, next));
    }

    private void lookAt(Found.Value value) {
        boolean right = QueryReading.versions(value).equals(world.committed(scene));
        step("reads the result", actor.looked(value.stamp(), right ? RIGHT : WRONG, null));
    }

    private void judge() {
        if (!reading.isValid(actor.stamp(), world.tables())) {
            step("finds the result stale", actor.foundStale());
        } else {
            step("serves the result", actor.seen().equals(RIGHT) ? actor.finished() : actor.to(Place.MISLED));
        }
    }

    private void serve(Found.Value value) {
        StoredTables knew = actor.knew();
        boolean served = knew != null && reading.isValid(value.stamp(), knew);
        boolean misled = served && isOlder(QueryReading.versions(value), actor.seen());
        step("reads the result", misled ? actor.to(Place.MISLED) : actor.finished());
    }

    private static boolean isOlder(String versions, String others) {
        return Arrays.compare(versions.split("\\."), others.split("\\.")) < 0;
    }

    private void remove() {
        moves.onResults(
                i + " removes the result",
                world.withActor(i, actor.finished()),
                Script.REMOVE_RESULT,
                List.of(String.valueOf(actor.stamp()), ResultSlot.GROUP));
    }
}
