package dev.hearth.store;

import dev.hearth.store.Actor.Kind;
import dev.hearth.store.Actor.Place;
import dev.hearth.store.Scene.Fault;
import dev.hearth.store.Scene.Slip;
import dev.hearth.store.ScriptBench.Call;
import java.util.ArrayList;
import java.util.List;

/** The next steps of one who changes the row under a lock: of the entry, or of the region. */
final class Writing {
    private final Moves moves;
    private final Scene scene;
    private final World world;
    private final int i;
    private final Actor actor;
    private final String transaction;

    Writing(Moves moves, int i, Actor actor) {
        this.moves = moves;
        this.scene = moves.scene;
        this.world = moves.world;
        this.i = i;
        this.actor = actor;
        this.transaction = "tx" + i;
    }

    void writer() {
        lapse();
        repeat();
        switch (actor.place()) {
            case START -> {
                lock(i + " locks", world.withActor(i, actor.to(Place.LOCKED)));
                if (scene.has(Slip.WRITERS_MAY_NOT_LOCK)) {
                    moves.add(i + " does not lock", world.withActor(i, actor.to(Place.LOCKED)));
                }
            }
            case LOCKED -> takeRow();
            case IN_ROW -> complete();
            case COMMITTED, ROLLED_BACK -> {
                Actor released = scene.has(Fault.REPEATED_RELEASE) ? actor.to(Place.FINISHED) : actor.finished();
                moves.call(i + " releases", world.withActor(i, released), Script.RELEASE, release());
                die();
            }
            default -> {}
        }
    }

    private List<String> lockArguments() {
        return List.of(transaction, Moves.HASH, timeout(), Moves.HORIZON_MICROS);
    }

    /* The timeout with which the hold lasts until a schedule lets it lapse. */
    private String timeout() {
        return String.valueOf(StoredKeys.FAR - world.now() * Moves.TICK);
    }

    private List<String> release() {
        List<String> arguments = new ArrayList<>(
                List.of(transaction, Moves.HASH, Moves.HORIZON_MICROS, Moves.TTL_MILLIS, String.valueOf(actor.lock())));
        if (actor.version() > 0) {
            arguments.add(Moves.body(actor.version()));
        }
        return arguments;
    }

    private void repeat() {
        if (moves.may(Fault.REPEATED_LOCK) && actor.place() != Place.START && actor.place() != Place.DEAD) {
            lockAgain();
        }
        if (moves.may(Fault.REPEATED_RELEASE) && actor.mayReleaseAgain()) {
            moves.call(
                    "the release of " + i + " arrives again",
                    world.after(Fault.REPEATED_RELEASE),
                    Script.RELEASE,
                    release());
        }
    }

    /* Before the commit the writer may know of it or not. After its release nobody renews the hold: it lapses. */
    private void lockAgain() {
        World again = world.after(Fault.REPEATED_LOCK);
        String what = "the lock of " + i + " arrives again";
        moves.call(
                what,
                actor.hasFinished() ? again.withActor(i, actor.to(Place.DEAD)) : again,
                Script.LOCK,
                lockArguments());
        if (actor.isBeforeCommit() || actor.place() == Place.COMMITTED && scene.has(Slip.COMMITS_KNOW_LATER_LOCKS)) {
            lock("as it knows, " + what, again);
        }
    }

    private void lock(String what, World next) {
        Call<StoredKeys> call = new Call<>(Script.LOCK, lockArguments(), world.now() * Moves.TICK, world.keys());
        moves.called(new Moves.Move(what, next, call, i));
    }

    private void takeRow() {
        if (world.rowLock() < 0 && !moves.isMissing()) {
            moves.add(i + " locks the row", world.withRow(world.version(), i).withActor(i, actor.to(Place.IN_ROW)));
        }
    }

    private void complete() {
        int own = world.version() + 1;
        moves.add(i + " commits version " + own, world.withRow(own, -1).withActor(i, actor.committed(own)));
        moves.add(i + " rolls back", world.withRow(world.version(), -1).withActor(i, actor.to(Place.ROLLED_BACK)));
    }

    private void die() {
        if (scene.allowsDeath()) {
            moves.add(i + " dies", world.withActor(i, actor.to(Place.DEAD)));
        }
    }

    /* No hold lapses before one that was there when it was taken: it lasts as long. */
    private void lapse() {
        boolean bulk = actor.kind() == Kind.BULK;
        boolean held =
                bulk ? world.keys().isBulkLockedBy(transaction) : world.keys().isHeldBy(transaction);
        boolean first = bulk || world.keys().isFirstOf(transaction);
        boolean dead = actor.place() == Place.DEAD;
        if (dead && !held) {
            moves.add(i + " is gone", world.withActor(i, actor.finished()));
        } else if (held && first && (dead || scene.has(Fault.STALLS))) {
            long end = world.now() * Moves.TICK;
            StoredKeys keys = bulk
                    ? world.keys().lapseBulk(transaction, end)
                    : world.keys().lapse(transaction, end);
            World lapsed = world.withKeys(keys).withNow(world.now() + 1);
            moves.add("the hold of " + i + " lapses", dead ? lapsed.withActor(i, actor.finished()) : lapsed);
        }
    }

    void bulk() {
        lapse();
        World done = world.withActor(i, actor.finished());
        switch (actor.place()) {
            case START ->
                moves.call(
                        i + " locks the region",
                        world.withActor(i, actor.to(Place.LOCKED)),
                        Script.BULK_LOCK,
                        Moves.geometry(world.server(), transaction, timeout()));
            case LOCKED -> takeRow();
            case IN_ROW -> complete();
            case COMMITTED, ROLLED_BACK -> {
                moves.call(
                        i + " unlocks the region",
                        done,
                        Script.BULK_UNLOCK,
                        Moves.geometry(world.server(), transaction));
                die();
            }
            default -> {}
        }
    }
}
