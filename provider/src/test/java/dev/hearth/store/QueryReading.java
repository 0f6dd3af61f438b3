package dev.hearth.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hearth.store.QueryScene.Slip;
import java.util.List;
import java.util.Optional;

/** What a node makes of a result and of the tables that it has read, perhaps at different moments. */
final class QueryReading {
    private static final String ANY_HOLD = "[^:;]+:\\d{16};";
    private static final String IN_FORCE = ":" + StoredKeys.FAR + ";";

    private final QueryScene scene;
    private final QueryWorld world;
    private final String identity;

    QueryReading(QueryScene scene, QueryWorld world) {
        this.scene = scene;
        this.world = world;
        this.identity = QueryMoves.identity(world.server());
    }

    /** The versions that a node serves, by the rules of {@link StoredForms#read} and {@link TableStates#judge}. */
    Optional<String> served() {
        return entry().filter(value -> isValid(value.stamp(), world.tables())).map(QueryReading::versions);
    }

    Optional<Found.Value> entry() {
        Found found = StoredForms.read(
                StoredKeys.bytes(world.results().entry()),
                StoredKeys.bytes(slipped(world.results()).record()),
                identity.getBytes(ISO_8859_1),
                1);
        return found instanceof Found.Value value ? Optional.of(value) : Optional.empty();
    }

    static String versions(Found.Value value) {
        int from = value.offset() + Moves.FINGERPRINT;
        return new String(value.bytes(), from, value.bytes().length - from, ISO_8859_1);
    }

    /* To know the time exactly is the worst case: what is valid at a lower bound of it is valid at every later one. */
    boolean isValid(long stamp, StoredTables tables) {
        long now = (world.now() + (scene.has(Slip.READS_RUN_AHEAD) ? QueryMoves.FAR_AHEAD : 0)) * Moves.TICK;
        return TableStates.judge(
                        slipped(tables).withStates(this::expiring).hash(),
                        scene.has(Slip.READS_IGNORE_ALL_TABLES_BUT_A) ? List.of("a") : scene.tables(),
                        identity.getBytes(ISO_8859_1),
                        now,
                        scene.has(Slip.READS_TRUST_EQUAL_STAMPS) ? stamp + 1 : stamp)
                == null;
    }

    /* What no schedule has let lapse yet is in force until the next tick, as far as a reader can tell. */
    private String expiring(String state) {
        return state.replace(IN_FORCE, ":" + String.format("%016d", (world.now() + 1) * Moves.TICK) + ";");
    }

    /* A rule of reading is knocked out by hiding from it what it looks for. */
    private StoredTables slipped(StoredTables tables) {
        if (scene.has(Slip.READS_IGNORE_ANNOUNCEMENTS)) {
            return withoutHolds(tables, "[^:;]+" + IN_FORCE);
        }
        if (scene.has(Slip.READS_IGNORE_LAPSED_ANNOUNCEMENTS)) {
            return withoutHolds(tables, "(?![^:;]+" + IN_FORCE + ")" + ANY_HOLD);
        }
        if (scene.has(Slip.READS_IGNORE_STAMPS)) {
            return tables.withStates(state -> "0".repeat(16) + state.substring(16));
        }
        if (scene.has(Slip.READS_IGNORE_THE_FLOOR)) {
            return tables.withFloor("F" + "0".repeat(16) + identity);
        }
        if (scene.has(Slip.READS_IGNORE_IDENTITY) && tables.floor() != null) {
            return tables.withFloor(tables.floor().substring(0, 17) + identity);
        }
        return tables;
    }

    private static StoredTables withoutHolds(StoredTables tables, String pattern) {
        return tables.withStates(
                state -> state.substring(0, 16) + state.substring(16).replaceAll(pattern, ""));
    }

    private StoredResults slipped(StoredResults results) {
        String record = results.record();
        String entry = results.entry();
        if (record != null && entry != null && scene.has(Slip.READS_IGNORE_GENERATIONS)) {
            return results.withRecord("R" + entry.substring(1, 17) + record.substring(17));
        }
        if (record != null && scene.has(Slip.READS_IGNORE_IDENTITY)) {
            return results.withRecord(record.substring(0, 17) + identity + record.substring(33));
        }
        return results;
    }
}
