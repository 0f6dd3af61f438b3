package dev.hearth.store;

import dev.hearth.store.Scene.Slip;
import dev.hearth.store.ScriptBench.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks every schedule of a scene, shortest first, each world once, until none is left or the invariant breaks.
 */
final class Walk {
    private static final int RECORD_WITHOUT_LOCKS = 1 + 16 + 16 + 4;

    /**
     * @param worlds how many different ones were reached
     * @param stale the shortest schedule after which something else than the committed version is readable, or null
     */
    record Result(int worlds, @Nullable List<String> stale) {}

    private record Arrival(@Nullable World from, String what) {}

    private final Scene scene;
    private final ScriptBench bench;
    private final Consumer<World> observer;
    private final Map<World, Arrival> reached = new HashMap<>();

    private Walk(Scene scene, ScriptBench bench, Consumer<World> observer) {
        this.scene = scene;
        this.bench = bench;
        this.observer = observer;
    }

    static Result explore(Scene scene, ScriptBench bench) {
        return new Walk(scene, bench, world -> {}).explore();
    }

    static Result explore(Scene scene, ScriptBench bench, Consumer<World> observer) {
        return new Walk(scene, bench, observer).explore();
    }

    private Result explore() {
        World start = Moves.start(scene, bench);
        reached.put(start, new Arrival(null, "start"));
        List<World> layer = List.of(start);
        while (!layer.isEmpty()) {
            for (World world : layer) {
                observer.accept(world);
                if (isStale(world)) {
                    return new Result(reached.size(), schedule(world));
                }
            }
            layer = next(layer);
        }
        return new Result(reached.size(), null);
    }

    /* The scripts of a whole layer run in one pipeline. */
    private List<World> next(List<World> layer) {
        List<List<Moves.Move>> moves =
                layer.stream().map(world -> Moves.in(scene, world)).toList();
        List<ScriptBench.Call> calls = new ArrayList<>();
        moves.forEach(all -> all.forEach(move -> {
            if (move.call() != null) {
                calls.add(move.call());
            }
        }));
        bench.run(calls);
        List<World> next = new ArrayList<>();
        for (int i = 0; i < layer.size(); i++) {
            for (Moves.Move move : moves.get(i)) {
                World world = after(move);
                if (reached.putIfAbsent(world, new Arrival(layer.get(i), move.what())) == null) {
                    next.add(world);
                }
            }
        }
        return next;
    }

    private World after(Moves.Move move) {
        if (move.call() == null) {
            return move.next();
        }
        Outcome outcome = bench.outcome(move.call());
        World next = move.next().withKeys(outcome.after(), margin(move, outcome));
        int locker = move.locker();
        return locker < 0
                ? next
                : next.withActor(locker, next.actors().get(locker).locked(Math.abs(outcome.answer())));
    }

    /* By how many ticks the key of a soft lock outlives its holds, from the expiry that the script has given to it. */
    private static int margin(Moves.Move move, Outcome outcome) {
        String entry = outcome.after().entry();
        if (outcome.entryMillis() >= 0) {
            long beyond = move.call().micros() + outcome.entryMillis() * 1000 - StoredKeys.FAR;
            return Math.round((float) beyond / Moves.TICK);
        }
        if (entry != null && !entry.equals(move.call().before().entry())) {
            throw new IllegalStateException(move.call() + " left an entry without an expiry");
        }
        return move.next().margin();
    }

    private boolean isStale(World world) {
        if (scene.holdsOnlyAtTheEnd() && !world.isOver()) {
            return false;
        }
        OptionalInt readable = readable(scene, world);
        return readable.isPresent() && readable.getAsInt() != world.version();
    }

    /** The version that a node reads from the cache, by the rules of {@link StoredForms#read}. */
    static OptionalInt readable(Scene scene, World world) {
        String identity = Moves.identity(world.server());
        if (slipped(scene, world.keys()).read(identity) instanceof Found.Value value) {
            int from = value.offset() + Moves.FINGERPRINT;
            String version = new String(value.bytes(), from, value.bytes().length - from, StandardCharsets.ISO_8859_1);
            return OptionalInt.of(Integer.parseInt(version));
        }
        return OptionalInt.empty();
    }

    /* A rule of reading is knocked out by hiding from it what it looks for. */
    private static StoredKeys slipped(Scene scene, StoredKeys keys) {
        String record = keys.record();
        if (record == null) {
            return keys;
        }
        if (scene.has(Slip.READS_IGNORE_BULK_LOCKS)) {
            return keys.withRecord(record.substring(0, RECORD_WITHOUT_LOCKS));
        }
        if (scene.has(Slip.READS_IGNORE_GENERATIONS) && keys.isValue()) {
            return keys.withRecord("R" + keys.entry().substring(1, 17) + record.substring(17));
        }
        if (scene.has(Slip.READS_IGNORE_IDENTITY)) {
            return keys.withRecord(record.substring(0, 17) + Moves.identity(1) + record.substring(33));
        }
        return keys;
    }

    private List<String> schedule(World end) {
        Deque<String> steps = new ArrayDeque<>();
        for (World world = end; world != null; world = reached.get(world).from()) {
            steps.addFirst(reached.get(world).what() + "  -> t=" + world.now() + " row=" + world.version() + " "
                    + world.keys().entry() + " | " + world.keys().record());
        }
        return List.copyOf(steps);
    }
}
