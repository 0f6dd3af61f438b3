package dev.hearth.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the next steps depend on.
 *
 * @param now the server's clock in ticks
 * @param a the row of table a
 * @param b the row of table b
 * @param server the server that is the master, or that has noticed that its clock has stepped back
 * @param snapshot the keys as the server would restore them, or null
 * @param happened the faults of which no schedule has a second
 */
record QueryWorld(
        int now,
        Row a,
        Row b,
        StoredResults results,
        StoredTables tables,
        int server,
        @Nullable Snapshot snapshot,
        Set<QueryScene.Fault> happened,
        List<QueryActor> actors) {
    /**
     * @param version the committed one
     * @param lockedBy who has locked it in the database, or -1
     */
    record Row(int version, int lockedBy) {}

    record Snapshot(StoredResults results, StoredTables tables) {}

    /* Queries differ in nothing but what they have done, so worlds that differ in their order alone are one. */
    private static final Comparator<QueryActor> ORDER = Comparator.comparing(QueryActor::place)
            .thenComparing(QueryActor::stamp)
            .thenComparing(QueryActor::server)
            .thenComparing(QueryActor::seen);

    QueryWorld withActor(int i, QueryActor actor) {
        List<QueryActor> all = new ArrayList<>(actors);
        all.set(i, actor);
        int queries = 0;
        while (queries < all.size() && all.get(queries).kind() == QueryActor.Kind.QUERY) {
            queries++;
        }
        all.subList(0, queries).sort(ORDER);
        return new QueryWorld(now, a, b, results, tables, server, snapshot, happened, List.copyOf(all));
    }

    QueryWorld withNow(int then) {
        return new QueryWorld(then, a, b, results, tables, server, snapshot, happened, actors);
    }

    Row row(String table) {
        return table.equals("a") ? a : b;
    }

    QueryWorld withRow(String table, Row row) {
        boolean first = table.equals("a");
        return new QueryWorld(
                now, first ? row : a, first ? b : row, results, tables, server, snapshot, happened, actors);
    }

    QueryWorld withResults(StoredResults other) {
        return new QueryWorld(now, a, b, other, tables, server, snapshot, happened, actors);
    }

    QueryWorld withTables(StoredTables other) {
        return new QueryWorld(now, a, b, results, other, server, snapshot, happened, actors);
    }

    QueryWorld withServer(int other) {
        return new QueryWorld(now, a, b, results, tables, other, snapshot, happened, actors);
    }

    QueryWorld withSnapshot(@Nullable Snapshot saved) {
        return new QueryWorld(now, a, b, results, tables, server, saved, happened, actors);
    }

    QueryWorld after(QueryScene.Fault fault) {
        Set<QueryScene.Fault> all = EnumSet.of(fault);
        all.addAll(happened);
        return new QueryWorld(now, a, b, results, tables, server, snapshot, all, actors);
    }

    /** The committed versions of the tables that the scene's result reads. */
    String committed(QueryScene scene) {
        return (scene.reads("a") ? a.version() : "-") + "." + (scene.reads("b") ? b.version() : "-");
    }

    boolean isOver() {
        return actors.stream().allMatch(QueryActor::hasFinished);
    }
}
