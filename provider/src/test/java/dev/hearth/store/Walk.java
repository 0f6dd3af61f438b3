package dev.hearth.store;

import dev.hearth.store.Scene.Slip;
import dev.hearth.store.ScriptBench.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The play of a scene on one row and its entry. */
final class Walk implements Schedules.Play<World, Moves.Move> {
    private static final int RECORD_WITHOUT_LOCKS = 1 + 16 + 16 + 4;

    private final Scene scene;
    private final ScriptBench<StoredKeys> bench;

    private Walk(Scene scene, ScriptBench<StoredKeys> bench) {
        this.scene = scene;
        this.bench = bench;
    }

    static Schedules.Result explore(Scene scene, ScriptBench<StoredKeys> bench) {
        return explore(scene, bench, world -> {});
    }

    static Schedules.Result explore(Scene scene, ScriptBench<StoredKeys> bench, Consumer<World> observer) {
        return Schedules.explore(new Walk(scene, bench), observer);
    }

    @Override
    public World start() {
        return Moves.start(scene, bench);
    }

    @Override
    public List<Moves.Move> moves(World world) {
        return Moves.in(scene, world);
    }

    @Override
    public void run(List<Moves.Move> moves) {
        bench.run(moves.stream().map(Moves.Move::call).filter(Objects::nonNull).toList());
    }

    @Override
    public String what(Moves.Move move) {
        return move.what();
    }

    @Override
    public World after(Moves.Move move) {
        if (move.call() == null) {
            return move.next();
        }
        Outcome<StoredKeys> outcome = bench.outcome(move.call());
        World next = move.next().withKeys(outcome.after(), margin(move, outcome));
        int locker = move.locker();
        return locker < 0
                ? next
                : next.withActor(locker, next.actors().get(locker).locked(Math.abs(outcome.answer())));
    }

    /* By how many ticks the key of a soft lock outlives its holds, from the expiry that the script has given to it. */
    private static int margin(Moves.Move move, Outcome<StoredKeys> outcome) {
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

    @Override
    public boolean isStale(World world) {
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

    @Override
    public String show(World world) {
        return "t=" + world.now() + " row=" + world.version() + " "
                + world.keys().entry() + " | " + world.keys().record();
    }
}
