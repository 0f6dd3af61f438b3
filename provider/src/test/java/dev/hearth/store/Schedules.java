package dev.hearth.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks every schedule of a play, shortest first, each world once, until none is left or the invariant breaks.
 *
 * @param <W> a world: everything that the next steps depend on
 * @param <M> a step
 */
final class Schedules<W, M> {
    /** Who acts, and what must hold. */
    interface Play<W, M> {
        W start();

        List<M> moves(W world);

        /** Runs the scripts of a whole layer of worlds, in one pipeline. */
        void run(List<M> moves);

        /** The world after a step that has been run. */
        W after(M move);

        String what(M move);

        boolean isStale(W world);

        /** A world as a line of a schedule shows it. */
        String show(W world);
    }

    /**
     * @param worlds how many different ones were reached
     * @param stale the shortest schedule after which something else than the committed version is readable, or null
     */
    record Result(int worlds, @Nullable List<String> stale) {}

    private record Arrival<W>(@Nullable W from, String what) {}

    private final Play<W, M> play;
    private final Consumer<W> observer;
    private final Map<W, Arrival<W>> reached = new HashMap<>();

    private Schedules(Play<W, M> play, Consumer<W> observer) {
        this.play = play;
        this.observer = observer;
    }

    static <W, M> Result explore(Play<W, M> play, Consumer<W> observer) {
        return new Schedules<>(play, observer).explore();
    }

    private Result explore() {
        W start = play.start();
        reached.put(start, new Arrival<>(null, "start"));
        List<W> layer = List.of(start);
        while (!layer.isEmpty()) {
            for (W world : layer) {
                observer.accept(world);
                if (play.isStale(world)) {
                    return new Result(reached.size(), schedule(world));
                }
            }
            layer = next(layer);
        }
        return new Result(reached.size(), null);
    }

    private List<W> next(List<W> layer) {
        List<List<M>> moves = layer.stream().map(play::moves).toList();
        play.run(moves.stream().flatMap(List::stream).toList());
        List<W> next = new ArrayList<>();
        for (int i = 0; i < layer.size(); i++) {
            for (M move : moves.get(i)) {
                W world = play.after(move);
                if (reached.putIfAbsent(world, new Arrival<>(layer.get(i), play.what(move))) == null) {
                    next.add(world);
                }
            }
        }
        return next;
    }

    private List<String> schedule(W end) {
        Deque<String> steps = new ArrayDeque<>();
        for (W world = end; world != null; world = reached.get(world).from()) {
            steps.addFirst(reached.get(world).what() + "  -> " + play.show(world));
        }
        return List.copyOf(steps);
    }
}
