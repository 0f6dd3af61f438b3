package dev.hearth.store;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the next steps depend on.
 *
 * @param now the server's clock in ticks
 * @param version the row's committed version
 * @param rowLock who has locked the row in the database, or -1
 * @param margin the ticks by which the soft lock's key outlives its last hold, as the script has set its expiry
 * @param server the server that is the master
 * @param snapshot the keys as the server would restore them, or null
 * @param happened the faults of which no schedule has a second
 */
record World(
        int now,
        int version,
        int rowLock,
        StoredKeys keys,
        int margin,
        int server,
        @Nullable StoredKeys snapshot,
        Set<Scene.Fault> happened,
        List<Actor> actors) {

    World withActor(int i, Actor actor) {
        List<Actor> all = new ArrayList<>(actors);
        all.set(i, actor);
        return new World(now, version, rowLock, keys, margin, server, snapshot, happened, List.copyOf(all));
    }

    World withNow(int then) {
        return new World(then, version, rowLock, keys, margin, server, snapshot, happened, actors);
    }

    World withRow(int committed, int lockedBy) {
        return new World(now, committed, lockedBy, keys, margin, server, snapshot, happened, actors);
    }

    World withKeys(StoredKeys other) {
        return withKeys(other, margin);
    }

    World withKeys(StoredKeys other, int outlives) {
        return new World(
                now, version, rowLock, other, other.isLock() ? outlives : 0, server, snapshot, happened, actors);
    }

    World withServer(int other) {
        return new World(now, version, rowLock, keys, margin, other, snapshot, happened, actors);
    }

    World after(Scene.Fault fault) {
        Set<Scene.Fault> all = EnumSet.of(fault);
        all.addAll(happened);
        return new World(now, version, rowLock, keys, margin, server, snapshot, all, actors);
    }

    World withSnapshot(@Nullable StoredKeys saved) {
        return new World(now, version, rowLock, keys, margin, server, saved, happened, actors);
    }

    boolean isOver() {
        return actors.stream().allMatch(Actor::hasFinished);
    }
}
