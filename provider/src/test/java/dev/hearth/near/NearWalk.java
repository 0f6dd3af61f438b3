package dev.hearth.near;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Walks every schedule of a scene, in depth: the steps cannot be taken back, so that each turning is played again from the
 * beginning. What follows on a state that was reached before is not walked twice.
 */
final class NearWalk {
    /**
     * @param worlds how many different states were reached
     * @param schedules how many times a schedule was played, from the beginning or as far as a state that was known
     * @param served what was served near in some of them
     * @param stale the schedule to a copy that is served and is not the committed version, or null
     */
    record Result(
            int worlds,
            int schedules,
            Set<Object> served,
            @Nullable List<String> stale) {}

    private final NearPlay play;
    private final NearScene scene;
    private final Set<String> reached = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private final Set<Object> served = new TreeSet<>();
    private int schedules;

    private NearWalk(NearPlay play, NearScene scene) {
        this.play = play;
        this.scene = scene;
    }

    static Result explore(NearPlay play, NearScene scene) {
        NearWalk walk = new NearWalk(play, scene);
        walk.playAgain();
        walk.reached.add(play.state());
        boolean stale = walk.findsStale();
        List<String> found = new ArrayList<>(walk.path);
        if (stale) {
            found.add(play.stale());
        }
        return new Result(walk.reached.size(), walk.schedules, walk.served, stale ? found : null);
    }

    private void playAgain() {
        schedules++;
        play.begin(scene);
        path.forEach(play::play);
    }

    /** Walks on from where the play stands; if something is stale, the path leads to it. */
    private boolean findsStale() {
        List<String> moves = List.copyOf(play.moves().keySet());
        if (moves.isEmpty() && !play.isOver() && !scene.wearsNodes()) {
            throw new IllegalStateException("nothing can happen any more after " + path);
        }
        boolean stands = true;
        for (String move : moves) {
            if (!stands) {
                playAgain();
            }
            stands = false;
            path.add(move);
            play.play(move);
            Object now = play.served();
            if (now != null) {
                served.add(now);
            }
            if (play.stale() != null || reached.add(play.state()) && findsStale()) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }
}
